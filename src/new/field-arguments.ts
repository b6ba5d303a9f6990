import type { FieldType } from "./field.ts";

/** What is wrong with the arguments of a type, said after the field's own text; undefined when they are good. */
export function argumentProblem(
  type: FieldType,
  args: readonly string[],
): string | undefined {
  const check = checks[type];
  if (check !== undefined) return check(args);
  return args.length === 0
    ? undefined
    : `${type} takes nothing in brackets, got ${args.join(",")}`;
}

/** Whether something may stand in the type's brackets. */
export function takesArguments(type: FieldType): boolean {
  return checks[type] !== undefined;
}

/** PostgreSQL's own limit for `varchar(n)`. */
const longestString = 10_485_760;

const tableName = /^[a-z][a-z0-9_]{0,62}$/i;

/** No quotes, so that a value can stand in SQL and in TypeScript as it is. */
const enumValue = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

const checks: Partial<
  Record<FieldType, (args: readonly string[]) => string | undefined>
> = {
  string: (args) =>
    args.length === 0 ||
    (args.length === 1 && within(args[0], 1, longestString))
      ? undefined
      : `expected a length such as string(120), got ${args.join(",")}`,
  decimal: (args) =>
    args.length === 0 || isPrecision(args)
      ? undefined
      : `expected digits in all and after the point, such as decimal(10,2), got ${args.join(",")}`,
  enum: enumProblem,
  references: (args) =>
    args.length === 1 && tableName.test(args[0] ?? "")
      ? undefined
      : `expected one table, such as references(authors), got ${args.join(",") || "none"}`,
  belongsTo: (args) =>
    args.length <= 1
      ? undefined
      : `expected at most one model, such as belongsTo(Author), got ${args.join(",")}`,
};

function enumProblem(args: readonly string[]): string | undefined {
  if (args.length === 0) {
    return "expected its values, such as enum(draft,published), got none";
  }
  const wrong = args.filter((value) => !enumValue.test(value));
  if (wrong.length > 0) {
    return `values may have letters, digits, _ . and -, got ${wrong.map((value) => JSON.stringify(value)).join(", ")}`;
  }
  const twice = args.find((value, index) => args.indexOf(value) !== index);
  return twice === undefined ? undefined : `the value ${twice} stands twice`;
}

function isPrecision(args: readonly string[]): boolean {
  const [precision, scale = "0"] = args;
  return (
    args.length <= 2 &&
    within(precision, 1, 1000) &&
    within(scale, 0, Number(precision))
  );
}

function within(text: string | undefined, low: number, high: number): boolean {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return false;
  return Number(text) >= low && Number(text) <= high;
}
