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
  const modules = projectModules(root);
  return files.map((file) => {
    const sides = isCode(file.path) ? sidesOf(file, present) : undefined;
    if (sides === undefined) return file;
    const read = codeReader(file.path);
    const base = declarationsOf(read, sides.base);
    const kept = declarationsOf(read, sides.yours);
    const gone = [...base].filter(([name]) => !kept.has(name));
    const pieces = gone.flatMap(([name, text]) =>
      findPieces(name, text, file.path, modules),
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

/** A module of the project; its text is parsed when first asked for. */
interface Module {
  readonly path: string;
  readonly text: string;
  readonly read: ReadCode;
}

/** The project's modules; read when first asked for. */
type Modules = () => readonly Module[];

function projectModules(root: string): Modules {
  let modules: readonly Module[] | undefined;
  return () => {
    modules ??= listFiles(root)
      .filter(isCode)
      .flatMap((path) => {
        const disk = readFileOnDisk(root, path);
        return disk.kind === "text"
          ? [{ path, text: disk.text, read: codeReader(path) }]
          : [];
      });
    return modules;
  };
}

function findPieces(
  name: string,
  declaration: string,
  from: string,
  modules: Modules,
): MovedPiece[] {
  const candidates = modules().filter(
    ({ path, text }) => path !== from && text.includes(name),
  );
  for (const { path, text, read } of candidates) {
    const found = declarationsOf(read, text).get(name);
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
