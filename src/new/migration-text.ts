import { describeColumn } from "./column.ts";
import type { Field } from "./field.ts";
import { expand, layOut, type Source } from "./layout.ts";
import { idColumn } from "./model-text.ts";
import type { ModelNames } from "./names.ts";
import type { NewFileAnswers } from "./new-files.ts";

type ImportStyle = Pick<NewFileAnswers, "importExtension">;

/** A migration that creates the model's table and drops it again. */
export function createTableText(
  { table }: ModelNames,
  fields: readonly Field[],
  style: ImportStyle,
): string {
  const columns = fields.map(
    (field) =>
      [field.column, describeColumn(field, { checksValues: true })] as const,
  );
  const time: Source = {
    entries: [
      ["type", "DataTypes.DATE"],
      ["allowNull", "false"],
    ],
  };
  const all = {
    entries: [
      ["id", idColumn],
      ...columns,
      ["created_at", time],
      ["updated_at", time],
    ],
  } as const;
  const name = JSON.stringify(table);
  const indexes = fields
    .filter((field) => field.indexed)
    .map(({ column }) =>
      layOut(
        [JSON.stringify(column)],
        `  await queryInterface.addIndex(${name}, `,
        ");",
      ),
    );
  return migration(
    [
      expand(all, `  await queryInterface.createTable(${name}, `, ");"),
      ...indexes,
    ],
    [`  await queryInterface.dropTable(${name});`],
    style,
  );
}

/** A migration to be written by hand; unedited it fails, and nothing happens. */
export function blankMigrationText(style: ImportStyle): string {
  return migration(
    [
      '  await queryInterface.addColumn("table", "column", {',
      "    type: DataTypes.TEXT,",
      "  });",
    ],
    ['  await queryInterface.removeColumn("table", "column");'],
    style,
  );
}

function migration(
  up: readonly string[],
  down: readonly string[],
  { importExtension }: ImportStyle,
): string {
  return [
    'import { DataTypes } from "sequelize";',
    `import type { MigrationStep } from "../migration${importExtension}";`,
    "",
    "export const up: MigrationStep = async ({ queryInterface }) => {",
    ...up,
    "};",
    "",
    "export const down: MigrationStep = async ({ queryInterface }) => {",
    ...down,
    "};",
    "",
  ].join("\n");
}
