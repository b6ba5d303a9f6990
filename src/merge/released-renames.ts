import { applyRename } from "./apply-rename.ts";
import type { Binding } from "./binding.ts";
import { bindingsOf } from "./bindings.ts";
import type { Code, ReadCode } from "./code.ts";
import type { Sides } from "./sides.ts";
import { nodeAt, nodesAt, textAt } from "./syntax.ts";

type Codes = Readonly<Record<keyof Sides, Code>>;

/** The texts with the names that the release gave to what they import from the layer. */
export function releasedRenames(
  codes: Codes,
  read: ReadCode,
  renames: ReadonlyMap<string, string>,
): Codes {
  let { base, yours } = codes;
  for (const [from, to] of renames) {
    if (importOf(codes.theirs, from) !== undefined) continue;
    base = rename(base, from, to, read);
    yours = rename(yours, from, to, read);
  }
  return { ...codes, base, yours };
}

function rename(code: Code, from: string, to: string, read: ReadCode): Code {
  const binding = importOf(code, from);
  const renamed =
    binding && applyRename(code, { binding, to, isAlias: false }, read);
  return renamed ?? code;
}

/** What a text imports under this name from a file beside it. */
function importOf(code: Code, name: string): Binding | undefined {
  for (const node of nodesAt(code.program, "body")) {
    const source = nodeAt(node, "source");
    const isNear = source && textAt(source, "value").startsWith(".");
    if (node.type !== "ImportDeclaration" || isNear !== true) continue;
    for (const specifier of nodesAt(node, "specifiers")) {
      const imported = nodeAt(specifier, "imported");
      const local = nodeAt(specifier, "local");
      if (imported?.start !== local?.start || local === undefined) continue;
      if (textAt(local, "name") === name) {
        return bindingsOf(code).at.get(local.start);
      }
    }
  }
  return undefined;
}
