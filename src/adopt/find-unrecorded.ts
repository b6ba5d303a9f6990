import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { layerFolder } from "../plan/landing.ts";

const deepest = 6;
const mostFolders = 5000;

/** Fewer files than this make no layer. */
const fewest = 4;

/** The folder, relative to the project, that holds most of the layer's files; undefined when none holds enough. */
export function findUnrecordedLayer(
  root: string,
  ids: Iterable<string>,
): string | undefined {
  const own = [...ids]
    .filter((id) => id.startsWith(`${layerFolder}/`))
    .map((id) => id.slice(layerFolder.length + 1))
    // A README or an index is in every other folder.
    .filter((path) => !/(?:^|\/)(?:README\.md|index\.ts)$/.test(path));
  let best: { folder: string; count: number } | undefined;
  for (const folder of folders(root)) {
    const count = own.filter((path) =>
      existsSync(join(root, folder, path)),
    ).length;
    if (count >= fewest && count > (best?.count ?? 0)) best = { folder, count };
  }
  return best?.folder;
}

function* folders(root: string): Generator<string> {
  const queue = ["."];
  for (let count = 0; count < mostFolders; count += 1) {
    const folder = queue.shift();
    if (folder === undefined) return;
    if (folder !== ".") yield folder;
    if (folder.split("/").length < deepest) queue.push(...inside(root, folder));
  }
}

function inside(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
      .map(({ name }) => (folder === "." ? name : `${folder}/${name}`))
      .filter((path) => !existsSync(join(root, path, "package.json")));
  } catch {
    return [];
  }
}
