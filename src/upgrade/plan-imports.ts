import { mapImports } from "../render/import-statements.ts";
import { relativeSpecifier, resolveSpecifier } from "../render/specifiers.ts";

/** Where modules lie, without their endings: from the place they were emitted for to the place where they are. */
export type Layout = ReadonlyMap<string, string>;

const ending = /\.(?:ts|js)$/;

/** A layout of these moves; what did not move is left out. */
export function layoutOf(
  moves: Iterable<readonly [from: string, to: string]>,
): Layout {
  const stems = [...moves].map(
    ([from, to]) => [from.replace(ending, ""), to.replace(ending, "")] as const,
  );
  return new Map(stems.filter(([from, to]) => from !== to));
}

/** Points the relative imports of an emitted text to where the modules are, seen from where the text is itself. */
export function relocateImports(
  text: string,
  from: string,
  to: string,
  layout: Layout,
): string {
  if (!to.endsWith(".ts") || (layout.size === 0 && from === to)) return text;
  return mapImports(text, ({ head, specifier }) => {
    if (!specifier.startsWith(".")) return { head, specifier };
    const module = resolveSpecifier(from, specifier);
    const suffix = ending.exec(module)?.[0] ?? "";
    const stem = module.replace(ending, "");
    const place = (layout.get(stem) ?? stem) + suffix;
    return { head, specifier: relativeSpecifier(to, place) };
  });
}
