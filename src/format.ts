import type { Formattable } from "./format/formattable.ts";
import type { Formatter } from "./project/formatter.ts";

/** The texts by path, and what is to be told when they could not be formatted. */
export interface Formatted {
  readonly texts: ReadonlyMap<string, string>;
  readonly note: string | undefined;
}

/** Brings texts into the project's own style; a formatter that fails or is not installed leaves them as they are. */
export async function formatFiles(
  root: string,
  formatter: Formatter | undefined,
  files: readonly Formattable[],
  signal?: AbortSignal,
): Promise<Formatted> {
  const plain = new Map(files.map(({ path, text }) => [path, text]));
  if (formatter === undefined) return { texts: plain, note: undefined };
  const { name, folder } = formatter;
  const proper = name === "biome" ? "Biome" : "Prettier";
  if (folder === undefined) {
    const note = `${proper} is not installed yet: format the new files after the installation.`;
    return { texts: plain, note };
  }
  try {
    const texts =
      name === "prettier"
        ? await (
            await import("./format/prettier.ts")
          ).formatWithPrettier(root, folder, files)
        : await (
            await import("./format/biome.ts")
          ).formatWithBiome(root, folder, files, signal);
    return { texts, note: undefined };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const first = reason.split("\n")[0] ?? "";
    return { texts: plain, note: `${proper} could not format: ${first}` };
  }
}
