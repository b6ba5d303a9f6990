/** Orders two versions as semver does: negative when the first is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  for (const index of [0, 1, 2] as const) {
    const difference = left.numbers[index] - right.numbers[index];
    if (difference !== 0) return difference;
  }
  return comparePrerelease(left.prerelease, right.prerelease);
}

/** Whether a range of package.json begins at a newer version than another; undefined where one is no plain range. */
export function startsNewer(a: string, b: string): boolean | undefined {
  const plain = /^(?:\^|~|>=|v|=)?\s*(\d+(?:\.\d+){0,2}(?:-[\w.]+)?)$/;
  const [left, right] = [plain.exec(a.trim())?.[1], plain.exec(b.trim())?.[1]];
  return left === undefined || right === undefined
    ? undefined
    : compareVersions(left, right) > 0;
}

interface Parsed {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: readonly string[];
}

function parse(version: string): Parsed {
  const [core = "", ...rest] = version.replace(/\+.*$/, "").split("-");
  const [major = 0, minor = 0, patch = 0] = core.split(".").map(Number);
  const prerelease = rest.join("-");
  return {
    numbers: [major, minor, patch],
    prerelease: prerelease === "" ? [] : prerelease.split("."),
  };
}

/** A release is newer than its prereleases; numbers are older than words. */
function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left === right) continue;
    const numeric = [left, right].map((word) => /^\d+$/.test(word));
    if (numeric[0] === true && numeric[1] === true) {
      return Number(left) - Number(right);
    }
    if (numeric[0] !== numeric[1]) return numeric[0] === true ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
