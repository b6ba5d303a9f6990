import { describeColumn } from "./column.ts";
import { attributeType } from "./attribute-type.ts";
import type { Field, Owner } from "./field.ts";
import { expand, fits, importLine, layOut, type Source } from "./layout.ts";
import type { ModelNames } from "./names.ts";
import type { NewFileAnswers } from "./new-files.ts";

/** The text of a model's file, laid out as Prettier's defaults would. */
export function modelText(
  names: ModelNames,
  fields: readonly Field[],
  answers: NewFileAnswers,
): string {
  const parts = [
    imports(names, fields, answers),
    modelClass(names, fields, answers),
    initialiser(names, fields),
    ...associations(names, fields),
  ];
  return `${parts.join("\n\n")}\n`;
}

function imports(
  { model }: ModelNames,
  fields: readonly Field[],
  { importExtension }: NewFileAnswers,
): string {
  const owners = fields.flatMap((field) => field.owner ?? []);
  const fromSequelize = [
    "type CreationOptional",
    "DataTypes",
    ...(fields.some((field) => field.table) ? ["type ForeignKey"] : []),
    "type InferAttributes",
    "type InferCreationAttributes",
    "Model",
    ...(owners.length > 0 ? ["type NonAttribute"] : []),
    "type Sequelize",
  ];
  const others = new Map(owners.map(({ names }) => [names.model, names.file]));
  others.delete(model);
  const lines = [...others]
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([other, file]) => importLine([other], `./${file}${importExtension}`));
  return [importLine(fromSequelize, "sequelize"), ...lines].join("\n");
}

function modelClass(
  { model, table }: ModelNames,
  fields: readonly Field[],
  answers: NewFileAnswers,
): string {
  const types = [
    `InferAttributes<${model}>`,
    `InferCreationAttributes<${model}>`,
  ];
  const head = `export class ${model} extends Model<${types.join(", ")}> {`;
  const brokenHead = `export class ${model} extends Model<\n${types.map((type) => `  ${type}`).join(",\n")}\n> {`;
  return [
    `/** One row of \`${table}\`. */`,
    fits(head) ? head : brokenHead,
    "  declare id: CreationOptional<number>;",
    ...fields.map((field) => declaration(field, answers)),
    "  declare createdAt: CreationOptional<Date>;",
    "  declare updatedAt: CreationOptional<Date>;",
    ...fields.flatMap(({ owner }) =>
      owner === undefined
        ? []
        : [`  declare ${owner.name}?: NonAttribute<${owner.names.model}>;`],
    ),
    "}",
  ].join("\n");
}

function declaration(field: Field, answers: NewFileAnswers): string {
  const types = attributeType(field, answers);
  const start = `  declare ${field.name}:`;
  const union = types.join(" | ");
  const line = `${start} ${union};`;
  if (fits(line) || types.length === 1) return line;
  const nextLine = `    ${union};`;
  if (fits(nextLine)) return `${start}\n${nextLine}`;
  return [start, ...types.map((type) => `    | ${type}`)].join("\n") + ";";
}

function initialiser(
  { model, table }: ModelNames,
  fields: readonly Field[],
): string {
  const columns = fields.map(
    (field) =>
      [field.name, describeColumn(field, { checksValues: false })] as const,
  );
  // Sequelize fills them in after it has validated, so `allowNull: false` would refuse bulkCreate.
  const time = "DataTypes.DATE";
  const attributes = {
    entries: [
      ["id", idColumn],
      ...columns,
      ["createdAt", time],
      ["updatedAt", time],
    ],
  } as const;
  const options = {
    entries: [
      ["sequelize", "sequelize"],
      ["tableName", JSON.stringify(table)],
      ["underscored", "true"],
    ],
  } as const;
  return [
    "/** Registers the model; models/index.ts calls it. */",
    signature(`init${model}`, "sequelize: Sequelize", `typeof ${model}`),
    `  return ${model}.init(`,
    expand(attributes, "    ", ","),
    layOut(options, "    ", ","),
    "  );",
    "}",
  ].join("\n");
}

/** The primary key of every generated table. */
export const idColumn: Source = {
  entries: [
    ["type", "DataTypes.INTEGER"],
    ["autoIncrement", "true"],
    ["primaryKey", "true"],
  ],
};

function signature(name: string, parameter: string, returns: string): string {
  const line = `export function ${name}(${parameter}): ${returns} {`;
  return fits(line)
    ? line
    : `export function ${name}(\n  ${parameter},\n): ${returns} {`;
}

function associations(
  { model }: ModelNames,
  fields: readonly Field[],
): string[] {
  const calls = fields.flatMap(({ name, owner }) =>
    owner === undefined ? [] : [belongsTo(model, name, owner)],
  );
  if (calls.length === 0) return [];
  return [
    [
      "/** Connects the model to the others, once all are registered. */",
      `export function associate${model}(): void {`,
      ...calls,
      "}",
    ].join("\n"),
  ];
}

function belongsTo(model: string, key: string, owner: Owner): string {
  const options = {
    entries: [
      ["as", JSON.stringify(owner.name)],
      ["foreignKey", JSON.stringify(key)],
    ],
  } as const;
  const call = `  ${model}.belongsTo(`;
  const other = owner.names.model;
  if (fits(`${call}${other}, {`)) {
    return layOut(options, `${call}${other}, `, ");");
  }
  return [call, `    ${other},`, layOut(options, "    ", ","), "  );"].join(
    "\n",
  );
}
