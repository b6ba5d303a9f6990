import type { ModelNames } from "./names.ts";

/** The types that `new model` knows, as they are typed on the command line. */
export const fieldTypes = [
  "string",
  "text",
  "integer",
  "bigint",
  "float",
  "decimal",
  "boolean",
  "date",
  "dateonly",
  "uuid",
  "json",
  "enum",
  "references",
  "belongsTo",
] as const;

export type FieldType = (typeof fieldTypes)[number];

/** One column of a new model. */
export interface Field {
  /** The attribute in camelCase: `authorId`. */
  readonly name: string;
  /** The column in snake_case: `author_id`. */
  readonly column: string;
  readonly type: FieldType;
  /** What stood in the type's brackets: a length, a precision and a scale, values, a table. */
  readonly args: readonly string[];
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
  /** The table whose `id` the column holds. */
  readonly table?: string;
  /** The association that `belongsTo` declares. */
  readonly owner?: Owner;
}

/** The other side of a `belongsTo`. */
export interface Owner {
  /** `author` in `book.author`. */
  readonly name: string;
  readonly names: ModelNames;
}
