import { diff3MergeRegions } from "node-diff3";
import { bodies, inner } from "./bodies.ts";
import type { Code } from "./code.ts";
import { tokensOf } from "./tokens.ts";

/** Whether both sides put statements into one place of a function: nothing in the texts says which come first. */
export function bothAddStatements(
  base: Code,
  yours: Code,
  theirs: Code,
): boolean {
  const [own, other] = [statementsByKey(yours), statementsByKey(theirs)];
  return [...statementsByKey(base)].some(([key, before]) => {
    const [mine, its] = [own.get(key), other.get(key)];
    return mine !== undefined && its !== undefined && meet(before, mine, its);
  });
}

function statementsByKey(code: Code): ReadonlyMap<string, readonly string[]> {
  return new Map(
    bodies(code).map(([key, body]) => [
      key,
      inner(body).statements.map(tokensOf),
    ]),
  );
}

/** A place where both have more statements than were there. */
function meet(
  base: readonly string[],
  yours: readonly string[],
  theirs: readonly string[],
): boolean {
  return diff3MergeRegions([...yours], [...base], [...theirs]).some(
    (region) =>
      !region.stable &&
      region.aLength > region.oLength &&
      region.bLength > region.oLength,
  );
}
