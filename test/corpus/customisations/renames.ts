import ts from "typescript";
import { type Code, descendants, hasModifier, isExported } from "../code.ts";
import type { Declaration } from "../declarations.ts";
import {
  type Author,
  capitalised,
  type Customisation,
  type Site,
  spliced,
} from "../customisation.ts";
import type { Splice } from "../splice.ts";

type Name = ts.Identifier | ts.PrivateIdentifier;

/** A declaration's names of one sort: which names it has that could be changed. */
type NamesOf = (declaration: Declaration) => readonly Name[];

function renaming(name: string, namesOf: NamesOf): Customisation {
  return {
    name,
    sites: (base, author) =>
      [...base.declarations.values()].flatMap((declaration) =>
        unique(namesOf(declaration)).map((found): Site => ({
          declaration: declaration.key,
          edit: spliced((code) => {
            const there = code.declarations.get(declaration.key);
            if (there === undefined) return undefined;
            const same = unique(namesOf(there)).find(
              ({ text }) => text === found.text,
            );
            return same && renamed(code, same, newName(found.text, author));
          }),
        })),
      ),
  };
}

export const renameLocal = renaming("rename a local variable", ({ body }) =>
  body === undefined
    ? []
    : descendants(body)
        .filter((node) => ts.isVariableDeclaration(node))
        .flatMap(({ name }) => (ts.isIdentifier(name) ? [name] : [])),
);

export const renameParameter = renaming(
  "rename a parameter",
  ({ callable, body }) =>
    body === undefined
      ? []
      : (callable?.parameters ?? []).flatMap((parameter) =>
          ts.isIdentifier(parameter.name) &&
          !ts.isParameterPropertyDeclaration(parameter, parameter.parent)
            ? [parameter.name]
            : [],
        ),
);

export const renamePrivate = renaming("rename a private member", ({ node }) => {
  if (!ts.isClassElement(node)) return [];
  const { name } = node;
  if (name === undefined) return [];
  if (ts.isPrivateIdentifier(name)) return [name];
  const isPrivate = hasModifier(node, ts.SyntaxKind.PrivateKeyword);
  return isPrivate && ts.isIdentifier(name) ? [name] : [];
});

export const renameExported = renaming("rename an exported name", ({ node }) =>
  isExported(node) ? nameOf(node) : [],
);

export const renameUnexported = renaming(
  "rename a function of the file",
  ({ node }) =>
    ts.isFunctionDeclaration(node) && !isExported(node) ? nameOf(node) : [],
);

/** `import { a }` becomes `import { a as ownA }`. */
export const aliasImport: Customisation = {
  name: "give an import another name",
  sites: (base, author) =>
    plainSpecifiers(base).map(({ name }): Site => ({
      declaration: "",
      edit: spliced((code) => {
        const same = plainSpecifiers(code).find(
          (specifier) => specifier.name.text === name.text,
        );
        return same && renamed(code, same.name, newName(name.text, author));
      }),
    })),
};

function plainSpecifiers({ ast }: Code): readonly ts.ImportSpecifier[] {
  return descendants(ast)
    .filter((node) => ts.isImportSpecifier(node))
    .filter(({ propertyName }) => propertyName === undefined);
}

function nameOf(node: ts.Node): readonly Name[] {
  const { name } = node as { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name] : [];
}

function unique(names: readonly Name[]): readonly Name[] {
  return names.filter(
    ({ text }) => names.filter((other) => other.text === text).length === 1,
  );
}

function newName(name: string, { prefix }: Author): string {
  return name.startsWith("#")
    ? `#${prefix}${capitalised(name.slice(1))}`
    : /^[A-Z]/.test(name)
      ? capitalised(prefix) + name
      : prefix + capitalised(name);
}

/** Every use of a name changed; nothing where the new name is taken. */
function renamed(
  code: Code,
  name: Name,
  next: string,
): readonly Splice[] | undefined {
  if (code.mentions(next.replace("#", ""))) return undefined;
  const uses = code.references(name);
  return uses.map((use) => {
    const { parent } = use;
    const kept =
      ts.isShorthandPropertyAssignment(parent) ||
      (ts.isBindingElement(parent) &&
        parent.name === use &&
        parent.propertyName === undefined &&
        ts.isObjectBindingPattern(parent.parent))
        ? `${name.text}: `
        : (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) &&
            parent.propertyName === undefined
          ? ts.isImportSpecifier(parent)
            ? `${name.text} as `
            : ""
          : "";
    const after =
      ts.isExportSpecifier(parent) && parent.propertyName === undefined
        ? ` as ${name.text}`
        : "";
    return {
      from: use.getStart(),
      to: use.getEnd(),
      text: kept + next + after,
    };
  });
}
