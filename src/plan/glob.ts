/** A test for a pattern of `*` (within one name) and `**` (any folders); everything else is literal. */
export function globTest(pattern: string): (path: string) => boolean {
  const source = pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map(
      (part) =>
        wildcards[part] ?? part.replaceAll(/[.+()[\]{}^$|?\\]/g, "\\$&"),
    )
    .join("");
  const regExp = new RegExp(`^${source}$`);
  return (path) => regExp.test(path);
}

/** Whether one path matches a pattern; `globTest` is for many. */
export function matchesGlob(path: string, pattern: string): boolean {
  return globTest(pattern)(path);
}

const wildcards: Readonly<Record<string, string>> = {
  "**/": "(?:.*/)?",
  "**": ".*",
  "*": "[^/]*",
};
