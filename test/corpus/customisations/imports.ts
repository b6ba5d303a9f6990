import ts from "typescript";
import type { Code } from "../code.ts";
import {
  type Customisation,
  type Edit,
  type Site,
  spliced,
} from "../customisation.ts";
import { insertAt, lineEnd, linesOfNode, type Splice } from "../splice.ts";
import { tokensOf } from "../tokens.ts";

function everywhere(
  name: string,
  edit: (prefix: string, step: number) => Edit,
): Customisation {
  return {
    name,
    sites: (_, { prefix, step }) => [
      { declaration: "", edit: edit(prefix, step) },
    ],
  };
}

export const addImport = everywhere("add an import", (prefix) =>
  spliced((code) => {
    const last = importsIn(code).at(-1);
    return (
      last && [
        insertAt(
          lineEnd(code.text, last.getEnd()),
          `import { ${prefix}Tool } from "./${prefix}-tool.ts";\n`,
        ),
      ]
    );
  }),
);

export const addImportFirst = everywhere("add an import at the top", (prefix) =>
  spliced((code) => {
    const first = importsIn(code)[0];
    return (
      first && [
        insertAt(
          linesOfNode(code.text, first).from,
          `import ${prefix}Tool from "${prefix}-tool";\n`,
        ),
      ]
    );
  }),
);

/** Into an import that names several, as the user's editor does. */
export const addSpecifier: Customisation = {
  name: "add a name to an import",
  sites: (base, { prefix }) =>
    lists(base).map(([module, kind]): Site => ({
      declaration: "",
      edit: spliced((code) => {
        const [same, ...others] = lists(code).filter(
          ([other, otherKind]) => other === module && kind === otherKind,
        );
        const last = same?.[2].elements.at(-1);
        return last === undefined || others.length > 0
          ? undefined
          : [insertAt(last.getEnd(), `, ${prefix}Extra`)];
      }),
    })),
};

export const reorderImports = everywhere(
  "reverse the order of the imports",
  () => spliced((code) => reordered(code, (imports) => [...imports].reverse())),
);

export const sortImports = everywhere("sort the imports", () =>
  spliced((code) => sortedImports(code)),
);

/** Imports by module, names by the alphabet; nothing where comments stand between. */
export function sortedImports(code: Code): readonly Splice[] | undefined {
  const sorted = reordered(code, (imports) =>
    [...imports].sort((a, b) =>
      moduleOf(a) < moduleOf(b) ? -1 : moduleOf(a) > moduleOf(b) ? 1 : 0,
    ),
  );
  return sorted;
}

export const addReexport = everywhere(
  "export what another file has",
  (prefix) =>
    spliced(({ ast, text }) => {
      const last = ast.statements
        .filter((statement) => ts.isExportDeclaration(statement))
        .at(-1);
      return (
        last && [
          insertAt(
            lineEnd(text, last.getEnd()),
            `export { ${prefix}Tool } from "./${prefix}-tool.ts";\n`,
          ),
        ]
      );
    }),
);

export const addFunction = everywhere(
  "add a function at the end",
  (prefix, step) =>
    spliced(({ text }) => [
      insertAt(
        text.length,
        `\nexport function ${prefix}Help(topic: string): string {\n  return \`${prefix} ${step}: \${topic}\`;\n}\n`,
      ),
    ]),
);

export const addConstant = everywhere(
  "add a constant behind the imports",
  (prefix, step) =>
    spliced((code) => {
      const last = importsIn(code).at(-1);
      return (
        last && [
          insertAt(
            lineEnd(code.text, last.getEnd()),
            `\nexport const ${prefix}Settings = { depth: ${step} };\n`,
          ),
        ]
      );
    }),
);

/** Beside a declaration that may have changed. */
export const addFunctionBetween: Customisation = {
  name: "add a function between others",
  sites: (base, { prefix }) =>
    [...base.declarations.values()]
      .filter(({ key, node }) => !key.includes(".") && node.parent === base.ast)
      .map(({ key }): Site => ({
        declaration: key,
        edit: spliced((code) => {
          const node = code.declarations.get(key)?.node;
          return (
            node && [
              insertAt(
                linesOfNode(code.text, node).from,
                `function ${prefix}Between(value: number): number {\n  return value * 2;\n}\n\n`,
              ),
            ]
          );
        }),
      })),
};

function importsIn({ ast }: Code): readonly ts.ImportDeclaration[] {
  return ast.statements.filter((statement) =>
    ts.isImportDeclaration(statement),
  );
}

function lists(
  code: Code,
): readonly (readonly [string, string, ts.NamedImports])[] {
  return importsIn(code).flatMap((statement) => {
    const bindings = statement.importClause?.namedBindings;
    const kind = String(statement.importClause?.phaseModifier);
    return bindings !== undefined && ts.isNamedImports(bindings)
      ? [[moduleOf(statement), kind, bindings] as const]
      : [];
  });
}

function moduleOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return (moduleSpecifier as ts.StringLiteral).text;
}

function reordered(
  code: Code,
  order: (
    imports: readonly ts.ImportDeclaration[],
  ) => readonly ts.ImportDeclaration[],
): readonly Splice[] | undefined {
  const imports = importsIn(code);
  const first = imports[0];
  const last = imports.at(-1);
  if (first === undefined || last === undefined || imports.length < 2)
    return undefined;
  const region = code.text.slice(first.getStart(), last.getEnd());
  const lines = order(imports).map((statement) => statement.getText());
  if (region.split("\n").some((line) => /^(?:\/[/*]|\s*$)/.test(line)))
    return undefined;
  if (
    lines.join("\n") === region ||
    tokensOf(code.ast.statements[imports.length - 1] ?? last) !== tokensOf(last)
  )
    return undefined;
  return [
    { from: first.getStart(), to: last.getEnd(), text: lines.join("\n") },
  ];
}
