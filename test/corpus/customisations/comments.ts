import ts from "typescript";
import type { Declaration } from "../declarations.ts";
import {
  type Author,
  type Customisation,
  type Site,
  spliced,
} from "../customisation.ts";
import { indentAt, insertAt, lineStart } from "../splice.ts";

/** Puts lines directly above declarations. */
function above(
  name: string,
  isWanted: (declaration: Declaration) => boolean,
  lines: (indent: string, author: Author) => string,
): Customisation {
  return {
    name,
    sites: (base, author) =>
      [...base.declarations.values()].filter(isWanted).map(({ key }): Site => ({
        declaration: key,
        edit: spliced(({ declarations, text }) => {
          const node = declarations.get(key)?.node;
          if (node === undefined) return undefined;
          const at = node.getStart();
          return [
            insertAt(lineStart(text, at), lines(indentAt(text, at), author)),
          ];
        }),
      })),
  };
}

export const addJsdoc = above(
  "add JSDoc",
  (declaration) => !hasComment(declaration),
  (indent, { prefix }) =>
    `${indent}/**\n${indent} * Documented by ${prefix}.\n${indent} * @see the handbook\n${indent} */\n`,
);

export const addComment = above(
  "add a line comment",
  ({ callable }) => callable !== undefined,
  (indent, { prefix }) => `${indent}// ${prefix}: reviewed\n`,
);

export const addDirective = above(
  "add a directive of a linter",
  ({ node }) => ts.isVariableStatement(node) || ts.isPropertyDeclaration(node),
  (indent, { prefix }) =>
    `${indent}// eslint-disable-next-line ${prefix}/no-magic-numbers\n`,
);

function hasComment({ node }: Declaration): boolean {
  return node.getStart() !== node.getStart(node.getSourceFile(), true);
}
