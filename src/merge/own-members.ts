import {
  addBinding,
  addDeclaration,
  addUse,
  type Binding,
  type Reading,
} from "./binding.ts";
import { childrenOf, nodeAt, textAt, type Node } from "./syntax.ts";

/** What a class has for itself, by name; a private one's starts with `#`. */
export type Members = ReadonlyMap<string, Binding>;

interface MemberName {
  readonly name: string;
  readonly at: number;
}

export function declareMembers(body: Node, reading: Reading): Members {
  const members = new Map<string, Binding>();
  for (const { name, at } of childrenOf(body).flatMap(namesOf)) {
    const binding =
      members.get(name) ??
      addBinding(reading, { name, depth: 0, member: true });
    members.set(name, binding);
    addDeclaration(reading, binding, at);
  }
  return members;
}

/** `this.name` and `#name`. */
export function useMember(
  node: Node,
  members: Members,
  reading: Reading,
): void {
  const named = isOwnMember(node)
    ? readName(nodeAt(node, "property") ?? node)
    : undefined;
  const binding = named && members.get(named.name);
  if (binding === undefined || reading.at.has(named?.at ?? 0)) return;
  addUse(reading, binding, { at: named?.at ?? 0, shorthand: false });
}

function isOwnMember(node: Node): boolean {
  return (
    node.type === "PrivateName" ||
    (node.type.endsWith("MemberExpression") &&
      node.computed !== true &&
      nodeAt(node, "object")?.type === "ThisExpression")
  );
}

/** A constructor's parameters can be members too. */
function namesOf(member: Node): readonly MemberName[] {
  const key = member.computed === true ? undefined : nodeAt(member, "key");
  const properties = childrenOf(member)
    .filter(({ type }) => type === "TSParameterProperty")
    .map((parameter) => nodeAt(parameter, "parameter"))
    .map((inner) => inner && (nodeAt(inner, "left") ?? inner));
  return [key, ...properties]
    .map((node) => node && readName(node))
    .filter((name) => name !== undefined);
}

function readName(node: Node): MemberName | undefined {
  const id = node.type === "PrivateName" ? nodeAt(node, "id") : node;
  if (id?.type !== "Identifier") return undefined;
  const mark = node.type === "PrivateName" ? "#" : "";
  return { name: mark + textAt(id, "name"), at: id.start };
}
