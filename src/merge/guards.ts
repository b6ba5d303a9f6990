import { isNode, visit, type Node, type ParsedText } from "./syntax.ts";

/**
 * Takes the semicolons that a line begins with out of a parsed text: where semicolons are left out they keep that line
 * from being read as going on, so they belong to its indentation, and do not end the statement above.
 */
export function withoutGuards(parsed: ParsedText): ParsedText {
  const guards = guardsOf(parsed);
  if (guards.size === 0) return parsed;
  visit(parsed.program, (node) => {
    endBefore(node, guards);
  });
  return { ...parsed, raw: parsed.raw.filter(({ end }) => !guards.has(end)) };
}

/** By where each semicolon ends, the end of the word before it. */
type Guards = ReadonlyMap<number, number>;

function guardsOf({ text, program, raw }: ParsedText): Guards {
  const first = new Map<number, number>();
  let before = 0;
  for (const { label, start, end } of raw) {
    if (label.startsWith("Comment")) continue;
    if (label === ";" && /\n\s*$/.test(text.slice(before, start)))
      first.set(end, before);
    before = end;
  }
  const guards = new Map<number, number>();
  if (first.size === 0) return guards;
  visit(program, (node, parent) => {
    const place = first.get(node.end);
    const isBody = node.type === "EmptyStatement" && parent?.body === node;
    if (place !== undefined && !isBody) guards.set(node.end, place);
  });
  return guards;
}

/** The parser's node as it is without guards: it ends with its last word, and statements that are only one are gone. */
function endBefore(node: Node, guards: Guards): void {
  const parts = node as Record<string, unknown>;
  for (const [name, value] of Object.entries(parts)) {
    if (Array.isArray(value))
      parts[name] = value.filter(
        (part) =>
          !isNode(part) ||
          part.type !== "EmptyStatement" ||
          !guards.has(part.end),
      );
  }
  if (node.type !== "Program") parts.end = guards.get(node.end) ?? node.end;
}
