import {
  addBinding,
  addDeclaration,
  addUse,
  type Binding,
  type Reading,
} from "./binding.ts";
import type { Code } from "./code.ts";
import { declarationsOf, opensScope } from "./declared-names.ts";
import { isLabel } from "./labels.ts";
import { declareMembers, useMember, type Members } from "./own-members.ts";
import { childrenOf, textAt, type Node } from "./syntax.ts";

export interface Bindings {
  readonly all: readonly Binding[];
  /** What each name in the text stands for, by its place; a name that nothing declares is not there. */
  readonly at: ReadonlyMap<number, Binding>;
}

interface Scope {
  readonly names: Map<string, Binding>;
  readonly parent: Scope | undefined;
  readonly depth: number;
  readonly members: Members;
}

const known = new WeakMap<Code, Bindings>();

/** Resolves every name of a text, values and types alike. */
export function bindingsOf(code: Code): Bindings {
  const found = known.get(code) ?? resolve(code);
  known.set(code, found);
  return found;
}

function resolve({ program }: Code): Bindings {
  const reading: Reading = { all: [], at: new Map() };
  readScope(program, undefined, reading);
  return reading;
}

/** Declares what a scope holds before reading it, since functions and types are used above their declarations. */
function readScope(
  node: Node,
  parent: Scope | undefined,
  reading: Reading,
): void {
  const scope: Scope = {
    names: new Map(),
    parent,
    depth: (parent?.depth ?? 0) + (opensScope(node) === "function" ? 1 : 0),
    members: parent?.members ?? new Map(),
  };
  for (const { name, at } of declarationsOf(node)) {
    const binding =
      scope.names.get(name) ??
      addBinding(reading, { name, depth: scope.depth, member: false });
    scope.names.set(name, binding);
    addDeclaration(reading, binding, at);
  }
  readChildren(node, scope, reading);
}

function readChildren(node: Node, scope: Scope, reading: Reading): void {
  for (const child of childrenOf(node)) readNode(child, node, scope, reading);
}

function readNode(
  node: Node,
  parent: Node,
  scope: Scope,
  reading: Reading,
): void {
  if (node.type === "Identifier" && !isLabel(node, parent)) {
    use(node, parent, scope, reading);
  }
  useMember(node, scope.members, reading);
  if (opensScope(node) !== undefined) readScope(node, scope, reading);
  else if (node.type === "ClassBody") {
    const members = declareMembers(node, reading);
    readChildren(node, { ...scope, members }, reading);
  } else readChildren(node, scope, reading);
}

function use(node: Node, parent: Node, scope: Scope, reading: Reading): void {
  if (reading.at.has(node.start)) return;
  const name = textAt(node, "name");
  let at: Scope | undefined = scope;
  while (at !== undefined && !at.names.has(name)) at = at.parent;
  const binding = at?.names.get(name);
  if (binding === undefined) return;
  addUse(reading, binding, {
    at: node.start,
    shorthand: parent.shorthand === true,
  });
}
