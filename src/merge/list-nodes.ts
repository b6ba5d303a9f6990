import { closing, find } from "./brackets.ts";
import type { Code } from "./code.ts";
import { nodeAt, nodesAt, type Node } from "./syntax.ts";

/** What kind of things a list holds; the kind tells how two changes of it are brought together. */
export type ListKind =
  | "file"
  | "statements"
  | "members"
  | "signatures"
  | "properties"
  | "pattern"
  | "items"
  | "specifiers"
  | "parameters"
  | "arguments"
  | "union"
  | "enum"
  | "cases"
  | "comments"
  /** Without anything in it: it only divides what stands before it from what follows. */
  | "end";

/** A list in the text: its nodes, and the places right inside its brackets. */
export interface ListNodes {
  readonly kind: ListKind;
  /** What it belongs to, where there can be several: the function that is called. */
  readonly hint: string;
  readonly nodes: readonly Node[];
  readonly start: number;
  readonly end: number;
}

/** The list that a node has of its own, if it has one. */
export function listOf(code: Code, node: Node): ListNodes | undefined {
  const list = (
    kind: ListKind,
    nodes: readonly Node[],
    start: number | undefined,
    end: number | undefined,
  ): ListNodes | undefined =>
    start === undefined || end === undefined
      ? undefined
      : { kind, hint: "", nodes, start, end };
  const braced = (
    kind: ListKind,
    nodes: readonly Node[],
    from = node.start,
  ): ListNodes | undefined => {
    const open = find(code, "{", from, node.end);
    return list(kind, nodes, open && open + 1, closing(code, open));
  };
  switch (node.type) {
    case "Program":
      return list(
        "file",
        [
          nodeAt(node, "interpreter"),
          ...nodesAt(node, "directives"),
          ...nodesAt(node, "body"),
        ].filter((statement) => statement !== undefined),
        0,
        code.text.length,
      );
    case "BlockStatement":
    case "StaticBlock":
    case "TSModuleBlock":
      return braced("statements", [
        ...nodesAt(node, "directives"),
        ...nodesAt(node, "body"),
      ]);
    case "ClassBody":
      return braced("members", nodesAt(node, "body"));
    case "TSInterfaceBody":
      return braced("signatures", nodesAt(node, "body"));
    case "TSTypeLiteral":
      return braced("signatures", nodesAt(node, "members"));
    case "ObjectExpression":
      return braced("properties", nodesAt(node, "properties"));
    case "ObjectPattern":
      return braced("pattern", nodesAt(node, "properties"));
    case "ArrayExpression":
      return hasHoles(node)
        ? undefined
        : list(
            "items",
            nodesAt(node, "elements"),
            node.start + 1,
            node.end - 1,
          );
    case "TSEnumDeclaration":
      return braced("enum", nodesAt(node, "members"), nodeAt(node, "id")?.end);
    case "SwitchStatement":
      return braced(
        "cases",
        nodesAt(node, "cases"),
        nodeAt(node, "discriminant")?.end,
      );
    case "SwitchCase": {
      const colon = find(
        code,
        ":",
        nodeAt(node, "test")?.end ?? node.start,
        node.end,
      );
      return list(
        "statements",
        nodesAt(node, "consequent"),
        colon && colon + 1,
        node.end,
      );
    }
    case "TSUnionType":
      return list("union", nodesAt(node, "types"), node.start, node.end);
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
      return specifiers(node, braced);
    case "CallExpression":
    case "OptionalCallExpression":
    case "NewExpression":
      return callArguments(code, node);
    default:
      return parameters(code, node);
  }
}

function specifiers(
  node: Node,
  braced: (kind: ListKind, nodes: readonly Node[]) => ListNodes | undefined,
): ListNodes | undefined {
  if (nodeAt(node, "declaration") !== undefined) return undefined;
  const nodes = nodesAt(node, "specifiers").filter(({ type }) =>
    /^(?:Im|Ex)portSpecifier$/.test(type),
  );
  return nodes.length === 0 ? undefined : braced("specifiers", nodes);
}

function callArguments(code: Code, node: Node): ListNodes | undefined {
  const callee = nodeAt(node, "callee");
  const types = nodeAt(node, "typeParameters") ?? nodeAt(node, "typeArguments");
  const open = find(
    code,
    "(",
    types?.end ?? callee?.end ?? node.start,
    node.end,
  );
  if (
    open === undefined ||
    callee === undefined ||
    code.text[node.end - 1] !== ")"
  )
    return undefined;
  const name = nodeAt(callee, "property") ?? callee;
  return {
    kind: "arguments",
    hint: code.text.slice(name.start, name.end),
    nodes: nodesAt(node, "arguments"),
    start: open + 1,
    end: node.end - 1,
  };
}

function parameters(code: Code, node: Node): ListNodes | undefined {
  const name = Array.isArray(node.params) ? "params" : "parameters";
  if (!Array.isArray(node[name]) || node.type.startsWith("TSTypeParameter"))
    return undefined;
  const nodes = nodesAt(node, name);
  const before =
    nodeAt(node, "typeParameters") ?? nodeAt(node, "id") ?? nodeAt(node, "key");
  const open = find(code, "(", before?.end ?? node.start, node.end);
  const close = closing(code, open);
  return open === undefined || close === undefined
    ? undefined
    : { kind: "parameters", hint: "", nodes, start: open + 1, end: close };
}

function hasHoles(node: Node): boolean {
  return Array.isArray(node.elements) && node.elements.includes(null);
}
