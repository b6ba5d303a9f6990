import ts from "typescript";
import { parses } from "./code.ts";

/**
 * A text as what it means: its tokens and comments without layout, quotes, semicolons and trailing commas, and in one
 * order where order means nothing (imports, members, declarations). Two texts that differ in nothing else are equal.
 */
export function canonical(text: string): string {
  const ast = ts.createSourceFile(
    "file.ts",
    text.replaceAll("\r\n", "\n"),
    ts.ScriptTarget.Latest,
    true,
  );
  return parses(ast) ? print(ast) : `not TypeScript: ${text}`;
}

/** The tokens of one node, in the same form. */
export function tokensOf(node: ts.Node): string {
  return print(node);
}

function print(node: ts.Node): string {
  if (ts.isSourceFile(node))
    return [...printStatements(node.statements), print(node.endOfFileToken)]
      .filter((part) => part !== "")
      .join("\n");
  if (ts.isStringLiteral(node))
    return comments(node) + JSON.stringify(node.text);
  if (ts.isPropertyName(node) && ts.isNumericLiteral(node))
    return comments(node) + node.text;
  if (ts.isUnionTypeNode(node)) return ordered(node.types, " | ");
  if (ts.isNamedImports(node) || ts.isNamedExports(node))
    return `{ ${ordered(node.elements, " , ")} }`;
  const children = node.getChildren().filter(isMeaningful);
  if (children.length === 0) return comments(node) + node.getText();
  return joined(node, children);
}

function joined(node: ts.Node, children: readonly ts.Node[]): string {
  const parts = children
    .filter((_, index) => !isLayout(node, children, index))
    .map((child) => (isList(child) ? printList(node, child) : print(child)));
  return parts.filter((part) => part !== "").join(" ");
}

/** The elements between the tokens of a node that has a list. */
function printList(parent: ts.Node, list: ts.Node): string {
  const items = list.getChildren().filter(isMeaningful);
  const elements = items.filter(
    ({ kind }) => kind !== ts.SyntaxKind.CommaToken,
  );
  if (isBag(parent)) return ordered(elements, " , ");
  const separator = items.some(({ kind }) => kind === ts.SyntaxKind.CommaToken)
    ? " , "
    : " ";
  return elements
    .map(print)
    .filter((part) => part !== "")
    .join(separator);
}

/** What holds things by name; properties after a spread may overwrite it, so those keep their order. */
function isBag(parent: ts.Node): boolean {
  return (
    ts.isClassLike(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeLiteralNode(parent) ||
    (ts.isObjectLiteralExpression(parent) &&
      !parent.properties.some((property) => ts.isSpreadAssignment(property)))
  );
}

/** By name and, among equal names (overloads), as they stand. */
function ordered(nodes: readonly ts.Node[], separator: string): string {
  return [...nodes]
    .map((node) => [nameOf(node), print(node)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, text]) => text)
    .filter((text) => text !== "")
    .join(separator);
}

function nameOf(node: ts.Node): string {
  const { name } = (
    ts.isVariableStatement(node) ? node.declarationList.declarations[0] : node
  ) as { readonly name?: ts.Node };
  return name?.getText() ?? print(node);
}

/** Imports as a set by module under the comment that the file begins with, declarations that are hoisted as a set by name, all else in its order. */
function printStatements(statements: readonly ts.Statement[]): string[] {
  const imports = statements.filter(isLink);
  const hoisted = statements.filter(isHoisted);
  const others = statements.filter(
    (statement) => !isLink(statement) && !isHoisted(statement),
  );
  const [first] = statements;
  const head = first && ts.isImportDeclaration(first) ? first : undefined;
  return [
    head === undefined ? "" : comments(head),
    ...imports
      .flatMap((one) => printImport(one, one === head ? "" : comments(one)))
      .sort(),
    ...others.map(print),
    ordered(hoisted, "\n"),
  ];
}

/** Each imported name by itself, so that two imports of one module are as good as one. */
function printImport(
  statement: ts.Statement,
  before: string,
): readonly string[] {
  if (!ts.isImportDeclaration(statement)) return [print(statement)];
  const { importClause: clause, moduleSpecifier } = statement;
  const bindings = clause?.namedBindings;
  const prefix = `${before}import ${clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type " : ""}`;
  const from = print(moduleSpecifier);
  return [
    ...(clause?.name === undefined ? [] : [print(clause.name)]),
    ...(bindings === undefined
      ? []
      : ts.isNamedImports(bindings)
        ? bindings.elements.map((element) => `{ ${print(element)} }`)
        : [print(bindings)]),
  ].map((name) => `${prefix}${name} from ${from}`);
}

function isLink(node: ts.Statement): boolean {
  return (
    (ts.isImportDeclaration(node) && node.importClause !== undefined) ||
    (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
  );
}

function isHoisted(node: ts.Statement): boolean {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    isPlainConstant(node)
  );
}

/** A constant that needs nothing else may stand anywhere above its uses. */
function isPlainConstant(node: ts.Statement): boolean {
  return (
    ts.isVariableStatement(node) &&
    node.declarationList.declarations.every(
      ({ initializer }) => initializer !== undefined && isPlain(initializer),
    )
  );
}

function isPlain(value: ts.Expression): boolean {
  return (
    ts.isLiteralExpression(value) ||
    (ts.isObjectLiteralExpression(value) &&
      value.properties.every(
        (property) =>
          ts.isPropertyAssignment(property) && isPlain(property.initializer),
      ))
  );
}

function isList({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.SyntaxList;
}

function isMeaningful({ kind }: ts.Node): boolean {
  return (
    kind !== ts.SyntaxKind.SemicolonToken &&
    !(
      kind >= ts.SyntaxKind.FirstJSDocNode &&
      kind <= ts.SyntaxKind.LastJSDocNode
    )
  );
}

/** Parentheses around one plain parameter, and the comma of an interface's member. */
function isLayout(
  node: ts.Node,
  children: readonly ts.Node[],
  index: number,
): boolean {
  const { kind } = children[index] ?? node;
  if (kind === ts.SyntaxKind.CommaToken && ts.isTypeElement(node)) return true;
  if (!ts.isArrowFunction(node)) return false;
  const [parameter, ...others] = node.parameters;
  const isPlain =
    parameter !== undefined &&
    others.length === 0 &&
    node.type === undefined &&
    node.typeParameters === undefined &&
    parameter.getChildCount() === 1 &&
    ts.isIdentifier(parameter.name);
  return (
    isPlain &&
    (kind === ts.SyntaxKind.OpenParenToken ||
      kind === ts.SyntaxKind.CloseParenToken)
  );
}

/** The comments before a token, each with its white space made one. */
function comments(node: ts.Node): string {
  const text = node.getSourceFile().text;
  const trivia = text.slice(node.getFullStart(), node.getStart());
  if (!trivia.includes("/")) return "";
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    false,
    ts.LanguageVariant.Standard,
    trivia,
  );
  let found = "";
  for (
    let kind = scanner.scan();
    kind !== ts.SyntaxKind.EndOfFileToken;
    kind = scanner.scan()
  ) {
    if (
      kind === ts.SyntaxKind.SingleLineCommentTrivia ||
      kind === ts.SyntaxKind.MultiLineCommentTrivia
    )
      found += `${scanner
        .getTokenText()
        .replaceAll(/\s*\n\s*\*?\s*/g, " ")
        .trim()} `;
  }
  return found;
}
