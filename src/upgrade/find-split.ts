import { codeReader, type ReadCode } from "../merge/code.ts";
import { isCode } from "../merge/syntax.ts";
import { treeOf } from "../merge/tree.ts";
import { readFileOnDisk } from "./file-on-disk.ts";
import { listFiles } from "./find-moved.ts";
import type { LayerFile } from "./layer-file.ts";
import type { FilePlan, MovedPiece } from "./plan-outcome.ts";
import { similarity } from "./plan-similarity.ts";

/** From this share of common lines on, a declaration of the same name counts as the one that was there before. */
const stillTheSame = 0.5;

/** Where a file that the user took apart is asked about, names the files in which its declarations are now. */
export function nameSplits(
  root: string,
  files: readonly FilePlan[],
  present: readonly LayerFile[],
): readonly FilePlan[] {
  const texts = projectTexts(root);
  return files.map((file) => {
    const sides = isCode(file.path) ? sidesOf(file, present) : undefined;
    if (sides === undefined) return file;
    const read = codeReader(file.path);
    const base = declarationsOf(read, sides.base);
    const kept = declarationsOf(read, sides.yours);
    const gone = [...base].filter(([name]) => !kept.has(name));
    const pieces = gone.flatMap(([name, text]) =>
      findPieces(name, text, file.path, texts),
    );
    return pieces.length === 0 ? file : { ...file, pieces };
  });
}

interface Sides {
  readonly base: string;
  readonly yours: string;
}

/** A file with a conflict, or one that is gone as a whole and changes here. */
function sidesOf(
  { id, conflict, note }: FilePlan,
  present: readonly LayerFile[],
): Sides | undefined {
  if (conflict !== undefined) {
    const { base, yours } = conflict.sides;
    return base === undefined || yours === undefined
      ? undefined
      : { base, yours };
  }
  const file = present.find(({ recorded }) => recorded.id === id);
  const isGone = file?.standing === "missing" && note !== "";
  return isGone && file.base !== undefined
    ? { base: file.base, yours: "" }
    : undefined;
}

/** The texts of the project's modules by path; read when first asked for. */
type Texts = () => ReadonlyMap<string, string>;

function projectTexts(root: string): Texts {
  let texts: ReadonlyMap<string, string> | undefined;
  return () => {
    texts ??= new Map(
      listFiles(root)
        .filter(isCode)
        .flatMap((path) => {
          const disk = readFileOnDisk(root, path);
          return disk.kind === "text" ? [[path, disk.text] as const] : [];
        }),
    );
    return texts;
  };
}

function findPieces(
  name: string,
  declaration: string,
  from: string,
  texts: Texts,
): MovedPiece[] {
  const candidates = [...texts()].filter(
    ([path, text]) => path !== from && text.includes(name),
  );
  for (const [path, text] of candidates) {
    const found = declarationsOf(codeReader(path), text).get(name);
    if (found === undefined) continue;
    if (similarity(declaration, found) < stillTheSame) continue;
    return [{ name, path }];
  }
  return [];
}

/** What a module itself declares: imports and exports of other modules are left out. */
function declarationsOf(
  read: ReadCode,
  text: string,
): ReadonlyMap<string, string> {
  const code = read(text);
  if (code === undefined) return new Map();
  const declared = treeOf(code).items.filter(({ name }) =>
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name),
  );
  return new Map(
    declared.map(({ name, body, end }) => [name, text.slice(body, end)]),
  );
}
