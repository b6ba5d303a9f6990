import type { ListNodes } from "./list-nodes.ts";
import { nodeAt, type Node } from "./syntax.ts";
import type { List } from "./tree.ts";

/** The statements that stand where a block could: with braces or without, one is the same. */
export function bareBodiesOf(node: Node): readonly Node[] {
  const bodies = /^(?:For(?:In|Of)?|While|DoWhile)Statement$/.test(node.type)
    ? [nodeAt(node, "body")]
    : node.type === "IfStatement"
      ? [nodeAt(node, "consequent"), nodeAt(node, "alternate")]
      : [];
  return bodies
    .filter((body) => body !== undefined)
    .filter(({ type }) => !/^(?:Block|Empty|If)Statement$/.test(type));
}

/** A list of the one statement. */
export function statementsOf(body: Node): ListNodes {
  const { start, end } = body;
  return { kind: "statements", hint: "", nodes: [body], start, end };
}

/** Whether a list has no braces around it. */
export function isBare({ code, kind, items, start }: List): boolean {
  return (
    kind === "statements" &&
    items[0]?.start === start &&
    code.text[start - 1] !== "{"
  );
}
