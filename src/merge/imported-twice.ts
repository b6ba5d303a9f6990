import { bindingsOf } from "./bindings.ts";
import type { Code } from "./code.ts";
import { nodesAt } from "./syntax.ts";

/** Names of a file that an import gives and something else too: the parser takes what a function or a type adds to them. */
export function importedTwice(code: Code): readonly string[] {
  const imports = nodesAt(code.program, "body").filter(
    ({ type }) => type === "ImportDeclaration",
  );
  const isImport = (at: number): boolean =>
    imports.some(({ start, end }) => start <= at && at < end);
  return bindingsOf(code)
    .all.filter(
      ({ declared, depth, member }) =>
        depth === 0 &&
        !member &&
        declared.length > 1 &&
        declared.some(isImport),
    )
    .map(({ name }) => name);
}
