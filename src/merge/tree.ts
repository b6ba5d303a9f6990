import { bareBodiesOf, statementsOf } from "./bare-bodies.ts";
import { tokensIn, type Code } from "./code.ts";
import { blocksOf, commentsIn, type Span } from "./comment-blocks.ts";
import { isAboutFile } from "./file-comments.ts";
import { itemName } from "./item-names.ts";
import { listOf, type ListKind, type ListNodes } from "./list-nodes.ts";
import { partEndsOf } from "./part-ends.ts";
import { childrenOf, type Node } from "./syntax.ts";

/** A declaration, member, statement, property …, with the lists inside it. Places are those of the text. */
export interface Item {
  readonly code: Code;
  readonly type: string;
  /** What tells it from the other items; empty where only its text does. */
  readonly name: string;
  /** Whether it is the first of its list. */
  readonly first: boolean;
  /** Where the white space before it starts. */
  readonly lead: number;
  /** Where its comments start, and where it itself starts. */
  readonly start: number;
  readonly body: number;
  readonly end: number;
  /** After the comma and the comment on the same line. */
  readonly next: number;
  readonly lists: readonly List[];
}

export interface List {
  readonly code: Code;
  readonly kind: ListKind;
  readonly hint: string;
  /** Right inside the brackets. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly Item[];
}

const trees = new WeakMap<Code, List>();

/** The declarations of a file, down to single statements and arguments. */
export function treeOf(code: Code): List {
  const known = trees.get(code);
  if (known !== undefined) return known;
  const nodes = listOf(code, code.program);
  const tree = buildList(
    code,
    nodes ?? {
      kind: "file",
      hint: "",
      nodes: [],
      start: 0,
      end: code.text.length,
    },
  );
  trees.set(code, tree);
  return tree;
}

function buildList(
  code: Code,
  { kind, hint, nodes, start, end }: ListNodes,
): List {
  const items: Item[] = [];
  let lead = start;
  const add = (
    item: Pick<Item, "type" | "name" | "start" | "body" | "end">,
    node?: Node,
  ): void => {
    const next = afterItem(code, item, kind, end);
    const first = items.length === 0;
    let lists: readonly List[] | undefined;
    items.push({
      ...item,
      code,
      first,
      lead,
      next,
      // Of most declarations nobody asks what is inside.
      get lists() {
        return (lists ??= node === undefined ? [] : listsIn(code, node));
      },
    });
    lead = next;
  };
  const addComments = (comments: readonly Span[]): void => {
    for (const block of blocksOf(code, comments)) {
      const [first] = block;
      const last = block.at(-1);
      if (first === undefined || last === undefined) continue;
      add({
        type: "Comment",
        name: "",
        start: first.start,
        body: last.end,
        end: last.end,
      });
    }
  };
  for (const node of nodes) {
    const comments = commentsIn(code, lead, node.start);
    const attached = isAboutFile(comments, node, items)
      ? []
      : (blocksOf(code, [...comments, node]).at(-1) ?? []);
    addComments(comments.filter((comment) => !attached.includes(comment)));
    const item = {
      type: node.type,
      name: itemName(code, node, kind),
      start: attached[0]?.start ?? node.start,
      body: node.start,
      end: node.end,
    };
    add(item, node);
  }
  addComments(commentsIn(code, lead, end));
  return { code, kind, hint, start, end, items };
}

const comma = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*,/;

/** Past the comma that divides it from the next item, and past a comment that ends the line. */
function afterItem(
  code: Code,
  { type, end }: Pick<Item, "type" | "end">,
  kind: ListKind,
  limit: number,
): number {
  const { text } = code;
  const divided =
    type !== "Comment" &&
    /^(?:properties|pattern|items|specifiers|parameters|arguments|enum)$/.test(
      kind,
    );
  const separator = divided
    ? (comma.exec(text.slice(end, limit))?.[0].length ?? 0)
    : 0;
  let next = end + separator;
  for (;;) {
    const line = text.indexOf("\n", next);
    const until = line < 0 ? limit : Math.min(line, limit);
    const [comment] = commentsIn(code, next, until);
    if (comment === undefined) return next;
    const rest = text.slice(comment.end, limit);
    if (!/^[^\S\n]*(?:\n|$|\/\/)/.test(rest)) return next;
    next = comment.end;
  }
}

/** The lists below a node that are in no other list. */
function listsIn(code: Code, node: Node): readonly List[] {
  const lists: List[] = [];
  const collect = (at: Node): void => {
    if (/^(?:TemplateLiteral|JSX)/.test(at.type)) return;
    const own = listOf(code, at);
    if (own !== undefined) lists.push(buildList(code, own));
    const bodies = bareBodiesOf(at);
    for (const body of bodies) lists.push(buildList(code, statementsOf(body)));
    for (const { hint, at: end } of partEndsOf(at)) {
      if (!lists.some((list) => list.hint === hint && list.start === end))
        lists.push({ code, kind: "end", hint, start: end, end, items: [] });
    }
    for (const child of childrenOf(at)) {
      if (own?.nodes.includes(child) === true) continue;
      if (!bodies.includes(child)) collect(child);
    }
  };
  collect(node);
  return lists.sort((a, b) => a.start - b.start);
}

/** What a stretch of the text says, however it is written. */
export function saying(code: Code, start: number, end: number): string {
  return tokensIn(code, start, end)
    .map(({ key }) => key)
    .join("\u0001");
}

const known = new WeakMap<Item, string>();

/** What an item says, with its comments; the comma after it is the list's. */
export function itemSays(item: Item): string {
  const { code, start, end } = item;
  const says =
    known.get(item) ?? `${saying(code, start, end)}\u0002${tailSays(item)}`;
  known.set(item, says);
  return says;
}

/** What the comment at the end of an item's line says. */
export function tailSays({ code, end, next }: Item): string {
  return commentsIn(code, end, next)
    .map(({ key }) => key)
    .join("\u0001");
}

export function textOf(part: Span & { readonly code: Code }): string {
  return part.code.text.slice(part.start, part.end);
}
