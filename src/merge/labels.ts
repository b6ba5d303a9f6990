import type { Node } from "./syntax.ts";

/** A name after a dot, a key, a label: it stands for nothing in a scope. */
export function isLabel(node: Node, parent: Node): boolean {
  if (parent.computed === true) return false;
  if (/^(?:Optional)?MemberExpression$/.test(parent.type))
    return parent.property === node;
  if (parent.type === "TSQualifiedName") return parent.right === node;
  if (/Property|Method|TSPropertySignature|TSEnumMember/.test(parent.type)) {
    return (
      (parent.key === node || parent.id === node) && parent.shorthand !== true
    );
  }
  if (
    /^(?:Labeled|Break|Continue)|^TSNamedTupleMember|^MetaProperty|^ImportSpecifier/.test(
      parent.type,
    )
  ) {
    return (
      parent.label === node ||
      parent.meta === node ||
      parent.property === node ||
      parent.imported === node
    );
  }
  return parent.type === "ExportSpecifier" && parent.local !== node;
}
