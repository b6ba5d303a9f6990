import type { ReleaseRenames } from "../plan/renames.ts";
import { compareVersions } from "./plan-versions.ts";

/** What all releases after one version, up to another, call otherwise: the renames in a row become one. */
export function renamesBetween(
  releases: Readonly<Record<string, ReleaseRenames>>,
  from: string,
  to: string,
): {
  readonly files: ReadonlyMap<string, string>;
  readonly exports: ReadonlyMap<string, string>;
} {
  const between = Object.entries(releases)
    .filter(
      ([version]) =>
        compareVersions(version, from) > 0 && compareVersions(version, to) <= 0,
    )
    .sort(([a], [b]) => compareVersions(a, b))
    .map(([, renames]) => renames);
  return {
    files: compose(between.map(({ files = {} }) => files)),
    exports: compose(between.map(({ exports = {} }) => exports)),
  };
}

function compose(
  steps: readonly Readonly<Record<string, string>>[],
): ReadonlyMap<string, string> {
  const total = new Map<string, string>();
  for (const step of steps) {
    for (const [old, name] of total) total.set(old, step[name] ?? name);
    for (const [old, name] of Object.entries(step)) {
      if (!total.has(old)) total.set(old, name);
    }
  }
  return total;
}
