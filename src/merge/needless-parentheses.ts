import { nodeAt, type Node, type ParsedText } from "./syntax.ts";

/**
 * Where parentheses stand around all that is returned or thrown, around the whole value of an arrow function, or around
 * a branch of a conditional type: a formatter puts them there or takes them away by the length of the line.
 */
export function needlessParentheses(
  { text }: ParsedText,
  node: Node,
): readonly number[] {
  if (node.type === "TSConditionalType")
    return ["trueType", "falseType"].flatMap((branch) =>
      endsOf(nodeAt(node, branch)),
    );
  const whole = wholeIn(text, node);
  const open = (whole?.extra as ParserExtra | undefined)?.parenStart;
  if (whole === undefined || open === undefined) return [];
  const closing = /^\s*\)/.exec(text.slice(whole.end, node.end));
  return closing ? [open, whole.end + closing[0].length - 1] : [];
}

/** Types in parentheses are nodes of their own. */
function endsOf(type: Node | undefined): readonly number[] {
  return type?.type === "TSParenthesizedType" ? [type.start, type.end - 1] : [];
}

/** What the parser notes about an expression in parentheses. */
interface ParserExtra {
  readonly parenStart?: number;
}

function wholeIn(text: string, node: Node): Node | undefined {
  switch (node.type) {
    case "ReturnStatement":
    case "ThrowStatement":
      return nodeAt(node, "argument");
    case "ArrowFunctionExpression": {
      const body = nodeAt(node, "body");
      const isNeeded =
        body?.type === "SequenceExpression" || text[body?.start ?? 0] === "{";
      return isNeeded ? undefined : body;
    }
    default:
      return undefined;
  }
}
