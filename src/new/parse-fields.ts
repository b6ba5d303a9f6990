import { show } from "../answers/messages.ts";
import { nearest } from "../answers/nearest.ts";
import { ToolError } from "../errors.ts";
import { argumentProblem, takesArguments } from "./field-arguments.ts";
import { fieldNameProblem } from "./field-names.ts";
import { type Field, type FieldType, fieldTypes, type Owner } from "./field.ts";
import { type ModelNames, modelNames } from "./names.ts";
import { toCamel, wordsOf } from "./words.ts";

/** Reads `name:type` specifications; throws one `ToolError` that lists every wrong one. */
export function parseFields(
  specs: readonly string[],
  self: ModelNames,
  knownModels: readonly ModelNames[],
): Field[] {
  const problems: string[] = [];
  const fields: Field[] = [];
  for (const spec of specs) {
    const outcome = parseField(spec, self, knownModels);
    if (typeof outcome === "string") problems.push(outcome);
    else {
      const taken = clash(outcome, fields);
      if (taken === undefined) fields.push(outcome);
      else problems.push(`${show(spec)}: there is a field ${taken} already`);
    }
  }
  if (problems.length > 0) throw wrongFields(problems);
  return fields;
}

/** The name that the field would take from another one, be it a column's or an association's. */
function clash(field: Field, others: readonly Field[]): string | undefined {
  const taken = others.flatMap(memberNames);
  return memberNames(field).find((name) => taken.includes(name));
}

function memberNames({ name, owner }: Field): string[] {
  return owner === undefined ? [name] : [name, owner.name];
}

function wrongFields(problems: readonly string[]): ToolError {
  const count =
    problems.length === 1
      ? "One field is wrong"
      : `${problems.length} fields are wrong`;
  return new ToolError({
    code: "wrong-fields",
    message: [`${count}:`, ...problems.map(sentence)].join("\n"),
    remedy: `Write name:type, such as title:string(120) or body:text?, with one of ${fieldTypes.join(", ")}; quote brackets in a shell, or write title:string:120.`,
    exitCode: 2,
  });
}

function sentence(problem: string): string {
  return `  ${problem}${problem.endsWith("?") ? "" : "."}`;
}

/** A field, or what is wrong with it. */
function parseField(
  spec: string,
  self: ModelNames,
  knownModels: readonly ModelNames[],
): Field | string {
  const wrong = (problem: string): string => `${show(spec)}: ${problem}`;
  const [, rawName, rawType, brackets, tail = ""] =
    /^([^:]*):([A-Za-z]*)(?:\(([^()]*)\))?(.*)$/s.exec(spec) ?? [];
  if (rawName === undefined || rawType === undefined) {
    return wrong("expected name:type");
  }
  const nameProblem = fieldNameProblem(rawName);
  if (nameProblem !== undefined) return wrong(nameProblem);
  const type = findType(rawType);
  if (type === undefined) return wrong(unknownType(rawType));
  const flags = readTail(tail, brackets === undefined && takesArguments(type));
  if (typeof flags === "string") return wrong(flags);
  const args = splitArguments(brackets ?? flags.args);
  const argsProblem = argumentProblem(type, args);
  if (argsProblem !== undefined) return wrong(argsProblem);
  const field = { type, args, ...flags.set };
  if (type !== "belongsTo") return plainField(wordsOf(rawName), field);
  const owner = findOwner(rawName, args[0], self, knownModels);
  if (typeof owner === "string") return wrong(owner);
  return ownedField(owner, field);
}

type Settings = Pick<Field, "type" | "args" | Flag>;
type Flag = "nullable" | "unique" | "indexed";

function plainField(words: readonly string[], settings: Settings): Field {
  const name = toCamel(words);
  const field = { name, column: columnOf(name), ...settings };
  const [table] = settings.args;
  if (settings.type !== "references" || table === undefined) return field;
  return { ...field, table, indexed: !settings.unique };
}

function ownedField(owner: Owner, settings: Settings): Field {
  const name = toCamel([...wordsOf(owner.name), "id"]);
  return {
    name,
    column: columnOf(name),
    ...settings,
    indexed: !settings.unique,
    table: owner.names.table,
    owner,
  };
}

/** From the attribute and not from what was typed, as Sequelize finds the column. */
function columnOf(attribute: string): string {
  return attribute.replaceAll(/[A-Z]/g, "_$&").toLowerCase();
}

/** `author:belongsTo` means the model Author, `writer:belongsTo(Author)` says so. */
function findOwner(
  name: string,
  target: string | undefined,
  self: ModelNames,
  knownModels: readonly ModelNames[],
): Owner | string {
  const wanted = modelNames(target ?? toCamel(wordsOf(name)));
  const names = [...knownModels, self].find(
    ({ model }) => model.toLowerCase() === wanted.model.toLowerCase(),
  );
  if (names !== undefined) return { name: toCamel(wordsOf(name)), names };
  const id = toCamel([...wordsOf(name), "id"]);
  return `there is no model ${show(wanted.model)} in models/index.ts; create it first, or write ${id}:references(${wanted.table})`;
}

const modifiers = new Map<string, Flag>([
  ["optional", "nullable"],
  ["unique", "unique"],
  ["index", "indexed"],
]);

/** Reads `?`, `!unique`, `:unique`, `:index`, `:optional`, and arguments after a colon such as `:120`. */
function readTail(
  tail: string,
  mayHoldArguments: boolean,
): { set: Record<Flag, boolean>; args: string } | string {
  const set = { nullable: false, unique: false, indexed: false };
  let args = "";
  for (const [piece] of tail.matchAll(/[?]|[!:]?[^?!:]+|[!:]/gs)) {
    const word = piece.replace(/^[!:]/, "");
    const flag = piece === "?" ? "nullable" : modifiers.get(word);
    if (flag !== undefined && /^[?!:]/.test(piece)) set[flag] = true;
    else if (piece.startsWith(":") && mayHoldArguments && args === "") {
      args = word;
    } else return unknownModifier(piece, word);
  }
  return { set, args };
}

function unknownModifier(piece: string, word: string): string {
  const close = nearest(word, [...modifiers.keys()]);
  const hint =
    close === undefined
      ? "; known are ?, :unique, :index and :optional"
      : `, did you mean :${close}?`;
  return `did not understand ${show(piece)}${hint}`;
}

function splitArguments(text: string): string[] {
  return text.trim() === "" ? [] : text.split(",").map((arg) => arg.trim());
}

function findType(text: string): FieldType | undefined {
  return fieldTypes.find((type) => type.toLowerCase() === text.toLowerCase());
}

function unknownType(text: string): string {
  if (text === "") return "expected a type after the colon";
  const close = aliases.get(text.toLowerCase()) ?? nearest(text, fieldTypes);
  const hint = close === undefined ? "" : `, did you mean ${close}?`;
  return `there is no type ${show(text)}${hint}`;
}

const aliases = new Map<string, FieldType>([
  ["bool", "boolean"],
  ["char", "string"],
  ["datetime", "date"],
  ["double", "float"],
  ["int", "integer"],
  ["jsonb", "json"],
  ["money", "decimal"],
  ["number", "integer"],
  ["numeric", "decimal"],
  ["timestamp", "date"],
  ["varchar", "string"],
]);
