/** Splits a name in any common spelling into its lower-case words: `HTTPServer`, `http-server`, `http_server`. */
export function wordsOf(name: string): string[] {
  const found = name.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+/g);
  return (found ?? []).map((word) => word.toLowerCase());
}

export function toPascal(words: readonly string[]): string {
  return words.map(capitalise).join("");
}

export function toCamel(words: readonly string[]): string {
  const [first = "", ...rest] = words;
  return first + toPascal(rest);
}

export function toSnake(words: readonly string[]): string {
  return words.join("_");
}

export function toKebab(words: readonly string[]): string {
  return words.join("-");
}

/** The English plural of the last word, for a table's name; the owner may rename it. */
export function pluralise(words: readonly string[]): string[] {
  const last = words.at(-1) ?? "";
  return [...words.slice(0, -1), pluralOf(last)];
}

const irregular = new Map([
  ["child", "children"],
  ["half", "halves"],
  ["knife", "knives"],
  ["leaf", "leaves"],
  ["life", "lives"],
  ["man", "men"],
  ["mouse", "mice"],
  ["person", "people"],
  ["shelf", "shelves"],
  ["woman", "women"],
]);

const uncountable = new Set([
  "data",
  "equipment",
  "feedback",
  "information",
  "metadata",
  "money",
  "news",
  "series",
  "species",
]);

function pluralOf(word: string): string {
  if (uncountable.has(word)) return word;
  const exception = irregular.get(word);
  if (exception !== undefined) return exception;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:[sxz]|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
