import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parse,
  parseTree,
  type JSONPath,
} from "jsonc-parser";

/** How a JSON file is indented and how its lines end. */
export interface JsonStyle {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  readonly eol: string;
}

/** Reads the style from the text; two spaces and LF where nothing tells. */
export function styleOf(text: string): JsonStyle {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 4 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** The value at a path of keys, or undefined. */
export function valueAt(text: string, path: JSONPath): unknown {
  let value: unknown = parse(text, [], { allowTrailingComma: true });
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/** Sets one value and leaves every other byte as it is; a new key goes where `place` says, else to the end. */
export function setValue(
  text: string,
  path: JSONPath,
  value: unknown,
  place: (keys: string[]) => number = (keys) => keys.length,
): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const body = text.slice(mark.length);
  const edits = modify(body, path, value, {
    formattingOptions: styleOf(body),
    getInsertionIndex: place,
  });
  return mark + applyEdits(body, edits);
}

/** Sets a short list on one line, as Prettier has it in all files but package.json. */
export function setList(
  text: string,
  path: JSONPath,
  items: readonly string[],
): string {
  // The library sets every item on a line of its own, so it gets one word to place.
  const word = "\u0000list";
  return setValue(text, path, word).replace(
    JSON.stringify(word),
    () => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`,
  );
}

/** Adds an item to the end of a list, on the same line or on one of its own as the other items are. */
export function appendItem(text: string, path: JSONPath, item: string): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root && findNodeAtLocation(root, path);
  if (list?.type !== "array") return setValue(text, path, [item]);
  const word = JSON.stringify(item);
  const last = list.children?.at(-1);
  if (last === undefined) {
    const end = list.offset + list.length;
    return `${text.slice(0, list.offset)}[${word}]${text.slice(end)}`;
  }
  const end = last.offset + last.length;
  const before = text.slice(list.offset, last.offset);
  const gap = /\r?\n[ \t]*$/.exec(before)?.[0] ?? " ";
  return `${text.slice(0, end)},${gap}${word}${text.slice(end)}`;
}

/** The place that keeps a sorted list sorted; the end of a list that is not. */
export function sortedPlace(key: string): (keys: string[]) => number {
  return (keys) => {
    const sorted = keys.every(
      (name, index) => index === 0 || compare(keys[index - 1] ?? "", name) <= 0,
    );
    const place = keys.findIndex((name) => compare(name, key) > 0);
    return sorted && place !== -1 ? place : keys.length;
  };
}

/** As npm sorts. */
function compare(a: string, b: string): number {
  return a.localeCompare(b, "en");
}
