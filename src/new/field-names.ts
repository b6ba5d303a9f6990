import { toCamel, wordsOf } from "./words.ts";

const longest = 40;

/** What is wrong with a field's name, in any spelling; undefined when it is good. */
export function fieldNameProblem(name: string): string | undefined {
  if (name === "") return "expected a name before the colon";
  if (name.length > longest) {
    return `the name has ${name.length} characters, and ${longest} are allowed`;
  }
  if (!/^[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/.test(name)) {
    return "a name has letters from a to z, digits, and - or _ between them, and begins with a letter";
  }
  const attribute = toCamel(wordsOf(name));
  if (automatic.has(attribute)) return `every model has ${attribute} already`;
  return memberNames.has(attribute)
    ? `${attribute} would hide a member of Sequelize's models`
    : undefined;
}

const automatic = new Set(["id", "createdAt", "updatedAt"]);

/** What a field would hide on Sequelize's `Model`; a test compares the list with the installed version. */
const memberNames = new Set([
  "addHook",
  "changed",
  "constructor",
  "dataValues",
  "decrement",
  "destroy",
  "equals",
  "equalsOneOf",
  "get",
  "getDataValue",
  "hasHook",
  "hasHooks",
  "hasOwnProperty",
  "increment",
  "isNewRecord",
  "isPrototypeOf",
  "isSoftDeleted",
  "previous",
  "propertyIsEnumerable",
  "prototype",
  "rawAttributes",
  "reload",
  "removeHook",
  "restore",
  "runHooks",
  "save",
  "sequelize",
  "set",
  "setAttributes",
  "setDataValue",
  "setValidators",
  "then",
  "toLocaleString",
  "toString",
  "uniqno",
  "update",
  "validate",
  "validators",
  "valueOf",
  "where",
]);
