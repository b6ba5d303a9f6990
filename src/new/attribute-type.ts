import type { Field } from "./field.ts";
import type { NewFileAnswers } from "./new-files.ts";

/** The members of an attribute's TypeScript type: what the drivers really return. */
export function attributeType(
  field: Field,
  answers: NewFileAnswers,
): readonly string[] {
  const types = valueTypes(field, answers);
  const all = field.nullable ? [...types, "null"] : types;
  return field.table === undefined ? all : [`ForeignKey<${all.join(" | ")}>`];
}

function valueTypes(
  { type, args }: Field,
  { databases }: NewFileAnswers,
): readonly string[] {
  switch (type) {
    case "integer":
    case "float":
    case "references":
    case "belongsTo":
      return ["number"];
    case "bigint":
    case "decimal":
      // PostgreSQL returns text, so that no digit is lost; SQLite has only its own numbers.
      return [
        ...(databases.includes("sqlite") ? ["number"] : []),
        ...(databases.includes("postgres") ? ["string"] : []),
      ];
    case "boolean":
      return ["boolean"];
    case "date":
      return ["Date"];
    case "json":
      return ["Record<string, unknown>"];
    case "enum":
      return args.map((value) => JSON.stringify(value));
    default:
      return ["string"];
  }
}
