import { bindingsOf } from "./bindings.ts";
import type { Code } from "./code.ts";
import { nodeAt, nodesAt, textAt, type Node } from "./syntax.ts";

/** How often a text says each thing. */
export type Tally = ReadonlyMap<string, number>;

/**
 * What a merged text says too often or too seldom. Where one side left a thing as it was, the other side decides how
 * often it is there; where both added or both removed it, they may have meant the same one or two.
 */
export function strayKeys(
  base: Tally,
  yours: Tally,
  theirs: Tally,
  merged: Tally,
): readonly string[] {
  const keys = new Set([
    ...base.keys(),
    ...yours.keys(),
    ...theirs.keys(),
    ...merged.keys(),
  ]);
  const tallies = [base, yours, theirs, merged];
  const tooOften: string[] = [];
  const tooSeldom: string[] = [];
  for (const key of keys) {
    const beyond = excess(key, tallies);
    if (beyond > 0) tooOften.push(key);
    if (beyond < 0) tooSeldom.push(key);
  }
  if (tooSeldom.length === 0) return tooOften;
  // A name that lost its declaration on one side means another thing there; it is not lost if it is still said.
  const often = new Set(tooOften.map(nameIn));
  const names = tallies.map(withoutMeanings);
  const lost = tooSeldom.filter(
    (key) => often.has(nameIn(key)) || excess(nameIn(key), names) !== 0,
  );
  return [...tooOften, ...lost];
}

/** How far beyond its bounds a count is; below them it is negative. */
function excess(key: string, tallies: readonly Tally[]): number {
  const [base = 0, yours = 0, theirs = 0, merged = 0] = tallies.map(
    (tally) => tally.get(key) ?? 0,
  );
  const [least, most] = bounds(base, yours, theirs);
  return merged < least ? merged - least : Math.max(merged - most, 0);
}

/** What a key is about, whatever it stands for there. */
export function nameIn(key: string): string {
  return key.replace(/→.*/, "");
}

function withoutMeanings(tally: Tally): Tally {
  const names = new Map<string, number>();
  for (const [key, count] of tally) {
    const name = nameIn(key);
    names.set(name, (names.get(name) ?? 0) + count);
  }
  return names;
}

function bounds(
  base: number,
  yours: number,
  theirs: number,
): readonly [number, number] {
  const both = yours + theirs - base;
  if (yours > base && theirs > base) return [Math.max(yours, theirs), both];
  if (yours < base && theirs < base) return [both, Math.min(yours, theirs)];
  return [both, both];
}

/** One thing that a text says, and where. */
export interface Said {
  readonly key: string;
  readonly start: number;
}

/** Tokens and comments, each name together with what it stands for, and imports by what they bring in. */
export function sayingsOf(code: Code): readonly Said[] {
  const { at } = bindingsOf(code);
  const imports = nodesAt(code.program, "body").filter(
    ({ type }) => type === "ImportDeclaration",
  );
  const said: Said[] = imports.flatMap((node) =>
    importKeys(node).map((key) => ({ key, start: node.start })),
  );
  let next = 0;
  for (const { key, kind, start } of code.tokens) {
    while ((imports[next]?.end ?? Infinity) <= start) next += 1;
    const inImport = (imports[next]?.start ?? Infinity) <= start;
    if (kind === "comment") {
      for (const line of commentLines(key)) said.push({ key: line, start });
      continue;
    }
    if (kind === "layout" || key === "," || inImport) continue;
    const binding = at.get(start);
    const meaning = binding?.member === true ? "this" : binding?.depth;
    said.push({ key: binding ? `${key}→${meaning ?? 0}` : key, start });
  }
  return said;
}

/** A comment says its lines, whichever of them stand together. */
function commentLines(comment: string): readonly string[] {
  const lines = comment
    .replace(/^\/[/*]+|\*+\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\*(?!\/)/, "").trim());
  return lines.filter((line) => line !== "").map((line) => `// ${line}`);
}

const tallies = new WeakMap<Code, Tally>();

export function tallyCode(code: Code): Tally {
  const tally = tallies.get(code) ?? count(sayingsOf(code));
  tallies.set(code, tally);
  return tally;
}

function count(said: readonly Pick<Said, "key">[]): Tally {
  const tally = new Map<string, number>();
  for (const { key } of said) tally.set(key, (tally.get(key) ?? 0) + 1);
  return tally;
}

function importKeys(node: Node): readonly string[] {
  const source = nodeAt(node, "source");
  const module = source ? textAt(source, "value") : "";
  const specifiers = nodesAt(node, "specifiers").map((specifier) => {
    const imported = nodeAt(specifier, "imported");
    const local = nodeAt(specifier, "local");
    const name =
      imported && (textAt(imported, "name") || textAt(imported, "value"));
    return `import ${name ?? specifier.type} as ${local ? textAt(local, "name") : ""} from ${module}`;
  });
  return specifiers.length > 0 ? specifiers : [`import ${module}`];
}

/** Counts the words and marks of a text that is not code, or does not parse. */
export function tallyText(text: string): Tally {
  const words = text.matchAll(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu);
  return count([...words].map(([key]) => ({ key })));
}
