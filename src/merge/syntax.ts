import { parse, type ParserPlugin } from "@babel/parser";

/** A node of the parsed text, as the parser made it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A token as the parser saw it; `label` is its kind, and the text itself for keywords and punctuation. */
export interface RawToken {
  readonly label: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface ParsedText {
  readonly text: string;
  readonly program: Node;
  readonly raw: readonly RawToken[];
  /** What is wrong with it that does not keep it from being read, such as a name declared twice. */
  readonly faults: readonly string[];
}

/** Whether a text in this file has declarations that a merge can speak of. */
export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** The parser is ours, so that the same texts merge alike on every machine; undefined where the text does not parse. */
export function parseText(path: string, text: string): ParsedText | undefined {
  const plugins: ParserPlugin[] = ["typescript", "decorators-legacy"];
  if (/\.[jt]sx$|\.[cm]?js$/.test(path)) plugins.push("jsx");
  try {
    const file = parse(text, {
      sourceType: "module",
      plugins,
      tokens: true,
      attachComment: false,
      allowReturnOutsideFunction: true,
      errorRecovery: true,
    });
    const faults = (file.errors ?? []) as BabelError[];
    return {
      text,
      program: file.program as unknown as Node,
      faults: faults.map(({ message }) => message.replace(/ \(.*\)$/, "")),
      raw: ((file.tokens ?? []) as BabelToken[]).map(readToken),
    };
  } catch {
    return undefined;
  }
}

/** What the parser's types leave open. */
interface BabelError {
  readonly message: string;
}

interface BabelToken {
  readonly type: string | { readonly label: string };
  readonly value?: unknown;
  readonly start: number;
  readonly end: number;
}

function readToken({ type, value, start, end }: BabelToken): RawToken {
  const label = typeof type === "string" ? type : type.label;
  return {
    label,
    value: typeof value === "string" ? value : "",
    start,
    end,
  };
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { type?: unknown }).type === "string" &&
    typeof (value as { start?: unknown }).start === "number"
  );
}

/** A node under this property, if one is there. */
export function nodeAt(node: Node, property: string): Node | undefined {
  const value = node[property];
  return isNode(value) ? value : undefined;
}

/** The nodes in the list under this property; holes are left out. */
export function nodesAt(node: Node, property: string): readonly Node[] {
  const value = node[property];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textAt(node: Node, property: string): string {
  const value = node[property];
  return typeof value === "string" ? value : "";
}

/** Every node directly below, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  // Kept on the node itself: a weak map of every node costs the garbage collector more than it saves.
  const walked = node as Walked;
  return (walked[children] ??= findChildren(node));
}

const children = Symbol("children");

interface Walked extends Node {
  [children]?: readonly Node[] | undefined;
}

function findChildren(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (const value of Object.values(node)) {
    if (typeof value !== "object") continue;
    if (Array.isArray(value)) {
      for (const part of value) if (isNode(part)) found.push(part);
    } else if (isNode(value)) found.push(value);
  }
  return isInOrder(found) ? found : found.sort(byPlace);
}

function isInOrder(nodes: readonly Node[]): boolean {
  let last = nodes[0];
  for (const node of nodes) {
    if (last !== undefined && byPlace(last, node) > 0) return false;
    last = node;
  }
  return true;
}

function byPlace(a: Node, b: Node): number {
  return a.start - b.start || b.end - a.end;
}

export function visit(
  node: Node,
  see: (node: Node, parent: Node | undefined) => void,
  parent?: Node,
): void {
  see(node, parent);
  for (const child of childrenOf(node)) visit(child, see, node);
}
