import ts from "typescript";
import { bodies, bodyOf, inner, isSuper, only } from "../bodies.ts";
import type { Code } from "../code.ts";
import {
  type Author,
  type Customisation,
  type Site,
  spliced,
} from "../customisation.ts";
import {
  cutNode,
  indentAt,
  insertAt,
  lineEnd,
  linesOfNode,
  type Splice,
} from "../splice.ts";
import { tokensOf } from "../tokens.ts";

/** A line at one end of a body, as long as it is clear what it stands beside. */
function atEnd(
  name: string,
  find: (block: ts.Block) => ts.Statement | undefined,
  place: (
    code: Code,
    neighbour: ts.Statement,
    author: Author,
  ) => Splice | undefined,
): Customisation {
  return {
    name,
    sites: (base, author) =>
      bodies(base).map(([key, body]): Site => ({
        declaration: key,
        edit: spliced((code) => {
          const there = bodyOf(code, key);
          const neighbour = there && find(inner(there));
          if (neighbour === undefined || isSuper(neighbour)) return undefined;
          if (!isSamePlace(inner(body), inner(there ?? body), find))
            return undefined;
          const made = place(code, neighbour, author);
          return made && [made];
        }),
      })),
  };
}

export const addFirst = atEnd(
  "add a statement at the top",
  ({ statements }) => statements[0],
  ({ text }, first, { prefix }) =>
    insertAt(
      linesOfNode(text, first).from,
      `${indentAt(text, first.getStart())}${prefix}Trace("enter");\n`,
    ),
);

export const addLast = atEnd(
  "add a statement before the end",
  ({ statements }) => statements.at(-1),
  ({ text }, last, { prefix }) => {
    const line = `${indentAt(text, last.getStart())}${prefix}Trace("leave");\n`;
    return ts.isReturnStatement(last) || ts.isThrowStatement(last)
      ? insertAt(linesOfNode(text, last).from, line)
      : insertAt(lineEnd(text, last.getEnd()), line);
  },
);

/** Whether the neighbour is the one it was, or that one changed; what came beside it or around it makes the place unclear. */
function isSamePlace(
  before: ts.Block,
  now: ts.Block,
  find: (block: ts.Block) => ts.Statement | undefined,
): boolean {
  const old = find(before);
  const next = find(now);
  if (old === undefined || next === undefined) return false;
  if (tokensOf(old) === tokensOf(next)) return true;
  return (
    before.statements.length === now.statements.length &&
    !now.statements.some((statement) =>
      tokensOf(statement).includes(tokensOf(old)),
    )
  );
}

/** Two statements that follow each other, and a line between them. */
export const addBetween: Customisation = {
  name: "add a statement between two",
  sites: (base, author) =>
    bodies(base).flatMap(([key, body]) =>
      inner(body)
        .statements.slice(1)
        .flatMap((after, index): readonly Site[] => {
          const before = inner(body).statements[index];
          if (before === undefined) return [];
          const pair = [tokensOf(before), tokensOf(after)] as const;
          return [
            {
              declaration: key,
              edit: spliced((code) => {
                const there = bodies(code).find(
                  ([other]) => other === key,
                )?.[1];
                return there && between(code, inner(there), pair, author);
              }),
            },
          ];
        }),
    ),
};

/** Where both are still there the line goes between them; where one was changed it stays beside the other. */
function between(
  { text }: Code,
  body: ts.Block,
  [before, after]: readonly [string, string],
  { prefix }: Author,
): readonly Splice[] | undefined {
  const first = only(body, before);
  const second = only(body, after);
  const line = (node: ts.Node): string =>
    `${indentAt(text, node.getStart())}${prefix}Trace("half");\n`;
  const follows =
    first !== undefined &&
    body.statements[body.statements.indexOf(first) + 1] === second;
  const wrapped = [before, after].some((tokens) =>
    body.statements.some((statement) => {
      const now = tokensOf(statement);
      return now !== tokens && now.includes(tokens);
    }),
  );
  if (wrapped) return undefined;
  if (second !== undefined && (follows || first === undefined))
    return [insertAt(linesOfNode(text, second).from, line(second))];
  return first !== undefined && second === undefined
    ? [insertAt(lineEnd(text, first.getEnd()), line(first))]
    : undefined;
}

export const deleteStatement: Customisation = {
  name: "delete a statement",
  sites: (base) =>
    bodies(base).flatMap(([key, body]) =>
      inner(body)
        .statements.filter(
          (statement) =>
            ts.isExpressionStatement(statement) && !isSuper(statement),
        )
        .map((statement): Site => ({
          declaration: key,
          edit: spliced((code) => {
            const there = bodyOf(code, key);
            const same = there && only(inner(there), tokensOf(statement));
            return same && [cutLines(code.text, same)];
          }),
        })),
    ),
};

/** Only its own lines: statements are not set apart by blank lines as declarations are. */
function cutLines(text: string, node: ts.Node): Splice {
  const { from, to } = linesOfNode(text, node);
  const surrounded =
    text.slice(0, from).endsWith("\n\n") && text.slice(to).startsWith("\n");
  return surrounded ? cutNode(text, node) : { from, to, text: "" };
}
