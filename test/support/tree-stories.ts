/** Stories of small trees: what a release and a user do to a few files of a few declarations each. */
import fc from "fast-check";
import type { Tree } from "./trees.ts";

/** The files that a version may emit, relative to the layer. */
export const names = ["a.ts", "b.ts", "c.ts", "deep/d.ts", "deep/e.ts"];

/** What one side does to one declaration: nothing, a change, taking it away, or one of its own after it. */
const deed = fc.constantFrom("none", "none", "none", "change", "drop", "add");

/** One file on both sides. */
export interface FileStory {
  /** False where the older version does not have the file. */
  readonly old: boolean;
  /** False where the newer one does not. */
  readonly now: boolean;
  /** One for each declaration. */
  readonly theirs: readonly string[];
  readonly yours: readonly string[];
  readonly fate: "stays" | "deleted" | "renamed" | "moved";
  readonly crlf: boolean;
  readonly mode: number | undefined;
}

const story: fc.Arbitrary<FileStory> = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc.record({
      old: fc.boolean().map((is) => is || size > 2),
      now: fc.boolean().map((is) => is || size > 2),
      theirs: fc.array(deed, { minLength: size, maxLength: size }),
      yours: fc.array(deed, { minLength: size, maxLength: size }),
      fate: fc.constantFrom(
        "stays",
        "stays",
        "stays",
        "deleted",
        "renamed",
        "moved",
      ),
      crlf: fc.boolean(),
      mode: fc.option(fc.constantFrom(0o600, 0o640, 0o755, 0o444), {
        nil: undefined,
      }),
    }),
  );

/** One story a file, in the order of `names`. */
export const stories = fc.tuple(...names.map(() => story));

/** Declarations of two shapes, one line and several. */
function declaration(name: string, value: string): string {
  return /[02468]$/.test(name)
    ? `export const ${name} = ${value};\n`
    : `export function ${name}(): number {\n  return ${value};\n}\n`;
}

/** The file after what one side did to it. */
export function textOf(
  name: string,
  deeds: readonly string[],
  side: "theirs" | "yours",
): string {
  const stem = name.replace(/\W/g, "");
  return deeds
    .map((what, index) => {
      const own = `${stem}${index}`;
      const number = `${names.indexOf(name) + 1}${index}`;
      if (what === "drop") return "";
      if (what === "change") return declaration(own, `${side}("${number}")`);
      const added = declaration(`${side}_${own}`, `${side}("${number}")`);
      return declaration(own, number) + (what === "add" ? added : "");
    })
    .join("\n");
}

/** How often each thing that only the user can have written is there; the name beside it may be one that a release changed. */
export function written(tree: Tree): Map<string, number> {
  const found = new Map<string, number>();
  for (const [path, text] of Object.entries(tree)) {
    if (!path.endsWith(".ts") || path.includes("/.bento/")) continue;
    for (const [own] of text.matchAll(/yours\("\d+"\)|yours_\w+/g)) {
      found.set(own, (found.get(own) ?? 0) + 1);
    }
  }
  return found;
}
