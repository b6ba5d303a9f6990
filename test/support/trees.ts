import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Files by their path below a folder. */
export type Tree = Readonly<Record<string, string>>;

/** Lends an empty folder to `work` and removes it afterwards. */
export async function withFolder<T>(
  work: (folder: string) => Promise<T> | T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "bento-test-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes files below a folder. */
export function writeTree(folder: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Every file, folder and link below a folder, with its bytes and permission bits: what a comparison is made of. */
export function readTree(folder: string): Record<string, string> {
  const tree: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const child = path === "" ? name : `${path}/${name}`;
      const file = join(folder, child);
      const stats = lstatSync(file);
      const mode = (stats.mode & 0o7777).toString(8);
      if (stats.isSymbolicLink()) tree[child] = `link ${readlinkSync(file)}`;
      else if (stats.isDirectory()) {
        tree[`${child}/`] = mode;
        visit(child);
      } else tree[child] = `${mode} ${readFileSync(file, "latin1")}`;
    }
  };
  visit("");
  return tree;
}

/** Only the files, as text; links are left out. */
export function readFiles(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(readTree(folder))
      .filter(
        ([path, text]) => !path.endsWith("/") && !text.startsWith("link "),
      )
      .map(([path]) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}

/** Changes the text of one file. */
export function edit(
  folder: string,
  path: string,
  change: (text: string) => string,
): void {
  const file = join(folder, path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
