import type { Code } from "./code.ts";
import type { Doubt } from "./gate.ts";
import { changedDeclarations, declarationsWith } from "./named-declarations.ts";
import type { Sides } from "./sides.ts";

/** The declarations to leave to the user so that a doubt about a merged text goes away; the likeliest first. */
export function suspectsOf(
  { stray, merged }: Doubt,
  { base, yours, theirs }: Readonly<Record<keyof Sides, Code>>,
): readonly (readonly string[])[] {
  const own = changedDeclarations(base, yours);
  const other = changedDeclarations(base, theirs);
  const byBoth = [...own].filter((name) => other.has(name));
  if (merged === undefined) return [byBoth];
  const where = stray.flatMap((key) => [
    ...declarationsWith(key, merged).keys(),
  ]);
  const changed = stray.flatMap((key) =>
    [yours, theirs].flatMap((side) => saysOtherwise(key, base, side)),
  );
  return [where.filter((name) => changed.includes(name)), changed, byBoth];
}

/** The declarations that say something more or less often than before. */
function saysOtherwise(key: string, base: Code, side: Code): readonly string[] {
  const before = declarationsWith(key, base);
  const after = declarationsWith(key, side);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
