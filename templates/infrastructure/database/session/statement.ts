import { QueryTypes } from "sequelize";
import type { Transaction } from "sequelize";
import type { Engine } from "../engine.ts";
import { Result } from "./result.ts";
import type { SessionSupport } from "./session-support.ts";

/** Values for `$1`, `$2` … as an array, or for `$name` as an object; a literal `$` is written `$$`. */
export type Bind = readonly unknown[] | Readonly<Record<string, unknown>>;

// Sequelize takes these for its own: it skips them, or drops or rearranges their rows. A comment before them helps.
const ownTexts =
  /^\s*(?:--|INSERT INTO|SELECT table_name FROM information_schema|SELECT relname FROM pg_class)/i;

const writeVerbs = new Set(["INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE"]);

/** Runs one raw statement with bound values; rows for what returns rows, else the count of affected rows. */
export async function runStatement<Row extends object>(
  { sequelize, strategy }: Engine,
  transaction: Transaction,
  sql: string,
  bind: Bind | undefined,
): Promise<Result<Row>> {
  const options = {
    transaction,
    ...(bind && { bind: convert(bind, strategy.sessionSupport) }),
  };
  const { writes, returning } = readKind(sql);
  if (writes && !returning) {
    const type = QueryTypes.BULKUPDATE;
    const text = sql.trimStart().startsWith("--") ? `/* */ ${sql}` : sql;
    const count = await sequelize.query(text, { ...options, type });
    return new Result<Row>([], count);
  }
  const text = ownTexts.test(sql) ? `/* */ ${sql}` : sql;
  const type = QueryTypes.SELECT;
  return new Result(await sequelize.query<Row>(text, { ...options, type }));
}

/** Looks for the main verb, past comments, literals and the queries in parentheses of a WITH. */
function readKind(sql: string): { writes: boolean; returning: boolean } {
  let bare = sql.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--.*|\/\*[\s\S]*?\*\//g,
    " ",
  );
  for (let flat = ""; flat !== bare;) {
    flat = bare;
    bare = flat.replaceAll(/\([^()]*\)/g, " ");
  }
  const main =
    /^\s*(?:WITH\b.*?\b(?=(?:SELECT|VALUES|INSERT|UPDATE|DELETE|MERGE)\b))?(\w+)/is;
  return {
    writes: writeVerbs.has(main.exec(bare)?.[1]?.toUpperCase() ?? ""),
    returning: /\bRETURNING\b/i.test(bare),
  };
}

function convert(
  bind: Bind,
  support: SessionSupport,
): unknown[] | Record<string, unknown> {
  if (Array.isArray(bind)) {
    return bind.map((value: unknown) => support.bindValue(value));
  }
  return Object.fromEntries(
    Object.entries(bind).map(([name, value]) => [
      name,
      support.bindValue(value),
    ]),
  );
}
