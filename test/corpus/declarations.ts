import ts from "typescript";

/** One declaration of a file that can be found again in another version of the file. */
export interface Declaration {
  /** `name`, or `Class.member`. */
  readonly key: string;
  readonly node: ts.Node;
  /** The block with its statements; of a constant, its arrow function's. */
  readonly body?: ts.Block;
  /** What has its parameters. */
  readonly callable?: ts.SignatureDeclaration;
}

/** Declarations whose name occurs once; overloads and merged ones are left out. */
export function declarationsIn(
  ast: ts.SourceFile,
): ReadonlyMap<string, Declaration> {
  return uniqueByKey(allDeclarations(ast));
}

function uniqueByKey(
  declarations: readonly Declaration[],
): ReadonlyMap<string, Declaration> {
  const unique = new Map<string, Declaration>();
  const repeated = new Set<string>();
  for (const declaration of declarations) {
    if (unique.has(declaration.key)) repeated.add(declaration.key);
    unique.set(declaration.key, declaration);
  }
  for (const key of repeated) unique.delete(key);
  return unique;
}

function allDeclarations(ast: ts.SourceFile): readonly Declaration[] {
  return ast.statements.flatMap((statement): readonly Declaration[] => {
    if (ts.isVariableStatement(statement)) return constantIn(statement);
    if (!isNamed(statement)) return [];
    const key = statement.name?.getText(ast) ?? "";
    if (key === "") return [];
    const own = { key, node: statement, ...callableIn(statement) };
    if (
      !ts.isClassDeclaration(statement) &&
      !ts.isInterfaceDeclaration(statement)
    )
      return [own];
    const members: readonly ts.Node[] = [...statement.members];
    return [own, ...members.flatMap((member) => memberIn(ast, key, member))];
  });
}

function isNamed(
  node: ts.Statement,
): node is
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node)
  );
}

function constantIn(statement: ts.VariableStatement): readonly Declaration[] {
  const [variable, ...others] = statement.declarationList.declarations;
  if (variable === undefined || others.length > 0) return [];
  if (!ts.isIdentifier(variable.name)) return [];
  const { initializer } = variable;
  const callable =
    initializer !== undefined &&
    (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      ? callableIn(initializer)
      : {};
  return [{ key: variable.name.text, node: statement, ...callable }];
}

function memberIn(
  ast: ts.SourceFile,
  owner: string,
  member: ts.Node,
): readonly Declaration[] {
  const prefix = ts.isGetAccessor(member)
    ? "get "
    : ts.isSetAccessor(member)
      ? "set "
      : "";
  const name = ts.isConstructorDeclaration(member)
    ? "constructor"
    : (member as ts.ClassElement).name?.getText(ast);
  if (name === undefined) return [];
  return [
    { key: `${owner}.${prefix}${name}`, node: member, ...callableIn(member) },
  ];
}

function callableIn(node: ts.Node): Pick<Declaration, "body" | "callable"> {
  if (!ts.isFunctionLike(node)) return {};
  const { body } = node as { readonly body?: ts.Node };
  return body !== undefined && ts.isBlock(body)
    ? { callable: node, body }
    : { callable: node };
}
