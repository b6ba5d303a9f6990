import ts from "typescript";
import type { Code } from "../code.ts";
import type { Declaration } from "../declarations.ts";
import { type Customisation, type Site, spliced } from "../customisation.ts";
import {
  cutNode,
  insertAt,
  lineEnd,
  linesOfNode,
  type Splice,
} from "../splice.ts";

/** A declaration's new place in a file that has it; undefined where it would stay where it is. */
type Target = (code: Code, moved: ts.Node) => number | undefined;

function moving(
  name: string,
  isMovable: (node: ts.Node) => boolean,
  target: Target,
): Customisation {
  return {
    name,
    sites: (base) =>
      [...base.declarations.values()]
        .filter(({ node }) => isMovable(node))
        .map(({ key }): Site => ({
          declaration: key,
          edit: spliced((code) => {
            const there = code.declarations.get(key);
            return there && moved(code, there, target);
          }),
        })),
  };
}

export const moveToEnd = moving(
  "move a declaration to the end",
  isHoisted,
  ({ ast, text }, node) =>
    ast.statements.at(-1) === node ? undefined : text.length,
);

export const moveUp = moving(
  "move a declaration to the top",
  isHoisted,
  ({ ast, text }, node) => {
    const first = ast.statements.find(
      (statement) => !ts.isImportDeclaration(statement),
    );
    return first === undefined || first === node
      ? undefined
      : linesOfNode(text, first).from;
  },
);

export const moveMethod = moving(
  "move a method to the end of its class",
  (node) => ts.isMethodDeclaration(node) && ts.isClassDeclaration(node.parent),
  ({ text }, node) => {
    const owner = node.parent as ts.ClassDeclaration;
    const last = owner.members.at(-1);
    return last === undefined || last === node
      ? undefined
      : lineEnd(text, last.getEnd());
  },
);

function isHoisted(node: ts.Node): boolean {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

function moved(
  code: Code,
  { node }: Declaration,
  target: Target,
): readonly Splice[] | undefined {
  const at = target(code, node);
  if (at === undefined) return undefined;
  const { from, to } = linesOfNode(code.text, node);
  const lines = code.text.slice(from, to);
  const text = at < from ? `${lines}\n` : `\n${lines}`;
  return [cutNode(code.text, node), insertAt(at, text)];
}
