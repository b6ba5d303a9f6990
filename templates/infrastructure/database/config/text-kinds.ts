import { type Kind, quotesHint, refused } from "./kind.ts";
import { nearestName } from "./nearest-name.ts";

const yes: readonly string[] = ["true", "t", "yes", "y", "on", "1"];
const no: readonly string[] = ["false", "f", "no", "n", "off", "0"];

/** True or false, in the words that pydantic takes, whatever their case. */
export const boolean: Kind<boolean> = {
  expected: "true or false (or yes/no, on/off, 1/0)",
  read(raw) {
    if (typeof raw === "boolean") return { value: raw };
    const word =
      typeof raw === "string" || typeof raw === "number"
        ? String(raw).trim().toLowerCase()
        : "";
    if (yes.includes(word)) return { value: true };
    return no.includes(word) ? { value: false } : { hint: quotesHint(raw) };
  },
};

/** One word of a list, whatever its case; `hints` explains words that are refused on purpose. */
export function choice<Word extends string>(
  words: readonly Word[],
  hints: Readonly<Record<string, string>> = {},
): Kind<Word> {
  return {
    expected: `one of ${words.join(", ")}`,
    read(raw) {
      if (typeof raw !== "string") return refused;
      const word = raw.trim().toLowerCase();
      const value = words.find((known) => known.toLowerCase() === word);
      if (value !== undefined) return { value };
      if (Object.hasOwn(hints, word)) return { hint: hints[word] };
      const near = nearestName(word, words);
      return {
        hint: near === undefined ? quotesHint(raw) : `did you mean ${near}?`,
      };
    },
  };
}

/** Text of at least one character, without control characters. */
export function text(expected: string): Kind<string> {
  return {
    expected,
    read(raw) {
      if (typeof raw !== "string" || raw.trim() === "") return refused;
      return /\p{Cc}/u.test(raw.trim())
        ? { hint: "remove the control characters, such as line breaks" }
        : { value: raw.trim() };
    },
  };
}
