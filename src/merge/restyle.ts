import { alignCode } from "./align-code.ts";
import { gapBefore, type Code } from "./code.ts";
import { Indentation, indentOf } from "./indentation.ts";
import { tokenInStyle } from "./restyle-token.ts";
import type { Style } from "./style.ts";

export interface Restyling {
  /** Whose characters are taken wherever both say the same. */
  readonly model: Code;
  /** The styles of the text and of the model. */
  readonly from: Style;
  readonly to: Style;
  /** What the model was before it was rewritten: white space counts as the same only where the text has it from there. */
  readonly source?: Code;
}

/**
 * A text rewritten the way a model is: wherever both say the same, the model's own characters are taken, so that lines
 * which differ in style alone become equal; what only the text has is written in the style that the model shows.
 *
 * Between two tokens the model's white space is taken only where both are at the same depth of braces: that one side put
 * code into a block is a change and no matter of style.
 */
export function restyle(
  code: Code,
  { model, from, to, source }: Restyling,
): string {
  const partner = alignCode(code, model);
  const indentation = new Indentation(from.unit, to.unit);
  const parts: string[] = [];
  let indent = "";
  let previous: number | undefined = -1;
  let follows: number | undefined;
  for (const [index, token] of code.tokens.entries()) {
    const at = partner[index] ?? -1;
    const twin = model.tokens[at];
    const own = gapBefore(code, index);
    const near = twin?.depth === token.depth ? at : undefined;
    const same =
      near !== undefined &&
      previous === near - 1 &&
      (source === undefined || gapBefore(source, near) === own);
    const gap = same
      ? gapBefore(model, near)
      : byHand(gapInStyle(code, index, to, indentation), {
          own,
          before: previous === undefined ? follows : previous + 1,
          after: near,
          model,
          source,
        });
    if (same && own.includes("\n") && gap.includes("\n")) {
      indentation.learn(indentOf(lastLine(own)), indentOf(lastLine(gap)));
    }
    if (gap.includes("\n")) indent = indentOf(lastLine(gap));
    const taken = twin !== undefined && (same || !isLong(code, index));
    parts.push(
      gap,
      taken ? rawToken(model, at) : tokenInStyle(code, index, to, indent),
    );
    follows =
      token.key === "," && previous !== undefined ? previous + 1 : undefined;
    previous = twin === undefined ? undefined : at;
  }
  return parts.join("");
}

function rawToken({ text, tokens }: Code, index: number): string {
  return text.slice(tokens[index]?.start, tokens[index]?.end);
}

/** Whether the token has lines of its own, which follow the indentation around it. */
function isLong(code: Code, index: number): boolean {
  return (
    code.tokens[index]?.kind === "comment" &&
    rawToken(code, index).includes("\n")
  );
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** White space of the text's own, with its last line where the model would have it. */
function gapInStyle(
  code: Code,
  index: number,
  style: Style,
  indentation: Indentation,
): string {
  const gap = gapBefore(code, index);
  const before = code.tokens[index - 1]?.key;
  const after = code.tokens[index]?.key;
  const isValue = code.tokens[index + 1]?.kind === "template";
  if (!gap.includes("\n")) {
    const inBraces = (before === "{") !== (after === "}" && !isValue);
    if (!inBraces || !/^ ?$/.test(gap)) return gap;
    return style.spacedBraces === undefined
      ? gap
      : style.spacedBraces
        ? " "
        : "";
  }
  const commas = after === ")" ? style.commaInCalls : style.commaInLists;
  const kept = commas === false ? gap.replace(/^\s*,(?=\s*$)/, "") : gap;
  const line = lastLine(kept);
  const indent = indentOf(line);
  return (
    kept.slice(0, kept.length - line.length) +
    indentation.place(indent) +
    line.slice(indent.length)
  );
}

interface HandWritten {
  readonly own: string;
  /** The gaps of the model after the same token, and before the same token. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly model: Code;
  readonly source: Code | undefined;
}

/** With what the model has at the end of the one line and at the start of the other, even if they do not follow there. */
function byHand(
  gap: string,
  { own, before, after, model, source }: HandWritten,
): string {
  if (!gap.includes("\n")) return gap;
  const taken = (
    index: number | undefined,
    part: (text: string) => string,
  ): string | undefined => {
    const found = index === undefined ? "" : gapLike(own, model, index);
    const from =
      index === undefined || source === undefined
        ? own
        : gapLike(own, source, index);
    return found.includes("\n") && part(from) === part(own)
      ? part(found)
      : undefined;
  };
  const first = firstLine(gap);
  const end = taken(before, firstLine);
  const start = taken(after, lastLine) ?? lastLine(gap);
  return (
    (end?.trim() === first.trim() ? end : first) +
    gap.slice(first.length, gap.lastIndexOf("\n") + 1) +
    start
  );
}

/** The gap of a text with or without a comma first, as another gap has it: only between two things it is a token. */
function gapLike(own: string, code: Code, index: number): string {
  const gap = gapBefore(code, index);
  if (gap.startsWith(",") === own.startsWith(",")) return gap;
  if (gap.startsWith(",")) return gap.slice(1);
  return code.tokens[index]?.key === ","
    ? `,${gapBefore(code, index + 1)}`
    : gap;
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? "";
}
