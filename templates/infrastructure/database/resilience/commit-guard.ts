import type { Sequelize } from "sequelize";
import { judgeError } from "./classifier.ts";
import { CommitInDoubtError } from "./commit-in-doubt.ts";
import { ErrorCategory } from "./error-category.ts";
import { settleCommit } from "./settled-commit.ts";

interface StatementOptions {
  readonly transaction?: unknown;
  readonly completesTransaction?: unknown;
}

type Statement = string | { readonly query: string };

/**
 * Turns an error that leaves open whether the server has stored something into a CommitInDoubtError, for every way to
 * commit: sessions, `engine.begin`, Sequelize's own transactions, and a statement outside a transaction, which commits
 * itself. Without it such an error looks like any lost connection, and a retry stores the rows twice.
 */
export function guardCommits(sequelize: Sequelize): void {
  const query = sequelize.query.bind(sequelize) as (
    sql: Statement,
    options?: StatementOptions,
  ) => Promise<unknown>;
  const guarded = async (
    sql: Statement,
    options: StatementOptions = {},
  ): Promise<unknown> => {
    try {
      return await query(sql, options);
    } catch (error) {
      const text = typeof sql === "string" ? sql : sql.query;
      if (options.completesTransaction !== true)
        throw inDoubtAlone(error, text, options)
          ? new CommitInDoubtError(nameOf(text), error)
          : error;
      if (!commits(text) || judgeError(error).refused) throw error;
      await settleCommit(options.transaction, error);
      return undefined;
    }
  };
  sequelize.query = guarded as typeof sequelize.query;
}

/** Whether a statement that is its own transaction may have been stored unheard. */
function inDoubtAlone(
  error: unknown,
  sql: string,
  { transaction }: StatementOptions,
): boolean {
  if (transaction !== undefined && transaction !== null) return false;
  const { refused, category } = judgeError(error);
  return !refused && category !== ErrorCategory.UNKNOWN && !reads(sql);
}

function commits(sql: string): boolean {
  return /^\s*COMMIT\b/i.test(sql);
}

/** A statement that stores nothing may be repeated without harm. */
function reads(sql: string): boolean {
  return /^\s*(SELECT|SHOW|EXPLAIN|VALUES|TABLE|PRAGMA|BEGIN|START|ROLLBACK)\b/i.test(
    sql,
  );
}

function nameOf(sql: string): string {
  const word = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "a statement";
  return word === "COMMIT" ? word : `${word} outside a transaction`;
}
