/** Letters, digits and a few marks: nothing that a shell, a string literal or a template could read as more. */
const plainSegment = /^[\p{L}\p{M}\p{N}._@+-]+$/u;

/** Names that Windows keeps for devices, whatever follows the first dot. */
const windowsDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const reserved = new Set(["node_modules", ".git", ".bento"]);

/** Every rule that a folder inside the project breaks; an empty list means a good one. */
export function checkLayerPath(path: string): readonly string[] {
  const shown = JSON.stringify(path.slice(0, 120));
  const expected =
    "Expected a folder inside the project such as infrastructure/database";
  if (path === "") return [`${expected}, got the project itself.`];
  if (path.length > 200) {
    return [`${expected}, at most 200 characters, got ${path.length}.`];
  }
  if (path.includes("\\")) {
    return [`${expected}, with forward slashes, got ${shown}.`];
  }
  if (path.startsWith("/") || /^[a-z]:/i.test(path) || path.startsWith("~")) {
    return [`${expected}, not an absolute path, got ${shown}.`];
  }
  return path
    .split("/")
    .flatMap((segment) => segmentProblem(segment) ?? [])
    .map((problem) => `${expected}, got ${shown}: ${problem}`);
}

function segmentProblem(segment: string): string | undefined {
  if (segment === "..") return '".." leads out of the project.';
  if (!plainSegment.test(segment)) {
    return `${JSON.stringify(segment)} may only have letters, digits, and . _ - @ +.`;
  }
  if (reserved.has(segment.toLowerCase())) {
    return `${segment} belongs to another tool.`;
  }
  if (windowsDevice.test(segment)) return `Windows reserves ${segment}.`;
  if (segment.endsWith(".")) return `Windows drops the dot at the end.`;
  if (segment.startsWith("-")) return "commands would read it as a flag.";
  return undefined;
}
