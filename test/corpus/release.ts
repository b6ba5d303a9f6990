import type ts from "typescript";
import { Code } from "./code.ts";
import { type Edit, inTurn, type Site, upstream } from "./customisation.ts";
import { customisations } from "./customisations.ts";
import type { ReleasePair } from "./merge-case.ts";
import { pick, shuffled } from "./sampling.ts";
import { plain } from "./styles.ts";
import { tokensOf } from "./tokens.ts";

/** One file's step from release to release. */
export interface Release {
  readonly path: string;
  readonly base: Code;
  readonly theirs: Code;
  /** What upstream did, where that is known as an edit and can be made in the user's text as well. */
  readonly upstream: Edit | undefined;
  /** Declarations that are not in both with the same tokens. */
  readonly changed: ReadonlySet<string>;
}

/** A step that really happened. */
export function realRelease({ path, base, theirs }: ReleasePair): Release {
  return releaseOf(path, codeOf(base), codeOf(theirs), undefined);
}

/** A step of one to three mechanical changes by upstream, formatted as templates are; undefined where none could be made. */
export async function mechanicalRelease(
  path: string,
  text: string,
  random: () => number,
): Promise<Release | undefined> {
  const base = codeOf(text);
  const edits: Edit[] = [];
  let theirs = base;
  for (const { sites } of shuffled(customisations, random).slice(0, 6)) {
    const site = pick<Site>(sites(theirs, upstream), random);
    const next = site?.edit(theirs);
    if (site === undefined || next === undefined || next === theirs.text)
      continue;
    const code = new Code(next);
    if (!code.parses) continue;
    edits.push(site.edit);
    theirs = code;
    if (edits.length > random() * 3) break;
  }
  if (edits.length === 0) return undefined;
  const formatted = new Code(await plain.apply(theirs.text));
  return releaseOf(
    path,
    base,
    formatted,
    inTurn(edits, (text) => new Code(text)),
  );
}

function releaseOf(
  path: string,
  base: Code,
  theirs: Code,
  edit: Edit | undefined,
): Release {
  return {
    path,
    base,
    theirs,
    upstream: edit,
    changed: changedBetween(base, theirs),
  };
}

function changedBetween(base: Code, theirs: Code): ReadonlySet<string> {
  return new Set(
    [...base.declarations].flatMap(([key, { node }]) => {
      const there = theirs.declarations.get(key);
      return there !== undefined && isSame(node, there.node) ? [] : [key];
    }),
  );
}

function isSame(a: ts.Node, b: ts.Node): boolean {
  return a.getFullText() === b.getFullText() || tokensOf(a) === tokensOf(b);
}

const parsed = new Map<string, Code>();

/** Bases come again and again. */
export function codeOf(text: string): Code {
  let code = parsed.get(text);
  if (code === undefined) {
    code = new Code(text);
    parsed.set(text, code);
  }
  return code;
}
