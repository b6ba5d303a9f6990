import { needlessParentheses } from "./needless-parentheses.ts";
import {
  nodeAt,
  nodesAt,
  textAt,
  visit,
  type Node,
  type ParsedText,
} from "./syntax.ts";

/** Where a text has, or could have, characters that carry no meaning of their own but bound something that does. */
export interface Layout {
  /** Keys of written tokens by where they start. */
  readonly keys: ReadonlyMap<number, string>;
  /** Tokens that are not written, in the order of their places. */
  readonly unwritten: readonly { readonly key: string; readonly at: number }[];
}

/** The key of what ends a statement or a member, written or not. */
export const endKey = ";end";

/** The key of a parenthesis that means nothing; it says nothing, and is there only where it is written. */
export const needlessKey = "(needless";

/** The keys of the parentheses of an arrow function's only parameter, written or not. */
export const openKey = "(arrow";
export const closeKey = ")arrow";

const ended: ReadonlySet<string> = new Set([
  "ExpressionStatement",
  "ReturnStatement",
  "ThrowStatement",
  "BreakStatement",
  "ContinueStatement",
  "DebuggerStatement",
  "DoWhileStatement",
  "Directive",
  "ImportDeclaration",
  "ExportAllDeclaration",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "TSDeclareMethod",
  "TSImportEqualsDeclaration",
  "TSExportAssignment",
  "ClassProperty",
  "ClassAccessorProperty",
  "ClassPrivateProperty",
  "TSPropertySignature",
  "TSMethodSignature",
  "TSCallSignatureDeclaration",
  "TSConstructSignatureDeclaration",
  "TSIndexSignature",
]);

export function layoutOf(parsed: ParsedText): Layout {
  const keys = new Map<number, string>();
  const places = new Map<string, number>();
  const marks = marksIn(parsed);
  const mark = (key: string, at: number, written: number | undefined): void => {
    if (written === undefined) places.set(`${key} ${at}`, at);
    else keys.set(written, key);
  };
  visit(parsed.program, (node, parent) => {
    if (isEnded(node, parent)) {
      const last = node.end - 1;
      mark(endKey, node.end, marks.has(last) ? last : undefined);
    }
    const mapped = mappedEnd(node);
    if (mapped !== undefined) {
      const ending = /^\s*;/.exec(parsed.text.slice(mapped, node.end));
      mark(endKey, mapped, ending ? mapped + ending[0].length - 1 : undefined);
    }
    const key = plainKey(node);
    if (key !== undefined) keys.set(key.start, textAt(key, "value"));
    for (const place of needlessParentheses(parsed, node))
      keys.set(place, needlessKey);
    const only = onlyParameter(node);
    if (only === undefined) return;
    const open = before(parsed, only.start);
    const close = after(parsed, only.end);
    const written =
      open !== undefined && close !== undefined && open >= node.start;
    mark(openKey, only.start, written ? open : undefined);
    mark(closeKey, only.end, written ? close : undefined);
  });
  const unwritten = [...places]
    .map(([place, at]) => ({ key: place.slice(0, place.lastIndexOf(" ")), at }))
    .sort((a, b) => a.at - b.at);
  return { keys, unwritten };
}

/** Where the semicolons and commas are that can end something. */
function marksIn({ raw }: ParsedText): ReadonlySet<number> {
  const marks = new Set<number>();
  for (const { label, start } of raw) {
    if (label === ";" || label === ",") marks.add(start);
  }
  return marks;
}

function isEnded(node: Node, parent: Node | undefined): boolean {
  switch (node.type) {
    case "VariableDeclaration":
      return parent?.type.startsWith("For") === true
        ? parent.type.endsWith("Statement") && parent.body === node
        : true;
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration": {
      const declared = nodeAt(node, "declaration");
      return (
        declared === undefined || !/Declaration$|Function$/.test(declared.type)
      );
    }
    default:
      return ended.has(node.type);
  }
}

/** Where the one member of `{ [K in Keys]: Type }` ends. */
function mappedEnd(node: Node): number | undefined {
  return node.type === "TSMappedType"
    ? nodeAt(node, "typeAnnotation")?.end
    : undefined;
}

/** A quoted key that needs no quotes; `"a": 1` and `a: 1` say the same. */
function plainKey(node: Node): Node | undefined {
  const key = nodeAt(node, "key");
  return key?.type === "StringLiteral" &&
    node.computed !== true &&
    /Property|Method/.test(node.type) &&
    /^[A-Za-z_$][\w$]*$/.test(textAt(key, "value"))
    ? key
    : undefined;
}

function onlyParameter(node: Node): Node | undefined {
  if (node.type !== "ArrowFunctionExpression") return undefined;
  const [only, second] = nodesAt(node, "params");
  return only?.type === "Identifier" &&
    second === undefined &&
    only.typeAnnotation == null &&
    only.optional !== true &&
    node.returnType == null &&
    node.typeParameters == null
    ? only
    : undefined;
}

function before({ text }: ParsedText, at: number): number | undefined {
  const place = text.slice(0, at).trimEnd().length - 1;
  return text[place] === "(" ? place : undefined;
}

function after({ text }: ParsedText, at: number): number | undefined {
  const rest = /^\s*,?\s*\)/.exec(text.slice(at));
  return rest ? at + rest[0].length - 1 : undefined;
}
