import { QueryTypes } from "sequelize";
import type { Session } from "../session/session.ts";
import type { SessionFactory } from "../session/session-factory.ts";
import type { SessionOptions } from "../session/session-options.ts";
import { retryOnDbError } from "./retry.ts";
import { settleOnCommit, type UnitRetryOptions } from "./settled-commit.ts";

/** Options of `retrySession`. */
export interface SessionRetryOptions extends UnitRetryOptions {
  /** Options of the sessions, as for `sessionFactory.begin`. */
  readonly session?: SessionOptions;
}

/** The work of one attempt, which gets a session of its own: objects of an earlier attempt are not to be used again. */
export type SessionRetryWork<T> = (
  session: Session,
  attempt: number,
) => Promise<T>;

/**
 * Runs `work` in a session and transaction of its own, and all of it again in a new session, while it fails with an error
 * that passes by itself. A commit in doubt rejects with CommitInDoubtError, or is settled by the server when `exactlyOnce`
 * is on.
 */
export function retrySession<T>(
  sessionFactory: SessionFactory,
  work: SessionRetryWork<T>,
  options: SessionRetryOptions = {},
): Promise<T> {
  const { sequelize, strategy } = sessionFactory.engine;
  const resolution =
    options.exactlyOnce === true ? strategy.commitResolution : undefined;
  const attemptOnce = (attempt: number): Promise<T> =>
    sessionFactory.begin(async (session) => {
      const value = await work(session, attempt);
      if (resolution === undefined) return value;
      await session.flush();
      await session.run((transaction) =>
        settleOnCommit(
          transaction,
          resolution,
          (sql) =>
            sequelize.query(sql, { transaction, type: QueryTypes.SELECT }),
          options.resolveTimeout,
        ),
      );
      return value;
    }, options.session);
  return retryOnDbError(attemptOnce, options);
}
