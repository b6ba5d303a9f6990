import { appendItem, setValue, valueAt } from "./json-text.ts";

/**
 * Lets the project's type check see Node's types where tsconfig.json lists its global types, and from TypeScript 6 on,
 * where no list means none. Everything else in the file is the project's business.
 *
 * @param inherited the list that counts, be it from the file itself or from one that it extends
 */
export function addNodeTypes(
  text: string,
  inherited: unknown,
  typescript: string | undefined,
): string {
  const path = ["compilerOptions", "types"];
  const list: readonly unknown[] = Array.isArray(inherited) ? inherited : [];
  if (list.includes("node") || list.includes("*")) return text;
  const major = Number(/\d+/.exec(typescript ?? "")?.[0] ?? 0);
  if (!Array.isArray(inherited) && major < 6) return text;
  return Array.isArray(valueAt(text, path))
    ? appendItem(text, path, "node")
    : setValue(text, path, [...list, "node"]);
}
