import { show } from "../answers/messages.ts";
import { ToolError } from "../errors.ts";
import { pluralise, toKebab, toPascal, toSnake, wordsOf } from "./words.ts";

/** Everything that a model is called in one place or another. */
export interface ModelNames {
  /** `OrderLine`, the class. */
  readonly model: string;
  /** `order-line`, the file without its extension. */
  readonly file: string;
  /** `order_lines`, the table. */
  readonly table: string;
}

const longestModel = 40;
const longestMigration = 100;

/** Reads a model's name in PascalCase, camelCase, kebab-case or snake_case; throws `ToolError` when it is none. */
export function readModelName(name: string): ModelNames {
  const problem = modelProblem(name);
  if (problem !== undefined) {
    throw new ToolError({
      code: "wrong-model-name",
      message: `The model's name ${show(name)} ${problem}.`,
      remedy: "Use a singular noun such as Author or OrderLine.",
      exitCode: 2,
    });
  }
  return modelNames(name);
}

/** What a name that is known to be good stands for. */
export function modelNames(name: string): ModelNames {
  const words = wordsOf(name);
  return {
    model: /^[A-Z][A-Za-z0-9]*$/.test(name) ? name : toPascal(words),
    file: toKebab(words),
    table: toSnake(pluralise(words)),
  };
}

/** Reads a migration's name in any spelling, words apart included, as kebab-case; throws `ToolError`. */
export function readMigrationName(name: string): string {
  const problem = migrationProblem(name);
  if (problem === undefined) return toKebab(wordsOf(name));
  throw new ToolError({
    code: "wrong-migration-name",
    message: `The migration's name ${show(name)} ${problem}.`,
    remedy: "Say what it changes, such as add-email-to-authors.",
    exitCode: 2,
  });
}

function modelProblem(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.length > longestModel) {
    return `has ${name.length} characters, and ${longestModel} are allowed`;
  }
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    return "may only have letters from a to z, digits, - and _";
  }
  if (!/^[A-Za-z]/.test(name)) return "must begin with a letter";
  if (!/^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/.test(name)) {
    return "has a - or _ at its end or beside another";
  }
  const { model, file } = modelNames(name);
  if (takenNames.has(model)) {
    return "is taken by Sequelize, by JavaScript or by the layer itself";
  }
  return windowsDevice.test(file) ? "is reserved by Windows" : undefined;
}

function migrationProblem(name: string): string | undefined {
  if (name.trim() === "") return "is empty";
  if (name.length > longestMigration) {
    return `has ${name.length} characters, and ${longestMigration} are allowed`;
  }
  if (!/^[A-Za-z0-9 _-]+$/.test(name)) {
    return "may only have letters from a to z, digits, spaces, - and _";
  }
  return wordsOf(name).length === 0 ? "has no letter or digit" : undefined;
}

const windowsDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Names that mean something else in a generated file, and the two that `models/index.ts` keeps for itself. */
const takenNames = new Set([
  "Array",
  "Boolean",
  "CreationOptional",
  "DataTypes",
  "Date",
  "Error",
  "ForeignKey",
  "Function",
  "Index",
  "InferAttributes",
  "InferCreationAttributes",
  "Infinity",
  "Map",
  "Model",
  "Models",
  "NaN",
  "NonAttribute",
  "Number",
  "Object",
  "Promise",
  "Record",
  "RegExp",
  "Sequelize",
  "Set",
  "String",
  "Symbol",
]);
