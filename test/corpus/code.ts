import ts from "typescript";
import { type Declaration, declarationsIn } from "./declarations.ts";

/** A TypeScript text with its tree; everything is found by name or by text, so that it is found in other versions too. */
export class Code {
  readonly text: string;
  readonly ast: ts.SourceFile;
  #program: ts.Program | undefined;
  #declarations: ReadonlyMap<string, Declaration> | undefined;

  constructor(text: string) {
    this.text = text;
    this.ast = ts.createSourceFile(
      "file.ts",
      text,
      ts.ScriptTarget.Latest,
      true,
    );
  }

  get parses(): boolean {
    return parses(this.ast);
  }

  /** Declarations whose name occurs once; overloads and merged ones are left out. */
  get declarations(): ReadonlyMap<string, Declaration> {
    this.#declarations ??= declarationsIn(this.ast);
    return this.#declarations;
  }

  /** What the compiler says about this file by itself, without positions. */
  complaints(): readonly string[] {
    return this.#compiled()
      .getSemanticDiagnostics(this.ast)
      .map(({ code, messageText }) =>
        [code, ts.flattenDiagnosticMessageText(messageText, " ")].join(" "),
      );
  }

  /** Every identifier that stands for the same thing as this one, itself included. */
  references(name: ts.Identifier | ts.PrivateIdentifier): readonly ts.Node[] {
    const checker = this.#compiled().getTypeChecker();
    const wanted = checker.getSymbolAtLocation(name);
    if (wanted === undefined) return [];
    return descendants(this.ast).filter(
      (node) =>
        (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) &&
        node.text === name.text &&
        symbolOf(checker, node) === wanted,
    );
  }

  /** Whether this word occurs as an identifier. */
  mentions(word: string): boolean {
    return new RegExp(`(?<![\\w$])${word}(?![\\w$])`).test(this.text);
  }

  textOf(node: ts.Node): string {
    return node.getText(this.ast);
  }

  #compiled(): ts.Program {
    this.#program ??= ts.createProgram({
      rootNames: ["file.ts"],
      options: {
        noLib: true,
        noResolve: true,
        types: [],
        target: ts.ScriptTarget.Latest,
        module: ts.ModuleKind.NodeNext,
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      host: hostOf(this.ast),
    });
    return this.#program;
  }
}

/** Whether the parser had nothing to say; only a program would tell it by a public name. */
export function parses(ast: ts.SourceFile): boolean {
  const { parseDiagnostics } = ast as unknown as {
    readonly parseDiagnostics: readonly unknown[];
  };
  return parseDiagnostics.length === 0;
}

/** All nodes below this one, in the order of the text. */
export function descendants(node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (child: ts.Node): void => {
    found.push(child);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

export function isExported(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
  );
}

function symbolOf(
  checker: ts.TypeChecker,
  node: ts.Node,
): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent))
    return checker.getShorthandAssignmentValueSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

function hostOf(ast: ts.SourceFile): ts.CompilerHost {
  return {
    getSourceFile: (name) => (name === "file.ts" ? ast : undefined),
    getDefaultLibFileName: () => "lib.d.ts",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === "file.ts",
    readFile: () => undefined,
    writeFile: () => undefined,
  };
}
