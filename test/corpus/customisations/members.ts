import ts from "typescript";
import { type Code, descendants } from "../code.ts";
import {
  type Author,
  type Customisation,
  type Site,
  spliced,
} from "../customisation.ts";
import {
  indentAt,
  insertAt,
  lineEnd,
  linesOfNode,
  type Splice,
} from "../splice.ts";

type Holder = ts.ClassDeclaration | ts.InterfaceDeclaration;

/** Adds lines to every class or interface that has members. */
function adding(
  name: string,
  isHolder: (node: ts.Node) => node is Holder,
  lines: (code: Code, holder: Holder, author: Author) => Splice | undefined,
): Customisation {
  return {
    name,
    sites: (base, author) =>
      holdersIn(base, isHolder).map(([key]): Site => ({
        declaration: key,
        edit: spliced((code) => {
          const there = holdersIn(code, isHolder).find(
            ([other]) => other === key,
          )?.[1];
          const made = there && lines(code, there, author);
          return made && [made];
        }),
      })),
  };
}

export const addMethod = adding(
  "add a method",
  ts.isClassDeclaration,
  ({ text }, { members }, author) => {
    const last = members.at(-1);
    return (
      last && insertAt(lineEnd(text, last.getEnd()), `\n${methodText(author)}`)
    );
  },
);

export const addMethodBetween = adding(
  "add a method between others",
  ts.isClassDeclaration,
  ({ text }, { members }, author) => {
    const second = members.filter((member) =>
      ts.isMethodDeclaration(member),
    )[1];
    return (
      second &&
      insertAt(linesOfNode(text, second).from, `${methodText(author)}\n`)
    );
  },
);

export const addProperty = adding(
  "add a property",
  ts.isClassDeclaration,
  ({ text }, { members }, { prefix, step }) => {
    const first = members.find((member) => !ts.isPropertyDeclaration(member));
    const last = members
      .filter((member) => ts.isPropertyDeclaration(member))
      .at(-1);
    const line = `  readonly ${prefix}Limit = ${step};\n`;
    if (last !== undefined) return insertAt(lineEnd(text, last.getEnd()), line);
    return first && insertAt(linesOfNode(text, first).from, `${line}\n`);
  },
);

export const addMember = adding(
  "add a member to an interface",
  ts.isInterfaceDeclaration,
  ({ text }, { members }, { prefix }) => {
    const last = members.at(-1);
    return (
      last &&
      insertAt(
        lineEnd(text, last.getEnd()),
        `  readonly ${prefix}Label?: string;\n`,
      )
    );
  },
);

/** Into constants such as tables and options; each property on a line of its own. */
export const addEntry: Customisation = {
  name: "add a property to an object",
  sites: (base, author) =>
    tablesIn(base).map(([key]): Site => ({
      declaration: key,
      edit: spliced((code) => {
        const table = tablesIn(code).find(([other]) => other === key)?.[1];
        const last = table?.properties.at(-1);
        if (last === undefined) return undefined;
        const indent = indentAt(code.text, last.getStart());
        return [
          insertAt(
            lineEnd(code.text, last.getEnd()),
            `${indent}${author.prefix}Entry: ${author.step},\n`,
          ),
        ];
      }),
    })),
};

export const addToUnion: Customisation = {
  name: "add a member to a union",
  sites: (base, author) =>
    unionsIn(base).map(([key]): Site => ({
      declaration: key,
      edit: spliced((code) => {
        const union = unionsIn(code).find(([other]) => other === key)?.[1];
        return (
          union && [insertAt(union.getEnd(), ` | "${author.prefix}-kind"`)]
        );
      }),
    })),
};

function methodText({ prefix, step }: Author): string {
  return [
    `  ${prefix}Summary(): string {`,
    `    const parts = ["${prefix}", ${step}];`,
    `    return parts.join("-${prefix}-");`,
    "  }",
    "",
  ].join("\n");
}

function holdersIn<T extends Holder>(
  code: Code,
  isHolder: (node: ts.Node) => node is T,
): readonly (readonly [string, T])[] {
  return [...code.declarations].flatMap(([key, { node }]) =>
    isHolder(node) &&
    node.members.length > 0 &&
    code.text.slice(node.getStart(), node.getEnd()).includes("\n")
      ? [[key, node] as const]
      : [],
  );
}

function tablesIn(
  code: Code,
): readonly (readonly [string, ts.ObjectLiteralExpression])[] {
  return [...code.declarations].flatMap(([key, { node }]) => {
    if (!ts.isVariableStatement(node)) return [];
    const table = descendants(node).find((child) =>
      ts.isObjectLiteralExpression(child),
    );
    const isPlain =
      table?.properties.every((property) =>
        ts.isPropertyAssignment(property),
      ) && /,\s*}$/.test(code.textOf(table));
    return table !== undefined && isPlain ? [[key, table] as const] : [];
  });
}

function unionsIn(
  code: Code,
): readonly (readonly [string, ts.UnionTypeNode])[] {
  return [...code.declarations].flatMap(([key, { node }]) =>
    ts.isTypeAliasDeclaration(node) && ts.isUnionTypeNode(node.type)
      ? [[key, node.type] as const]
      : [],
  );
}

/** The name that `addMethod` gives for this author. */
export function addedMethod({ prefix }: Author): string {
  return `${prefix}Summary`;
}
