import ts from "typescript";
import { type Code, descendants } from "../code.ts";
import type { Declaration } from "../declarations.ts";
import { type Customisation, type Site, spliced } from "../customisation.ts";
import { cutNode, linesOfNode, type Splice } from "../splice.ts";
import { tokensOf } from "../tokens.ts";

/** Deletes a whole declaration; where somebody changed it since, the place is not the same any more. */
function deleting(
  name: string,
  isWanted: (node: ts.Node) => boolean,
): Customisation {
  return {
    name,
    sites: (base) =>
      [...base.declarations.values()]
        .filter(({ node }) => isWanted(node))
        .map((declaration): Site => ({
          declaration: declaration.key,
          edit: spliced((code) => cutSame(base, code, declaration)),
        })),
  };
}

export const deleteMethod = deleting("delete a method", ts.isMethodDeclaration);
export const deleteFunction = deleting(
  "delete a function",
  ts.isFunctionDeclaration,
);
export const deleteType = deleting(
  "delete a type",
  (node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node),
);

export const deleteMember: Customisation = {
  name: "delete a property",
  sites: (base) =>
    [...base.declarations.values()]
      .filter(
        ({ node }) =>
          ts.isPropertySignature(node) || ts.isPropertyDeclaration(node),
      )
      .map((declaration): Site => ({
        declaration: declaration.key,
        edit: spliced((code) => cutSame(base, code, declaration, lineOf)),
      })),
};

/** The use of what was imported stays: a person would have replaced it by something of the file's own. */
export const deleteImport: Customisation = {
  name: "delete an import",
  sites: ({ ast }) =>
    ast.statements
      .filter((statement) => ts.isImportDeclaration(statement))
      .map((statement): Site => {
        const tokens = tokensOf(statement);
        return {
          declaration: "",
          edit: spliced(({ ast: there, text }) => {
            const same = there.statements.find(
              (other) => tokensOf(other) === tokens,
            );
            return same && [lineOf(text, same)];
          }),
        };
      }),
};

/** The line comments inside bodies; a declaration's own comment goes with it. */
export const deleteComment: Customisation = {
  name: "delete a comment",
  sites: (base) =>
    commentedStatements(base).map(([key, comment]): Site => ({
      declaration: key,
      edit: spliced((code) => {
        const [same, ...others] = commentedStatements(code).filter(
          ([other, text]) => other === key && text === comment,
        );
        return same === undefined || others.length > 0 ? undefined : [same[2]];
      }),
    })),
};

function cutSame(
  base: Code,
  code: Code,
  { key, node }: Declaration,
  cut: (text: string, node: ts.Node) => Splice = cutNode,
): readonly Splice[] | undefined {
  const same = code.declarations.get(key)?.node;
  if (same === undefined || tokensOf(same) !== tokensOf(node)) return undefined;
  return usesOf(base, key) === usesOf(code, key)
    ? [cut(code.text, same)]
    : undefined;
}

/** A release that begins to use what somebody deleted is another matter. */
function usesOf({ text }: Code, key: string): number {
  const name = key.split(/[. ]/).at(-1) ?? key;
  return text.split(
    new RegExp(`(?<![\\w$#])${name.replace(/[$[\]()]/g, "\\$&")}(?![\\w$])`),
  ).length;
}

function lineOf(text: string, node: ts.Node): Splice {
  return { ...linesOfNode(text, node), text: "" };
}

function commentedStatements(
  code: Code,
): readonly (readonly [string, string, Splice])[] {
  return [...code.declarations.values()].flatMap(({ key, body }) =>
    (body === undefined ? [] : descendants(body))
      .filter(
        (node) =>
          ts.isBlock(node.parent) &&
          node.parent.statements.includes(node as ts.Statement),
      )
      .flatMap((node) => {
        const { from } = linesOfNode(code.text, node);
        const to = code.text.lastIndexOf("\n", node.getStart()) + 1;
        const comment = code.text.slice(from, to);
        return comment.trim() === ""
          ? []
          : [[key, comment.trim(), { from, to, text: "" }] as const];
      }),
  );
}
