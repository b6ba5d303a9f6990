import type { Node } from "./syntax.ts";
import type { Token } from "./tokens.ts";

/**
 * Whether comments are about the file: what it begins with is not about what happens to be imported first, unless it is
 * a directive for the line below.
 */
export function isAboutFile(
  comments: readonly Token[],
  { type }: Node,
  before: readonly { readonly type: string }[],
): boolean {
  return (
    type === "ImportDeclaration" &&
    before.every((item) => /^Comment$|Directive$/.test(item.type)) &&
    !comments.some(({ key }) => directive.test(key))
  );
}

const directive = /next-line|-ignore\b|@ts-expect-error/;
