/** The place that a relative specifier means, seen from the file that has it. */
export function resolveSpecifier(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The specifier by which one file imports another. */
export function relativeSpecifier(from: string, to: string): string {
  const start = from.split("/").slice(0, -1);
  const end = to.split("/");
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared += 1;
  const up = start.slice(shared).map(() => "..");
  const path = [...up, ...end.slice(shared)].join("/");
  return up.length === 0 ? `./${path}` : path;
}
