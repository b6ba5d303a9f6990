import {
  createSessionFactory,
  type Engine,
  type Session,
} from "../infrastructure/database/index.ts";

type Work<Result> = (session: Session) => Promise<Result>;

/** Runs each use case in a session and transaction of its own. */
export function createUnitOfWork(engine: Engine): {
  read<Result>(work: Work<Result>): Promise<Result>;
  write<Result>(work: Work<Result>): Promise<Result>;
} {
  const readers = createSessionFactory(engine, { readOnly: true });
  const writers = createSessionFactory(engine);
  return {
    read: (work) => readers.begin(work),
    write: (work) => writers.begin(work),
  };
}
