import type { Code } from "./code.ts";
import type { ListKind } from "./list-nodes.ts";
import { nodeAt, nodesAt, textAt, type Node } from "./syntax.ts";

/** What tells an item of a list from the others; empty where only its text and its place do. */
export function itemName(code: Code, node: Node, kind: ListKind): string {
  const text = (part: Node | undefined): string =>
    part ? code.text.slice(part.start, part.end).replaceAll(/\s+/g, " ") : "";
  switch (kind) {
    case "file":
    case "statements":
      return statementName(code, node);
    case "members":
    case "signatures":
    case "properties":
    case "pattern":
    case "enum":
      return memberName(node, text);
    case "specifiers":
    case "union":
      return text(node).replace(/^type /, "");
    case "items":
      return /Literal$|^Identifier$/.test(node.type) ? text(node) : "";
    case "parameters":
      return parameterName(node);
    case "cases":
      return `case ${text(nodeAt(node, "test"))}`;
    case "arguments":
    case "comments":
    case "end":
      return "";
  }
}

function statementName(code: Code, node: Node): string {
  const source = nodeAt(node, "source");
  const module = source ? textAt(source, "value") : "";
  if (node.type === "ImportDeclaration") {
    const whole = nodesAt(node, "specifiers").some(
      ({ type }) => type === "ImportNamespaceSpecifier",
    );
    return `import ${whole ? "* " : ""}${textAt(node, "importKind") === "type" ? "type " : ""}${module}`;
  }
  if (node.type === "ExportAllDeclaration") return `export * ${module}`;
  if (node.type === "ExportDefaultDeclaration") return "default";
  const inner = nodeAt(node, "declaration");
  if (inner !== undefined) return statementName(code, inner);
  if (node.type === "ExportNamedDeclaration") return `export ${module}`;
  if (node.type === "VariableDeclaration") {
    return nodesAt(node, "declarations")
      .map((one) => idText(code, one))
      .join(", ");
  }
  return /Declaration$|^TSDeclareFunction$/.test(node.type)
    ? idText(code, node)
    : "";
}

function idText(code: Code, node: Node): string {
  const id = nodeAt(node, "id");
  if (id === undefined) return "";
  return (
    textAt(id, "name") ||
    code.text.slice(id.start, id.end).replaceAll(/\s+/g, " ")
  );
}

function memberName(
  node: Node,
  text: (part: Node | undefined) => string,
): string {
  const key = nodeAt(node, "key") ?? nodeAt(node, "id");
  if (key === undefined) return /Spread|Rest/.test(node.type) ? text(node) : "";
  const accessor = /^[gs]et$/.test(textAt(node, "kind"))
    ? `${textAt(node, "kind")} `
    : "";
  const name = textAt(key, "value") || text(key);
  return `${node.static === true ? "static " : ""}${accessor}${name}`;
}

function parameterName(node: Node): string {
  const inner = nodeAt(node, "parameter") ?? node;
  const target = nodeAt(inner, "left") ?? nodeAt(inner, "argument") ?? inner;
  return textAt(target, "name");
}
