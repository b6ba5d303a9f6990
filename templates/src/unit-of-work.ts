import {
  createSessionFactory,
  type Engine,
  retrySession,
  type Session,
} from "../infrastructure/database/index.ts";

type Work<Result> = (session: Session) => Promise<Result>;

/**
 * Runs each use case in a session and transaction of its own, and all of it again when the database had a fault that
 * passes by itself. A commit in doubt is settled by asking the server, so nothing is stored twice.
 */
export function createUnitOfWork(engine: Engine): {
  read<Result>(work: Work<Result>): Promise<Result>;
  write<Result>(work: Work<Result>): Promise<Result>;
} {
  const readers = createSessionFactory(engine, { readOnly: true });
  const writers = createSessionFactory(engine);
  const onRetry = (error: unknown): void => {
    console.warn(`Trying again after: ${String(error)}`);
  };
  return {
    read: (work) => retrySession(readers, work, { onRetry }),
    write: (work) =>
      retrySession(writers, work, { onRetry, exactlyOnce: true }),
  };
}
