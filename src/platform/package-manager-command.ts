/** A program to start, as `spawn` wants it. */
export interface Startable {
  readonly file: string;
  readonly args: readonly string[];
  readonly shell: boolean;
}

/**
 * How a package manager is started. On Windows npm, pnpm and yarn are scripts (`npm.cmd`), which Node.js starts through a
 * shell only; it takes the line as one text, since it would not quote the words. Ours are names that need no quotes.
 */
export function managerCommand(
  words: readonly [string, ...string[]],
  platform: NodeJS.Platform = process.platform,
): Startable {
  const [file, ...args] = words;
  if (platform !== "win32") return { file, args, shell: false };
  const odd = words.find((word) => !/^[\w:.@/-]+$/.test(word));
  if (odd !== undefined)
    throw new TypeError(
      `Expected a plain word for the shell, got ${JSON.stringify(odd)}.`,
    );
  return { file: words.join(" "), args: [], shell: true };
}
