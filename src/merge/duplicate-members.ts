import type { Code } from "./code.ts";
import { childrenOf, nodeAt, textAt, visit } from "./syntax.ts";

const holders: ReadonlySet<string> = new Set([
  "ClassBody",
  "ObjectExpression",
  "TSInterfaceBody",
  "TSTypeLiteral",
  "TSEnumDeclaration",
  "TSEnumBody",
]);

/** Members that one class, interface, type or object has twice, other than overloads and pairs of accessors. */
export function duplicateMembers({ text, program }: Code): readonly string[] {
  const twice: string[] = [];
  visit(program, (node) => {
    if (!holders.has(node.type)) return;
    const seen = new Set<string>();
    for (const member of childrenOf(node)) {
      const key =
        nodeAt(member, "key") ??
        (member.type === "TSEnumMember" ? nodeAt(member, "id") : undefined);
      if (key === undefined || /^TS(?:Declare|Method)/.test(member.type))
        continue;
      const kind = /^[gs]et$/.test(textAt(member, "kind"))
        ? textAt(member, "kind")
        : "";
      const name = `${member.static === true ? "static " : ""}${kind} ${text.slice(key.start, key.end)}`;
      if (seen.has(name)) twice.push(name.trim());
      seen.add(name);
    }
  });
  return twice;
}
