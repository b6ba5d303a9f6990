import ts from "typescript";
import type { Code } from "./code.ts";
import { lineEnd, lineStart } from "./splice.ts";
import { tokensOf } from "./tokens.ts";

/** Functions with a body that is not empty and has lines of its own, by the function's key. */
export function bodies(
  code: Code,
): readonly (readonly [key: string, body: ts.Block])[] {
  return [...code.declarations.values()].flatMap(({ key, body }) =>
    body !== undefined && body.statements.length > 0 && isTall(code, body)
      ? [[key, body] as const]
      : [],
  );
}

function isTall({ text }: Code, body: ts.Block): boolean {
  const last = text.slice(lineStart(text, body.getEnd() - 1), body.getEnd());
  return lineEnd(text, body.getStart()) < body.getEnd() && /^\s*}$/.test(last);
}

export function bodyOf(code: Code, key: string): ts.Block | undefined {
  return bodies(code).find(([other]) => other === key)?.[1];
}

/** The block that does the work: a `try` around everything is looked through. */
export function inner(body: ts.Block): ts.Block {
  const [only, ...others] = body.statements;
  return only !== undefined && others.length === 0 && ts.isTryStatement(only)
    ? only.tryBlock
    : body;
}

/** The one statement with these tokens. */
export function only(body: ts.Block, tokens: string): ts.Statement | undefined {
  const same = body.statements.filter(
    (statement) => tokensOf(statement) === tokens,
  );
  return same.length === 1 ? same[0] : undefined;
}

/** Nothing may stand before it. */
export function isSuper(statement: ts.Statement): boolean {
  return statement.getText().startsWith("super(");
}
