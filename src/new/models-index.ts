import { ToolError } from "../errors.ts";
import { importLine } from "./layout.ts";
import { type ModelNames, modelNames } from "./names.ts";

/** How the owner of `models/index.ts` formats it. */
interface IndexStyle {
  readonly quote: string;
  readonly semicolon: string;
  readonly space: string;
  /** What stands before a call in `initModels`. */
  readonly indent: string;
  /** What `initModels` calls the Sequelize instance. */
  readonly sequelize: string;
}

/** What the index has to learn of a model. */
export interface IndexEntry {
  readonly names: ModelNames;
  /** Whether the model's file exports `associate…` too. */
  readonly associates: boolean;
  readonly importExtension: string;
}

/** The models that the index registers. */
export function listModels(index: string): ModelNames[] {
  return [...index.matchAll(statement("import"))].flatMap(
    ([, names = "", , file = ""]) =>
      [...names.matchAll(/\binit([A-Z]\w*)/g)].map(([, model = ""]) => ({
        ...modelNames(model),
        file: file.replace(/\.[jt]s$/, ""),
      })),
  );
}

/** Adds a model to the text of `models/index.ts`, in order, and leaves everything else as it stands. */
export function addToIndex(index: string, entry: IndexEntry): string {
  const text = index.replaceAll("\r\n", "\n");
  const style = readStyle(text);
  if (style === undefined) throw notRecognised(entry);
  const steps = [addImport, addExport, addInitCall, addAssociateCall];
  const edited = steps.reduce(
    (before, step) => step(before, entry, style),
    text,
  );
  return index.includes("\r\n") ? edited.replaceAll("\n", "\r\n") : edited;
}

function readStyle(text: string): IndexStyle | undefined {
  const imported =
    /^import type \{( ?)Sequelize ?\} from (["'])sequelize\2(;?)$/m.exec(text);
  const returned = /^([ \t]+)return (\w+)\.models;?$/m.exec(text);
  const opened = /^export function initModels\([^{]*\{$/m.exec(text);
  if (imported === null || returned === null || opened === null) return;
  if (opened.index > returned.index) return;
  const [, space = "", quote = "", semicolon = ""] = imported;
  const [, indent = "", sequelize = ""] = returned;
  return { space, quote, semicolon, indent, sequelize };
}

function addImport(text: string, entry: IndexEntry, style: IndexStyle): string {
  const { model } = entry.names;
  const wanted = [
    ...(entry.associates ? [`associate${model}`] : []),
    `init${model}`,
  ];
  const statements = [...text.matchAll(statement("import"))];
  const missing = wanted.filter(
    (name) =>
      !statements.some(([, names = ""]) =>
        new RegExp(`\\b${name}\\b`).test(names),
      ),
  );
  if (missing.length === 0) return text;
  const line = inStyle(importLine(missing, modulePath(entry)), style);
  return insertSorted(text, statements, entry.names.file, line, () => {
    const first = /^import type \{ ?Sequelize.*$/m.exec(text);
    return { at: endOf(first), text: `\n${line}` };
  });
}

function addExport(text: string, entry: IndexEntry, style: IndexStyle): string {
  const { model, file } = entry.names;
  const statements = [...text.matchAll(statement("export"))];
  if (
    statements.some(([, names = ""]) =>
      new RegExp(`\\b${model}\\b`).test(names),
    )
  ) {
    return text;
  }
  const line = inStyle(
    `export { ${model} } from "${modulePath(entry)}";`,
    style,
  );
  return insertSorted(text, statements, file, line, () => {
    const imports = [...text.matchAll(/^import [^;]*? from .*$/gm)];
    return { at: endOf(imports.at(-1)), text: `\n\n${line}` };
  });
}

function addInitCall(
  text: string,
  { names }: IndexEntry,
  { indent, semicolon, sequelize }: IndexStyle,
): string {
  const calls = [...text.matchAll(/^[ \t]+init([A-Z]\w*)\(\w+\);?$/gm)];
  if (calls.some(([, model]) => model === names.model)) return text;
  const line = `${indent}init${names.model}(${sequelize})${semicolon}`;
  return insertSorted(text, calls, names.model, line, () => ({
    at: endOf(/^export function initModels\([^{]*\{$/m.exec(text)),
    text: `\n${line}`,
  }));
}

function addAssociateCall(
  text: string,
  { names, associates }: IndexEntry,
  { indent, semicolon }: IndexStyle,
): string {
  const calls = [...text.matchAll(/^[ \t]+associate([A-Z]\w*)\(\);?$/gm)];
  if (!associates || calls.some(([, model]) => model === names.model)) {
    return text;
  }
  const line = `${indent}associate${names.model}()${semicolon}`;
  return insertSorted(text, calls, names.model, line, () => {
    const inits = [...text.matchAll(/^[ \t]+init[A-Z]\w*\(\w+\);?$/gm)];
    return { at: endOf(inits.at(-1)), text: `\n${line}` };
  });
}

/** Puts a line before the first neighbour that sorts behind it, else behind the last, else where `alone` says. */
function insertSorted(
  text: string,
  neighbours: readonly RegExpExecArray[],
  key: string,
  line: string,
  alone: () => { at: number; text: string },
): string {
  const keyOf = (match: RegExpExecArray): string =>
    match[3]?.replace(/\.[jt]s$/, "") ?? match[1] ?? "";
  const next = neighbours.find((match) => keyOf(match) > key);
  if (next !== undefined) return splice(text, next.index, `${line}\n`);
  const last = neighbours.at(-1);
  if (last !== undefined) return splice(text, endOf(last), `\n${line}`);
  const place = alone();
  return splice(text, place.at, place.text);
}

/** `import|export { names } from "./file"`: names, quote, file. */
function statement(keyword: "import" | "export"): RegExp {
  return new RegExp(
    `^${keyword} \\{([^}]*)\\} from (["'])\\./([\\w./-]+)\\2;?$`,
    "gm",
  );
}

function inStyle(
  line: string,
  { quote, semicolon, space }: IndexStyle,
): string {
  return line
    .replaceAll('"', quote)
    .replace(/;$/, semicolon)
    .replace(/\{ (.*) \}/, `{${space}$1${space}}`);
}

function modulePath({ names, importExtension }: IndexEntry): string {
  return `./${names.file}${importExtension}`;
}

function endOf(match: RegExpExecArray | null | undefined): number {
  return match == null ? 0 : match.index + match[0].length;
}

function splice(text: string, at: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at);
}

function notRecognised(entry: IndexEntry): ToolError {
  const { model } = entry.names;
  const names = [
    ...(entry.associates ? [`associate${model}`] : []),
    `init${model}`,
  ];
  const calls = [
    `init${model}(sequelize);`,
    ...(entry.associates ? [`associate${model}();`] : []),
  ];
  return new ToolError({
    code: "models-index-not-recognised",
    message:
      "models/index.ts is not in the shape that the tool can edit: it expects `import type { Sequelize }`, and `export function initModels(…) {` that ends with `return sequelize.models`.",
    remedy: `Bring it back into that shape, or write the model by hand and add:\n  ${importLine(names, modulePath(entry))}\n  export { ${model} } from "${modulePath(entry)}";\n  ${calls.join("\n  ")}`,
  });
}
