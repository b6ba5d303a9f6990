import { nodeAt, type Node } from "./syntax.ts";

/** A place between the parts of a declaration, such as its type and its value, which are changed each for itself. */
export interface PartEnd {
  readonly hint: "modifiers" | "name" | "type";
  readonly at: number;
}

/** Where the parts of a variable, a parameter or a property end, whether it has the part or not. */
export function partEndsOf(node: Node): readonly PartEnd[] {
  switch (node.type) {
    case "VariableDeclarator":
      return targetEnds(nodeAt(node, "id"));
    case "AssignmentPattern":
      return targetEnds(nodeAt(node, "left"));
    case "Identifier":
    case "ObjectPattern":
      return nodeAt(node, "typeAnnotation") ? targetEnds(node) : [];
    case "ClassProperty":
    case "ClassPrivateProperty":
    case "ClassAccessorProperty":
    case "TSPropertySignature":
      return propertyEnds(node);
    default:
      return [];
  }
}

function targetEnds(target: Node | undefined): readonly PartEnd[] {
  if (target === undefined) return [];
  const type = nodeAt(target, "typeAnnotation");
  return [
    { hint: "name", at: type?.start ?? target.end },
    { hint: "type", at: target.end },
  ];
}

function propertyEnds(node: Node): readonly PartEnd[] {
  const key = nodeAt(node, "key");
  if (key === undefined || node.computed === true) return [];
  const type = nodeAt(node, "typeAnnotation");
  return [
    { hint: "modifiers", at: key.start },
    { hint: "name", at: type?.start ?? key.end },
    { hint: "type", at: type?.end ?? key.end },
  ];
}
