import type { Field } from "./field.ts";
import type { Source, SourceObject } from "./layout.ts";

/** What differs between the two places that describe a column: the model and its first migration. */
export interface ColumnStyle {
  /** Whether the database checks the values of an enum itself. */
  readonly checksValues: boolean;
}

/** The column as Sequelize takes it: `{ type: …, allowNull: … }`. */
export function describeColumn(field: Field, style: ColumnStyle): SourceObject {
  const entries: (readonly [string, Source])[] = [
    ["type", columnType(field, style)],
    ["allowNull", String(field.nullable)],
  ];
  if (field.unique) entries.push(["unique", "true"]);
  if (field.table !== undefined) {
    const model = JSON.stringify(field.table);
    entries.push(
      [
        "references",
        {
          entries: [
            ["model", model],
            ["key", '"id"'],
          ],
        },
      ],
      ["onDelete", field.nullable ? '"SET NULL"' : '"RESTRICT"'],
    );
  }
  if (field.type === "enum" && !style.checksValues) {
    const values = field.args.map((value) => JSON.stringify(value));
    entries.push(["validate", { entries: [["isIn", [values]]] }]);
  }
  return { entries };
}

function columnType(field: Field, style: ColumnStyle): string {
  const sized = (name: string): string =>
    field.args.length === 0 ? name : `${name}(${field.args.join(", ")})`;
  switch (field.type) {
    case "string":
      return `DataTypes.${sized("STRING")}`;
    case "decimal":
      return `DataTypes.${sized("DECIMAL")}`;
    case "json":
      // SQLite keeps it as text; PostgreSQL can index and compare it.
      return "DataTypes.JSONB";
    case "enum":
      return style.checksValues ? checkedType(field) : enumType(field);
    case "references":
    case "belongsTo":
      return "DataTypes.INTEGER";
    default:
      return `DataTypes.${field.type.toUpperCase()}`;
  }
}

function enumType({ args }: Field): string {
  return `DataTypes.STRING(${longest(args)})`;
}

/** A checked text and not an ENUM: PostgreSQL's enum types outlive their table and cannot lose a value. */
function checkedType({ column, args }: Field): string {
  const values = args.map((value) => `'${value}'`).join(", ");
  return `\`VARCHAR(${longest(args)}) CHECK ("${column}" IN (${values}))\``;
}

function longest(values: readonly string[]): number {
  return Math.max(...values.map((value) => value.length));
}
