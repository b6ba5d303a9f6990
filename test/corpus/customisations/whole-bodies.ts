import ts from "typescript";
import { bodies, bodyOf, inner, isSuper } from "../bodies.ts";
import { type Code, descendants } from "../code.ts";
import { type Customisation, type Site, spliced } from "../customisation.ts";
import {
  indentAt,
  indentLines,
  insertAt,
  lineEnd,
  lineStart,
  linesOfNode,
  type Splice,
} from "../splice.ts";
import { tokensOf } from "../tokens.ts";

export const wrapInTry: Customisation = {
  name: "wrap a body in try",
  sites: (base, { prefix }) =>
    bodies(base).map(([key]): Site => ({
      declaration: key,
      edit: spliced((code) => {
        const body = bodyOf(code, key);
        return body === undefined || inner(body) !== body
          ? undefined
          : wrapped(code, body, "try {", (indent) => [
              `${indent}} catch (error) {`,
              `${indent}  ${prefix}Report(error);`,
              `${indent}  throw error;`,
              `${indent}}`,
            ]);
      }),
    })),
};

/** The splices that put a body's statements between two lines. */
export function wrapped(
  { text, ast }: Code,
  body: ts.Block,
  opening: string,
  closing: (indent: string) => readonly string[],
): readonly Splice[] | undefined {
  const first = body.statements[0];
  if (first === undefined || isSuper(first)) return undefined;
  const indent = indentAt(text, first.getStart());
  const from = lineEnd(text, body.getStart());
  const to = lineStart(text, body.getEnd() - 1);
  const [head, ...rest] = indentLines(text, from, to, ast);
  return [
    insertAt(from, `${indent}${opening}\n${head?.text ?? ""}`),
    ...rest,
    insertAt(
      to,
      closing(indent)
        .map((line) => `${line}\n`)
        .join(""),
    ),
  ];
}

/**
 * The same line at the top of every function of the file; what a release adds or renames has none of them, and where a
 * `try` comes or goes it is not clear where the top is.
 */
export const addLogLines: Customisation = {
  name: "add log lines everywhere",
  sites: (base, { prefix }) => {
    const keys = new Map(
      bodies(base).map(([key, body]) => [key, inner(body) === body]),
    );
    return keys.size < 2
      ? []
      : [
          {
            declaration: "",
            edit: spliced((code) => logLines(code, keys, prefix)),
          },
        ];
  },
};

function logLines(
  code: Code,
  keys: ReadonlyMap<string, boolean>,
  prefix: string,
): readonly Splice[] | undefined {
  const there = bodies(code).filter(
    ([key, body]) => keys.get(key) === (inner(body) === body),
  );
  if (there.length < keys.size) return undefined;
  return there.flatMap(([key, body]) => {
    const first = inner(body).statements[0];
    if (first === undefined || isSuper(first)) return [];
    const indent = indentAt(code.text, first.getStart());
    const line = `${indent}console.debug("${prefix} ${key}");\n`;
    return [insertAt(linesOfNode(code.text, first).from, line)];
  });
}

export const changeCondition: Customisation = {
  name: "change a condition",
  sites: (base, { prefix }) =>
    conditions(base).map(([key, statement]): Site => {
      const tokens = tokensOf(statement.expression);
      return {
        declaration: key,
        edit: spliced((code) => {
          const [same, ...others] = conditions(code).filter(
            ([other, { expression }]) =>
              other === key && tokensOf(expression) === tokens,
          );
          if (same === undefined || others.length > 0) return undefined;
          const { expression } = same[1];
          return [
            insertAt(expression.getStart(), `${prefix}Allows(`),
            insertAt(expression.getEnd(), ")"),
          ];
        }),
      };
    }),
};

/** As linters ask for; the statement itself may have changed. */
export const addBraces: Customisation = {
  name: "put braces around a statement",
  sites: (base) =>
    conditions(base)
      .filter(([, statement]) => isBare(statement))
      .map(([key, { expression }]): Site => {
        const tokens = tokensOf(expression);
        return {
          declaration: key,
          edit: spliced((code) => {
            const [same, ...others] = conditions(code).filter(
              ([other, statement]) =>
                other === key && tokensOf(statement.expression) === tokens,
            );
            return same !== undefined && others.length === 0
              ? braced(code, same[1])
              : undefined;
          }),
        };
      }),
};

function isBare({ thenStatement, elseStatement }: ts.IfStatement): boolean {
  return !ts.isBlock(thenStatement) && elseStatement === undefined;
}

function braced(
  { text }: Code,
  statement: ts.IfStatement,
): readonly Splice[] | undefined {
  if (!isBare(statement)) return undefined;
  const indent = indentAt(text, statement.getStart());
  const { thenStatement: only } = statement;
  const from = text.slice(0, only.getStart()).trimEnd().length;
  return [
    { from, to: only.getStart(), text: ` {\n${indent}  ` },
    insertAt(only.getEnd(), `\n${indent}}`),
  ];
}

function conditions(
  code: Code,
): readonly (readonly [string, ts.IfStatement])[] {
  return bodies(code).flatMap(([key, body]) =>
    descendants(body)
      .filter((node) => ts.isIfStatement(node))
      .map((node) => [key, node] as const),
  );
}

/** The whole body is somebody's own now; a release that changed it is another matter. */
export const replaceBody: Customisation = {
  name: "replace a body",
  sites: (base, { prefix }) =>
    bodies(base).map(([key, body]): Site => ({
      declaration: key,
      edit: spliced((code) => {
        const there = bodyOf(code, key);
        if (there === undefined || tokensOf(there) !== tokensOf(body))
          return undefined;
        const { text } = code;
        return [
          {
            from: lineEnd(text, there.getStart()),
            to: lineStart(text, there.getEnd() - 1),
            text: `${indentAt(text, there.statements[0]?.getStart() ?? 0)}return ${prefix}Implementation("${key}");\n`,
          },
        ];
      }),
    })),
};
