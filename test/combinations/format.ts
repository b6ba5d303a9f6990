import { check } from "prettier";
import type { RenderedFile } from "../../src/render.ts";

const formatted = /\.(?:ts|json|md|ya?ml)$/;

/** The files that Prettier with its defaults would change. */
export async function unformatted(
  files: Iterable<RenderedFile>,
): Promise<RenderedFile[]> {
  const wrong: RenderedFile[] = [];
  for (const file of files) {
    const { path, text } = file;
    if (!formatted.test(path)) continue;
    if (!(await check(text, { filepath: path }))) wrong.push(file);
  }
  return wrong;
}
