/** A list of lines, such as .gitignore or .env.example, and how to tell that one is there already. */
export interface LineList {
  readonly keyOf: (line: string) => string | undefined;
}

/** Ignore patterns: the line itself counts, `dist`, `/dist` and `dist/` being one. */
export const ignoreLines: LineList = {
  keyOf: (line) =>
    line.startsWith("#")
      ? undefined
      : line.trim().replace(/^\//, "").replace(/\/$/, "") || undefined,
};

/** Environment files: the name before the equals sign counts, commented out or not. */
export const environmentLines: LineList = {
  keyOf: (line) => /^\s*(?:#\s*)?(?:export\s+)?([A-Z]\w*)\s*=/.exec(line)?.[1],
};

/** The permissions in a pnpm-workspace.yaml: the package's name counts. */
export const permissionLines: LineList = {
  keyOf: (line) =>
    /^[ \t]+["']?([^\s"':]+)["']?:\s*(?:true|false)\s*$/.exec(line)?.[1],
};

/** The files that are lists of lines, by their paths. */
export const lineLists: Readonly<Record<string, LineList | undefined>> = {
  ".env.example": environmentLines,
  ".gitignore": ignoreLines,
};

/**
 * Adds the lines of `ours` that `theirs` lacks, after an empty line and with the comments above them; the lines that
 * are there, their order, and their endings stay.
 */
export function mergeLines(
  theirs: string,
  ours: string,
  { keyOf }: LineList,
): string {
  const eol = theirs.includes("\r\n") ? "\r\n" : "\n";
  const present = new Set(theirs.split(/\r?\n/).map(keyOf));
  const blocks = ours
    .split(/\r?\n[ \t]*\r?\n/)
    .map((block) => missingOf(block, present, keyOf))
    .filter((block) => block.length > 0);
  if (blocks.length === 0) return theirs;
  const added = blocks.map((block) => block.join(eol)).join(eol + eol) + eol;
  if (theirs.trim() === "") return added;
  const gap = theirs.endsWith("\n") ? eol : eol + eol;
  return theirs + gap + added;
}

/** The keys of `ours` that `theirs` has as well. */
export function commonKeys(
  theirs: string,
  ours: string,
  { keyOf }: LineList,
): readonly string[] {
  const present = new Set(theirs.split(/\r?\n/).map(keyOf));
  const keys = new Set(ours.split("\n").flatMap((line) => keyOf(line) ?? []));
  return [...keys].filter((key) => present.has(key));
}

/** A list less the lines of these keys, and less the comments of a block that loses all its lines. */
export function withoutKeys(
  text: string,
  keys: ReadonlySet<string>,
  { keyOf }: LineList,
): string {
  if (keys.size === 0) return text;
  const isOut = (line: string): boolean => keys.has(keyOf(line) ?? "");
  const blocks = text.trimEnd().split(/\n\n+/);
  const kept = blocks.flatMap((block) => {
    const lines = block.split("\n");
    if (!lines.some(isOut)) return [block];
    const rest = lines.filter((line) => !isOut(line));
    return rest.some((line) => keyOf(line)) ? [rest.join("\n")] : [];
  });
  return kept.length === 0 ? "" : `${kept.join("\n\n")}\n`;
}

/** The lines of a block that are missing; its comments come along only with at least one of them. */
function missingOf(
  block: string,
  present: ReadonlySet<string | undefined>,
  keyOf: LineList["keyOf"],
): string[] {
  const lines = block.split(/\r?\n/).filter((line) => line.trim() !== "");
  const kept = lines.filter((line) => {
    const key = keyOf(line);
    return key === undefined || !present.has(key);
  });
  return kept.some((line) => keyOf(line) !== undefined) ? kept : [];
}
