import { appendItem, setList, setValue, valueAt } from "./json-text.ts";
import { textOption, type TsConfig } from "./tsconfig.ts";

/**
 * Lets the project's type check see what the layer uses: Node's types, the library of ES2022, and what an example's
 * framework requires. Only adds; the rest of the file is the project's business.
 */
export function completeTsConfig(
  text: string,
  config: TsConfig | undefined,
  typescript: string | undefined,
  required: Readonly<Record<string, unknown>> = {},
): string {
  const major = Number(/\d+/.exec(typescript ?? "")?.[0] ?? 0);
  const complete = addLibrary(addNodeTypes(text, config, major), config, major);
  return Object.entries(required)
    .filter(([name, value]) => config?.options[name] !== value)
    .reduce(
      (edited, [name, value]) =>
        setValue(edited, ["compilerOptions", name], value),
      complete,
    );
}

/** Without a list all types are seen; from TypeScript 6 on, none. */
function addNodeTypes(
  text: string,
  config: TsConfig | undefined,
  major: number,
): string {
  const list = listOf(config?.options.types);
  if (list?.includes("node") || list?.includes("*")) return text;
  return list === undefined && major < 6
    ? text
    : append(text, "types", list ?? [], "node");
}

/** Node.js 20 has all of ES2022, whatever the code is compiled to. */
function addLibrary(
  text: string,
  config: TsConfig | undefined,
  major: number,
): string {
  const list = listOf(config?.options.lib);
  const has = list?.some((name) => /^es(?:202[2-9]|next)/i.test(name));
  if (has ?? hasByTarget(config, major)) return text;
  // A list takes the place of the default, which has the browser's types.
  const inherited = list ?? ["dom", "dom.iterable"];
  return append(text, "lib", inherited, "es2022");
}

/** The library that TypeScript takes when none is named. */
function hasByTarget(config: TsConfig | undefined, major: number): boolean {
  const target = textOption(config, "target");
  if (target !== undefined) return !/^es(?:3|5|6|201\d|202[01])$/.test(target);
  const module = textOption(config, "module") ?? "";
  return major >= 6 || /^node(?:20|next)$/.test(module);
}

function append(
  text: string,
  option: "lib" | "types",
  inherited: readonly string[],
  item: string,
): string {
  const path = ["compilerOptions", option];
  return Array.isArray(valueAt(text, path))
    ? appendItem(text, path, item)
    : setList(text, path, [...inherited, item]);
}

function listOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
