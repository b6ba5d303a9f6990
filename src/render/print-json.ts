export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** JSON in the layout that Prettier gives it: a list of plain values on one line where it fits. */
export function printJson(value: Json): string {
  return `${print(value, "", 0)}\n`;
}

/** `before` is how many columns stand before the value on its line. */
function print(value: Json, indent: string, before: number): string {
  if (isList(value)) return printList(value, indent, before);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const members = Object.entries(value).map(([key, member]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + print(member, inner, start.length);
  });
  if (members.length === 0) return "{}";
  return `{\n${members.join(",\n")}\n${indent}}`;
}

function printList(
  list: readonly Json[],
  indent: string,
  before: number,
): string {
  const inner = `${indent}  `;
  const items = list.map((item) => print(item, inner, inner.length));
  const flat = `[${items.join(", ")}]`;
  const plain = list.every((item) => typeof item !== "object");
  // One column more for the comma that may follow.
  if (plain && before + flat.length < 80) return flat;
  return `[\n${items.map((item) => inner + item).join(",\n")}\n${indent}]`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
