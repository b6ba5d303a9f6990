import type { Code } from "./code.ts";
import { isBare } from "./bare-bodies.ts";
import { commentsBefore } from "./comments-before.ts";
import { sharedLists } from "./shared-lists.ts";
import { disputeItems, disputeList } from "./dispute.ts";
import { bothInsert, hasNames, isInline, keepPlaces } from "./list-rules.ts";
import { mergeByName, type AroundNames } from "./merge-by-name.ts";
import { restOfImport, uniteImports } from "./merge-imports.ts";
import { mergeLines } from "./merge-lines.ts";
import { mergeInOrder, mergeInPlace } from "./merge-order.ts";
import { saysPlainly } from "./plain-saying.ts";
import { printEntries } from "./print-entries.ts";
import {
  itemSays,
  saying,
  textOf,
  treeOf,
  type Item,
  type List,
} from "./tree.ts";
import { inWholeLines, type Pieces } from "./whole-lines.ts";

/** Declarations that are left to the user although they could be merged, with the reason. */
export type Disputes = ReadonlyMap<string, string>;

/** Merges declaration by declaration, and each of them part by part. */
export function mergeTree(
  base: Code,
  yours: Code,
  theirs: Code,
  disputes: Disputes = new Map(),
): Pieces {
  const merge = new TreeMerge(disputes);
  const pieces = merge.list(treeOf(base), treeOf(yours), treeOf(theirs), "");
  return inWholeLines(pieces);
}

/** A stretch of one of the texts. */
interface Span {
  readonly code: Code;
  readonly start: number;
  readonly end: number;
}

class TreeMerge {
  readonly #disputes: Disputes;

  constructor(disputes: Disputes) {
    this.#disputes = disputes;
  }

  /** The inside of a list; `path` names the declaration that it is in. */
  list(base: List, yours: List, theirs: List, path: string): Pieces {
    const isWhole = !this.#hasDispute(path) && isBare(yours) === isBare(theirs);
    const text = isWhole ? mergeText(base, yours, theirs) : undefined;
    if (text !== undefined) return [text];
    const around = this.#around(path, yours);
    const merge = hasNames(base, yours, theirs)
      ? mergeByName
      : keepPlaces(base, yours, theirs)
        ? mergeInPlace
        : mergeInOrder;
    const entries = merge(base, yours, theirs, around);
    const pieces = printEntries(entries, yours, theirs);
    return bothInsert(base, yours, theirs) ||
      (isOpen(pieces) && isInline(base, yours, theirs))
      ? [disputeList(base, yours, theirs, path)]
      : pieces;
  }

  /** Whether this declaration, or one in it, is left to the user. */
  #hasDispute(path: string): boolean {
    return [...this.#disputes.keys()].some(
      (name) => path === "" || name === path || name.startsWith(`${path}.`),
    );
  }

  #around(path: string, { kind }: List): AroundNames {
    const declares = /^(?:file|members|signatures|properties|enum)$/.test(kind);
    const below = (item: Item | undefined): string => {
      const name = declares ? (item?.name ?? "") : "";
      if (name === "" || /^(?:im|ex)port /.test(name)) return path;
      return path === "" ? name : `${path}.${name}`;
    };
    return {
      merge: (base, yours, theirs) =>
        this.#item(base, yours, theirs, below(yours)),
      dispute: (base, yours, theirs) => {
        const name = below(yours[0] ?? theirs[0]);
        const reason = this.#disputes.get(name);
        return [disputeItems(base, yours, theirs, name, reason)];
      },
      isDisputed: (item) => this.#disputes.has(below(item)),
      unite: (yours, theirs) =>
        uniteImports(yours, theirs, (none, own, other) =>
          this.list(none, own, other, path),
        ),
      rest: restOfImport,
    };
  }

  /** An item with its comments. */
  #item(base: Item, yours: Item, theirs: Item, path: string): Pieces {
    const [before, own, other] = [base, yours, theirs].map(itemSays);
    const reason = this.#disputes.get(path);
    const conflict = disputeItems([base], [yours], [theirs], path, reason);
    if (reason !== undefined && own !== other) return [conflict];
    if (!this.#hasDispute(path)) {
      if (other === before || own === other) return [textOf(yours)];
      if (own === before) return [textOf(theirs)];
    }
    if (isComment(yours))
      return mergeComment(base, yours, theirs) ?? [conflict];
    const comments = this.list(
      commentsBefore(base),
      commentsBefore(yours),
      commentsBefore(theirs),
      path,
    );
    const parts = this.#parts(base, yours, theirs, path) ?? [conflict];
    const isLayout =
      own !== before && saysPlainly([base]) === saysPlainly([yours]);
    if (isLayout && isOpen(parts)) return [textOf(theirs)];
    return parts.includes(conflict) ? parts : [...comments, ...parts];
  }

  /** The lists that all three have, and what lies between them; undefined when both sides changed such a text. */
  #parts(
    base: Item,
    yours: Item,
    theirs: Item,
    path: string,
  ): Pieces | undefined {
    const pieces: Pieces[number][] = [];
    let [b, y, t] = [base.body, yours.body, theirs.body];
    for (const lists of [...sharedLists(base, yours, theirs), undefined]) {
      const text = mergeText(
        { code: base.code, start: b, end: lists?.base.start ?? base.end },
        { code: yours.code, start: y, end: lists?.yours.start ?? yours.end },
        { code: theirs.code, start: t, end: lists?.theirs.start ?? theirs.end },
      );
      if (text === undefined) return undefined;
      pieces.push(text);
      if (lists === undefined) break;
      pieces.push(...this.list(lists.base, lists.yours, lists.theirs, path));
      [b, y, t] = [lists.base.end, lists.yours.end, lists.theirs.end];
    }
    return pieces;
  }
}

function isOpen(pieces: Pieces): boolean {
  return pieces.some((piece) => typeof piece !== "string");
}

function isComment({ type }: Item): boolean {
  return type === "Comment" || type === "JSDoc";
}

/** Line by line, as text; undefined when both changed the same lines. */
function mergeComment(
  ...sides: readonly [base: Item, yours: Item, theirs: Item]
): Pieces | undefined {
  const [base, yours, theirs] = sides.map((side) => `${textOf(side)}\n`);
  const pieces = mergeLines(base ?? "", yours ?? "", theirs ?? "");
  const [text, ...others] = pieces;
  return typeof text === "string" && others.length === 0
    ? [text.slice(0, -1)]
    : undefined;
}

/** The text that one side left as it was decides nothing; undefined when both changed it, and not alike. */
function mergeText(base: Span, yours: Span, theirs: Span): string | undefined {
  const [before, own, other] = [base, yours, theirs].map(
    ({ code, start, end }) => saying(code, start, end),
  );
  if (other === before || own === other) return textOf(yours);
  return own === before ? textOf(theirs) : undefined;
}
