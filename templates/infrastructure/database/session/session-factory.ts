import type { DatabaseConfig } from "../config/database-config.ts";
import { createEngineFromConfig } from "../engine.ts";
import type { Engine } from "../engine.ts";
import { Session } from "./session.ts";
import type { SessionOptions } from "./session-options.ts";

/** Opens sessions on one engine. */
export interface SessionFactory {
  /** Where its sessions get their connections. */
  readonly engine: Engine;
  /** Opens a session; close it, or use `begin`. */
  (options?: SessionOptions): Session;
  /** Commits when `work` resolves, rolls back when it rejects, and closes the session either way. */
  begin<T>(
    work: (session: Session) => Promise<T>,
    options?: SessionOptions,
  ): Promise<T>;
}

/** The counterpart of SQLAlchemy's async_sessionmaker; each call may override the options. */
export function createSessionFactory(
  engine: Engine,
  defaults: SessionOptions = {},
): SessionFactory {
  const open = (options?: SessionOptions): Session =>
    new Session(engine, { ...defaults, ...options });
  const begin: SessionFactory["begin"] = async (work, options) => {
    const session = open(options);
    try {
      return await session.transaction(work);
    } finally {
      await session.close();
    }
  };
  return Object.assign(open, { begin, engine });
}

/** An engine and the factory of its sessions. */
export interface EngineAndSessionFactory {
  readonly engine: Engine;
  readonly sessionFactory: SessionFactory;
}

export function createEngineAndSessionFactory(
  config: DatabaseConfig,
  options?: SessionOptions,
): EngineAndSessionFactory {
  const engine = createEngineFromConfig(config);
  return { engine, sessionFactory: createSessionFactory(engine, options) };
}
