import { createHash } from "node:crypto";
import { posix } from "node:path";
import { mapImports } from "../../src/render/import-statements.ts";
import type { RenderedFile } from "../../src/render.ts";
import { importedPaths, reach } from "./imports.ts";

/** One text in one surrounding: its imports are placed so that they lead to the texts that it was rendered with. */
export interface PlacedText {
  readonly file: RenderedFile;
  /** Where it is written, relative to the folder of all. */
  readonly path: string;
  readonly text: string;
  /** The first combination that has it. */
  readonly combination: string;
}

/**
 * Puts many combinations into one folder without repeating what is equal. What a compiler says about a file depends on
 * its text and on the texts that it imports, directly or not; there are no global declarations. So two combinations
 * share a file when this closure is equal, and checking each closure once checks every combination.
 */
export class ClosureSet {
  readonly #placed = new Map<string, PlacedText>();

  get texts(): readonly PlacedText[] {
    return [...this.#placed.values()];
  }

  add(files: readonly RenderedFile[], combination: string): void {
    const code = files.filter(({ path }) => path.endsWith(".ts"));
    const byPath = new Map(code.map((file) => [file.path, file]));
    const places = new Map(
      code.map((file) => [file.path, placeOf(file, byPath)]),
    );
    for (const file of code) {
      const path = places.get(file.path) ?? file.path;
      if (this.#placed.has(path)) continue;
      const text = retarget(file, path, places);
      this.#placed.set(path, { file, path, text, combination });
    }
  }
}

const bare = new Map<RenderedFile, string>();

/** A file's text without the endings of its relative imports, which are one answer for all files. */
export function bareText(file: RenderedFile): string {
  let text = bare.get(file);
  if (text === undefined) {
    text = mapImports(file.text, ({ head, specifier }) => ({
      head,
      specifier: specifier.startsWith(".")
        ? specifier.replace(/\.[jt]s$/, "")
        : specifier,
    }));
    bare.set(file, text);
  }
  return text;
}

const numbers = new Map<RenderedFile, number>();
const known = new Map<string, string>();

/** The place is named by the closure: `engine.ts` becomes `engine/3f2a….ts`. */
function placeOf(
  file: RenderedFile,
  byPath: ReadonlyMap<string, RenderedFile>,
): string {
  const closure = [...reach([file], byPath)].map(numberOf).sort().join(" ");
  const key = `${numberOf(file)}: ${closure}`;
  let place = known.get(key);
  if (place === undefined) {
    const hash = createHash("sha256").update(key).digest("hex").slice(0, 12);
    place = `${file.path.replace(/\.ts$/, "")}/${hash}.ts`;
    known.set(key, place);
  }
  return place;
}

/** Equal texts are one object (see `Rendering`), so a number stands for a text. */
function numberOf(file: RenderedFile): number {
  const number = numbers.get(file) ?? numbers.size;
  numbers.set(file, number);
  return number;
}

function retarget(
  file: RenderedFile,
  path: string,
  places: ReadonlyMap<string, string>,
): string {
  const targets = [...importedPaths(file)];
  return mapImports(file.text, ({ head, specifier }) => {
    if (!specifier.startsWith(".")) return { head, specifier };
    const wanted = posix
      .join(posix.dirname(file.path), specifier)
      .replace(/\.[jt]s$/, "");
    const target = targets.find((name) => name === `${wanted}.ts`) ?? "";
    const relative = posix.relative(
      posix.dirname(path),
      places.get(target) ?? target,
    );
    return {
      head,
      specifier: relative.startsWith(".") ? relative : `./${relative}`,
    };
  });
}
