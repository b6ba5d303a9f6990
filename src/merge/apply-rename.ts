import type { Binding } from "./binding.ts";
import { bindingsOf } from "./bindings.ts";
import type { Code, ReadCode } from "./code.ts";
import type { Rename } from "./find-renames.ts";
import { visit } from "./syntax.ts";

/** The text with another name for a declaration; undefined where the new name would stand for something else somewhere. */
export function applyRename(
  code: Code,
  { binding, to, isAlias }: Rename,
  read: ReadCode,
): Code | undefined {
  const shorthand = shorthandsOf(code);
  const name = binding.name.replace(/^#/, "");
  const places = [
    ...new Set([...binding.declared, ...binding.uses.map(({ at }) => at)]),
  ].sort((a, b) => a - b);
  const parts: string[] = [];
  let last = 0;
  for (const place of places) {
    parts.push(code.text.slice(last, place));
    if (shorthand.has(place)) parts.push(`${name}: `);
    if (isAlias && binding.declared.includes(place)) parts.push(`${name} as `);
    parts.push(to.replace(/^#/, ""));
    last = place + name.length;
  }
  const renamed = read([...parts, code.text.slice(last)].join(""));
  return renamed && meaningOf(renamed) === meaningOf(code)
    ? renamed
    : undefined;
}

/** Where `{ name }` stands for `{ name: name }`. */
function shorthandsOf({ program }: Code): ReadonlySet<number> {
  const places = new Set<number>();
  visit(program, (node) => {
    if (node.type === "ObjectProperty" && node.shorthand === true) {
      places.add(node.start);
    }
  });
  return places;
}

/** Which names of a text stand for the same thing, whatever they are called. */
function meaningOf(code: Code): string {
  const numbers = new Map<Binding, number>();
  return [...bindingsOf(code).at]
    .sort(([a], [b]) => a - b)
    .map(([, binding]) => {
      const number = numbers.get(binding) ?? numbers.size;
      numbers.set(binding, number);
      return number;
    })
    .join(" ");
}
