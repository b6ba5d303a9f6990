import { childrenOf, nodeAt, nodesAt, textAt, type Node } from "./syntax.ts";

export interface DeclaredName {
  readonly name: string;
  readonly at: number;
}

const functions: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ObjectMethod",
  "ClassPrivateMethod",
  "ClassMethod",
  "TSDeclareFunction",
  "TSDeclareMethod",
  "TSFunctionType",
  "TSConstructorType",
  "TSMethodSignature",
  "TSCallSignatureDeclaration",
  "TSConstructSignatureDeclaration",
  "TSTypeAliasDeclaration",
  "TSInterfaceDeclaration",
  "StaticBlock",
]);

const blocks: ReadonlySet<string> = new Set([
  "Program",
  "BlockStatement",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "SwitchStatement",
  "CatchClause",
  "ClassDeclaration",
  "ClassExpression",
  "TSModuleBlock",
  "TSMappedType",
  "TSConditionalType",
]);

export function opensScope(node: Node): "function" | "block" | undefined {
  if (functions.has(node.type)) return "function";
  return blocks.has(node.type) ? "block" : undefined;
}

/** The names that belong to the scope which a node opens. */
export function declarationsOf(scope: Node): readonly DeclaredName[] {
  const names = [...typeParameters(scope)];
  if (functions.has(scope.type)) {
    for (const parameter of [
      ...nodesAt(scope, "params"),
      ...nodesAt(scope, "parameters"),
    ])
      names.push(...boundNames(parameter));
    // A function's own block shares its scope, as far as `var` goes.
    const body = nodeAt(scope, "body");
    if (body) addVariables(body, names);
  }
  if (/^(?:Function|Class)Expression$/.test(scope.type))
    names.push(...idOf(scope));
  const parameter =
    scope.type === "CatchClause" ? nodeAt(scope, "param") : undefined;
  if (parameter) names.push(...boundNames(parameter));
  if (blocks.has(scope.type))
    for (const child of statementsOf(scope)) names.push(...declared(child));
  if (scope.type === "Program") addVariables(scope, names);
  return names;
}

function statementsOf(scope: Node): readonly Node[] {
  if (scope.type !== "SwitchStatement") return childrenOf(scope);
  return nodesAt(scope, "cases").flatMap((one) => nodesAt(one, "consequent"));
}

function typeParameters(scope: Node): readonly DeclaredName[] {
  const parameters = nodeAt(scope, "typeParameters");
  const listed = parameters ? nodesAt(parameters, "params") : [];
  const mapped = nodeAt(scope, "typeParameter");
  return [...listed, ...(mapped ? [mapped] : [])].flatMap((one) => {
    const name = textAt(one, "name");
    return name === "" ? idOf(one, "name") : [{ name, at: one.start }];
  });
}

/** What a statement declares in the block that it stands in. */
function declared(node: Node): readonly DeclaredName[] {
  if (/^Export(?:Named|Default)Declaration$/.test(node.type)) {
    const inner = nodeAt(node, "declaration");
    return inner ? declared(inner) : [];
  }
  if (node.type === "VariableDeclaration" && textAt(node, "kind") !== "var") {
    return nodesAt(node, "declarations").flatMap((one) => idOf(one));
  }
  if (node.type === "ImportDeclaration") {
    return nodesAt(node, "specifiers").flatMap((one) => idOf(one, "local"));
  }
  return /^(?:FunctionDeclaration|ClassDeclaration|TS(?:DeclareFunction|TypeAliasDeclaration|InterfaceDeclaration|EnumDeclaration|ModuleDeclaration|ImportEqualsDeclaration))$/.test(
    node.type,
  )
    ? idOf(node)
    : [];
}

function idOf(node: Node, property = "id"): readonly DeclaredName[] {
  const id = nodeAt(node, property);
  return id ? boundNames(id) : [];
}

/** The names in a parameter or a pattern. */
function boundNames(pattern: Node): readonly DeclaredName[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ name: textAt(pattern, "name"), at: pattern.start }];
    case "AssignmentPattern":
      return idOf(pattern, "left");
    case "RestElement":
      return idOf(pattern, "argument");
    case "TSParameterProperty":
      return idOf(pattern, "parameter");
    case "ObjectPattern":
      return nodesAt(pattern, "properties").flatMap((one) =>
        one.type === "RestElement" ? boundNames(one) : idOf(one, "value"),
      );
    case "ArrayPattern":
      return nodesAt(pattern, "elements").flatMap(boundNames);
    default:
      return [];
  }
}

/** `var` belongs to the function, wherever among its statements it stands. */
function addVariables(node: Node, names: DeclaredName[]): void {
  for (const child of childrenOf(node)) {
    if (child.type === "VariableDeclaration") {
      if (textAt(child, "kind") !== "var") continue;
      names.push(...nodesAt(child, "declarations").flatMap((one) => idOf(one)));
    } else if (holdsStatements(child)) addVariables(child, names);
  }
}

function holdsStatements({ type }: Node): boolean {
  return (
    type.endsWith("Statement") ||
    type === "SwitchCase" ||
    type === "CatchClause" ||
    type === "ExportNamedDeclaration" ||
    type.startsWith("TSModule")
  );
}
