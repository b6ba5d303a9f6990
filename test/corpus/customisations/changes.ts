import ts from "typescript";
import { type Code, descendants, hasModifier } from "../code.ts";
import type { Declaration } from "../declarations.ts";
import {
  type Author,
  type Customisation,
  type Site,
  spliced,
} from "../customisation.ts";
import { insertAt, linesOfNode, replaceNode, type Splice } from "../splice.ts";
import { tokensOf } from "../tokens.ts";

/** Finds the nodes of a declaration that a change can be made to; each is known by its tokens. */
type Find = (declaration: Declaration) => readonly ts.Node[];
type Change = (
  node: ts.Node,
  author: Author,
  code: Code,
) => readonly Splice[] | undefined;

function changing(name: string, find: Find, change: Change): Customisation {
  return {
    name,
    sites: (base, author) =>
      [...base.declarations.values()]
        .filter(isInnermost)
        .flatMap((declaration) =>
          alone(find(declaration)).map((node): Site => {
            const tokens = tokensOf(node);
            return {
              declaration: declaration.key,
              edit: spliced((code) => {
                const there = code.declarations.get(declaration.key);
                const same =
                  there &&
                  alone(find(there)).find(
                    (other) => tokensOf(other) === tokens,
                  );
                return same && change(same, author, code);
              }),
            };
          }),
        ),
  };
}

export const changeNumber = changing(
  "change a number",
  (declaration) => literals(declaration, ts.isNumericLiteral),
  (node, { step }) => [
    replaceNode(node, String(Number((node as ts.NumericLiteral).text) + step)),
  ],
);

export const changeMessage = changing(
  "change a text",
  (declaration) =>
    literals(
      declaration,
      (node) => ts.isStringLiteral(node) && node.text.includes(" "),
    ),
  (node, { prefix }) => [insertAt(node.getEnd() - 1, ` (${prefix})`)],
);

export const changeDefault = changing(
  "change a default",
  ({ callable }) =>
    (callable?.parameters ?? []).flatMap(({ name, initializer }) => [
      ...(initializer === undefined ? [] : [initializer]),
      ...(ts.isObjectBindingPattern(name)
        ? name.elements.flatMap((element) => element.initializer ?? [])
        : []),
    ]),
  (node, { prefix }) => [replaceNode(node, `${prefix}Default`)],
);

export const changeReturnType = changing(
  "change a return type",
  ({ callable }) => [callable?.type].filter(isOneType),
  (node, { prefix }) => [insertAt(node.getEnd(), ` | "${prefix}"`)],
);

export const changeParameterType = changing(
  "change a parameter's type",
  ({ callable }) =>
    (callable?.parameters ?? []).map(({ type }) => type).filter(isOneType),
  (node, { prefix }) =>
    ts.isFunctionTypeNode(node)
      ? undefined
      : [insertAt(node.getEnd(), ` | "${prefix}"`)],
);

export const addParameter = changing(
  "add a parameter",
  ({ callable }) =>
    callable?.parameters
      .slice(-1)
      .filter(({ dotDotDotToken }) => dotDotDotToken === undefined) ?? [],
  (node, { prefix, step }) => [
    insertAt(node.getEnd(), `, ${prefix}Count = ${step}`),
  ],
);

export const changeVisibility = changing(
  "make a private member public",
  ({ node }) =>
    hasModifier(node, ts.SyntaxKind.PrivateKeyword) && ts.canHaveModifiers(node)
      ? (ts.getModifiers(node) ?? []).filter(
          ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword,
        )
      : [],
  (node) => [replaceNode(node, "protected")],
);

export const changeReadonly = changing(
  "let a property change",
  ({ node }) =>
    ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)
      ? (node.modifiers ?? []).filter(
          ({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword,
        )
      : [],
  (node) => [{ from: node.getStart(), to: node.getEnd() + 1, text: "" }],
);

/** A number in a body becomes a constant above the declaration. */
export const extractConstant = changing(
  "extract a constant",
  (declaration) =>
    declaration.body === undefined
      ? []
      : literals(
          { ...declaration, node: declaration.body },
          (node) => ts.isNumericLiteral(node) || ts.isStringLiteral(node),
        ),
  (node, { prefix }, { text, ast }) => {
    const statement = ast.statements.find(
      (candidate) =>
        candidate.getStart() <= node.getStart() &&
        node.getEnd() <= candidate.getEnd(),
    );
    if (statement === undefined) return undefined;
    return [
      insertAt(
        linesOfNode(text, statement).from,
        `const ${prefix}Value = ${node.getText()};\n\n`,
      ),
      replaceNode(node, `${prefix}Value`),
    ];
  },
);

/** A union takes members of both sides. */
function isOneType(type: ts.TypeNode | undefined): type is ts.TypeNode {
  return type !== undefined && !ts.isUnionTypeNode(type);
}

function literals(
  { node }: Pick<Declaration, "node">,
  isWanted: (node: ts.Node) => boolean,
): readonly ts.Node[] {
  return descendants(node).filter(
    (child) =>
      isWanted(child) &&
      !ts.isImportDeclaration(child.parent) &&
      !ts.isLiteralTypeNode(child.parent) &&
      !ts.isPropertyName(child.parent) &&
      !isPropertyKey(child),
  );
}

function isPropertyKey(node: ts.Node): boolean {
  return (node.parent as { readonly name?: ts.Node }).name === node;
}

/** A class is left to its members. */
function isInnermost({ node }: Declaration): boolean {
  return !ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node);
}

/** Those that no other has the tokens of. */
function alone(nodes: readonly ts.Node[]): readonly ts.Node[] {
  const tokens = nodes.map(tokensOf);
  return nodes.filter(
    (_, index) =>
      tokens.filter((other) => other === tokens[index]).length === 1,
  );
}
