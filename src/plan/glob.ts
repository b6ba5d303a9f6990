/** Whether a path matches a pattern of `*` (within one name) and `**` (any folders); everything else is literal. */
export function matchesGlob(path: string, pattern: string): boolean {
  const source = pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map(
      (part) =>
        wildcards[part] ?? part.replaceAll(/[.+()[\]{}^$|?\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${source}$`).test(path);
}

const wildcards: Readonly<Record<string, string>> = {
  "**/": "(?:.*/)?",
  "**": ".*",
  "*": "[^/]*",
};
