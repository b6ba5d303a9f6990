import { check } from "prettier";
import type { RenderedFile } from "../../src/render.ts";

const formatted = /\.(?:ts|json|md|ya?ml)$/;

/** The files that Prettier with its defaults would change. */
export async function unformatted(
  files: Iterable<RenderedFile>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { path, text } of files) {
    if (!formatted.test(path)) continue;
    if (!(await check(text, { filepath: path }))) wrong.push(path);
  }
  return wrong;
}
