import type { Sequelize } from "sequelize";
import { judgeError } from "./classifier.ts";
import { CommitInDoubtError } from "./commit-in-doubt.ts";
import { ErrorCategory } from "./error-category.ts";

interface StatementOptions {
  readonly transaction?: unknown;
  readonly completesTransaction?: unknown;
  readonly type?: unknown;
}

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
    options?: StatementOptions,
  ): Promise<unknown> => {
    try {
      return await query(sql, options);
    } catch (error) {
      throw leavesDoubt(error, textOf(sql), options)
        ? new CommitInDoubtError(nameOf(textOf(sql)), error)
        : error;
    }
  };
  sequelize.query = guarded as typeof sequelize.query;
}

type Statement = string | { readonly query: string };

function leavesDoubt(
  error: unknown,
  sql: string,
  options: StatementOptions | undefined,
): boolean {
  if (error instanceof CommitInDoubtError) return false;
  const verdict = judgeError(error);
  if (verdict.refused) return false;
  if (options?.completesTransaction === true) return /^\s*COMMIT\b/i.test(sql);
  return (
    options?.transaction == null &&
    verdict.category !== ErrorCategory.UNKNOWN &&
    !reads(sql)
  );
}

/** A statement that stores nothing may be repeated without harm. */
function reads(sql: string): boolean {
  return /^\s*(SELECT|SHOW|EXPLAIN|VALUES|TABLE|PRAGMA|BEGIN|START|ROLLBACK)\b/i.test(
    sql,
  );
}

function textOf(sql: Statement): string {
  return typeof sql === "string" ? sql : sql.query;
}

function nameOf(sql: string): string {
  const word = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "a statement";
  return word === "COMMIT" ? word : `${word} outside a transaction`;
}
