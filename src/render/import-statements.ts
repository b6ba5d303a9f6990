/** Prettier's default line width. */
const width = 80;

/** An `import … from "…";` or `export … from "…";` that starts a line. */
const statement =
  /^(?<head>(?:import|export)(?:\s+type)?\s+(?:[\w$]+,\s*)?(?:\{[^{}]*\}|\*(?:\s+as\s+[\w$]+)?|[\w$]+)\s+from\s+)"(?<specifier>[^"\n]+)";$/gm;

/** An `import "…";` for its effects, or an `import("…")` with a literal. */
const bare = /(?<=^import |\bimport\()"(?<specifier>[^"\n]+)"/gm;

/** One declaration before its specifier, and the specifier. */
export interface ImportParts {
  readonly head: string;
  readonly specifier: string;
}

/**
 * Rewrites every import and re-export of a module, and lays a changed one out as Prettier does: on one line when
 * it fits, else one name a line.
 */
export function mapImports(
  text: string,
  change: (parts: ImportParts) => ImportParts,
): string {
  return text
    .replaceAll(statement, (whole, ...rest) => {
      const { head, specifier } = groups(rest);
      const changed = change({ head, specifier });
      if (changed.head === head && changed.specifier === specifier) {
        return whole;
      }
      return layOut(changed);
    })
    .replaceAll(bare, (_whole, ...rest) => {
      const { specifier } = groups(rest);
      return `"${change({ head: "", specifier }).specifier}"`;
    });
}

/** Every module that the text imports or re-exports. */
export function importedModules(text: string): readonly string[] {
  return [...text.matchAll(statement), ...text.matchAll(bare)].map(
    (match) => match.groups?.specifier ?? "",
  );
}

function groups(rest: readonly unknown[]): ImportParts {
  return rest.at(-1) as ImportParts;
}

function layOut({ head, specifier }: ImportParts): string {
  const flat = head.replaceAll(/\s+/g, " ").replace(/,? \}/, " }");
  const line = `${flat}"${specifier}";`;
  const names = /\{ (.*) \}/.exec(flat)?.[1]?.split(", ") ?? [];
  // Prettier never breaks a lone name.
  if (line.length <= width || names.length < 2) return line;
  const list = names.map((name) => `  ${name},\n`).join("");
  return line.replace(/\{ .* \}/, () => `{\n${list}}`);
}
