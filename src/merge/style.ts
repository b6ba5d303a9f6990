import { closeKey, endKey, openKey } from "./layout-tokens.ts";
import type { Code } from "./code.ts";

/** How a text is written, as far as it can be read off it; undefined where the text shows nothing. */
export interface Style {
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: "'" | '"' | undefined;
  readonly semicolons: boolean | undefined;
  readonly arrowParentheses: boolean | undefined;
  readonly spacedBraces: boolean | undefined;
  /** A comma after the last of several lines, before `)` and before `]` or `}`. */
  readonly commaInCalls: boolean | undefined;
  readonly commaInLists: boolean | undefined;
}

const known = new WeakMap<Code, Style>();

export function styleOf(code: Code): Style {
  const style = known.get(code) ?? readStyle(code);
  known.set(code, style);
  return style;
}

function readStyle({ text, tokens }: Code): Style {
  const written = (key: string): boolean | undefined =>
    mostly(
      tokens
        .filter((token) => token.key === key)
        .map(({ start, end }) => end > start),
    );
  const strings = tokens
    .filter(
      ({ kind, start }) => kind === "string" && /['"]/.test(text[start] ?? ""),
    )
    .map(({ start, end }) => text.slice(start, end))
    .filter((raw) => !/['"]/.test(raw.slice(1, -1)));
  const single = mostly(strings.map((raw) => raw.startsWith("'")));
  const gaps = tokens.flatMap(({ start }, index) => {
    const { end = 0, key: previous = "" } = tokens[index - 1] ?? {};
    const [before = "", after = ""] = [text[end - 1], text[start]];
    return before === "{" || ")]}".includes(after)
      ? [{ gap: text.slice(end, start), before, after, previous }]
      : [];
  });
  const commas = (closing: RegExp): boolean | undefined =>
    mostly(
      gaps
        .filter(
          ({ gap, before, after, previous }) =>
            closing.test(after) &&
            gap.includes("\n") &&
            previous !== endKey &&
            !/[;{}([]/.test(before),
        )
        .map(({ gap }) => gap.trimStart().startsWith(",")),
    );
  return {
    unit: indentUnit(text),
    quote: single === undefined ? undefined : single ? "'" : '"',
    semicolons: written(endKey),
    arrowParentheses: written(openKey) ?? written(closeKey),
    spacedBraces: mostly(
      gaps
        .filter(
          ({ gap, before, after }) =>
            /^ ?$/.test(gap) && before === "{" && after !== "}",
        )
        .map(({ gap }) => gap === " "),
    ),
    commaInCalls: commas(/\)/),
    commaInLists: commas(/[\]}]/),
  };
}

function mostly(votes: readonly boolean[]): boolean | undefined {
  if (votes.length === 0) return undefined;
  return votes.filter(Boolean).length * 2 > votes.length;
}

/** The commonest step from one line to a deeper one. */
function indentUnit(text: string): string {
  const counts = new Map<string, number>();
  let last = "";
  for (const line of text.split("\n")) {
    const indent = /^[ \t]*(?=[^\s*])/.exec(line)?.[0];
    if (indent === undefined) continue;
    if (indent.length > last.length && indent.startsWith(last)) {
      const step = indent.slice(last.length);
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    last = indent;
  }
  const [unit] = [...counts].sort((a, b) => b[1] - a[1]);
  return unit?.[0] ?? "  ";
}
