import { format, type Options } from "prettier";
import { Code } from "./code.ts";
import { sortedImports } from "./customisations/imports.ts";
import { linesOf } from "./lines.ts";
import { splice, startsInTemplate } from "./splice.ts";

/** A way to lay out a file that leaves what it means. */
export interface Style {
  readonly name: string;
  readonly apply: (text: string) => Promise<string>;
  /** Whether a formatter of the user's project keeps it, so that a merge can have both releases in it. */
  readonly formatter: boolean;
}

function prettier(name: string, options: Options): Style {
  return {
    name,
    formatter: true,
    apply: (text) => format(text, { parser: "typescript", ...options }),
  };
}

/** What `prettier --write` makes of a text without a configuration; the templates are kept in this form. */
export const plain = prettier("plain", {});

export const styles: readonly Style[] = [
  prettier("single quotes", { singleQuote: true }),
  prettier("no semicolons", { semi: false }),
  prettier("tabs", { useTabs: true }),
  prettier("width 100", { printWidth: 100 }),
  prettier("width 120", { printWidth: 120 }),
  prettier("4 spaces", { tabWidth: 4 }),
  prettier("no trailing commas", {
    trailingComma: "none",
    arrowParens: "avoid",
  }),
  prettier("tight braces", { bracketSpacing: false, quoteProps: "consistent" }),
  prettier("a team's style", {
    useTabs: true,
    semi: false,
    singleQuote: true,
    printWidth: 100,
  }),
  { name: "Biome", formatter: true, apply: biome },
  {
    name: "CRLF",
    formatter: false,
    apply: (text) => Promise.resolve(crlf(text)),
  },
  {
    name: "by hand",
    formatter: false,
    apply: (text) => Promise.resolve(byHand(text)),
  },
  {
    name: "no final line break",
    formatter: false,
    apply: (text) => Promise.resolve(text.replace(/\n$/, "")),
  },
];

export function crlf(text: string): string {
  return text.replaceAll(/\r?\n/g, "\r\n");
}

/** Biome's defaults: tabs, and imports in order. */
async function biome(text: string): Promise<string> {
  const code = new Code(text);
  return format(splice(text, sortedImports(code) ?? []), {
    parser: "typescript",
    useTabs: true,
  });
}

/** Spaces and blank lines as people leave them; what becomes of a line depends on the line alone. */
export function byHand(text: string): string {
  const { ast } = new Code(text);
  let at = 0;
  return linesOf(text)
    .map((line) => {
      const isFree =
        !startsInTemplate(ast, at) && !startsInTemplate(ast, at + line.length);
      at += line.length;
      return isFree && !/^\s*(?:\/?\*|\/\/)|[`]/.test(line)
        ? disturbed(line)
        : line;
    })
    .join("");
}

function disturbed(line: string): string {
  switch (hashOf(line) % 8) {
    case 0:
      return line.replace(/ = /, "  = ");
    case 1:
      return line.replace(/\n$/, "  \n");
    case 2:
      return line.replace(/^( +)(?=\S)/, "$1 ");
    case 3:
      return line.replace(/\) \{\n$/, "){\n");
    case 4:
      return /^\s*(?:const|return|if)\b/.test(line) ? `\n${line}` : line;
    default:
      return line;
  }
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}
