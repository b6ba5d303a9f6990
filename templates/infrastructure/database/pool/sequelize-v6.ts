import { Sequelize } from "sequelize";
import type { Lane } from "../engines/database-engine.ts";
import { DatabaseLayerError } from "../errors.ts";

/** What Sequelize is to use instead of its own pool. */
export interface ConnectionProvider {
  /** Resolves to the driver's connection; `brief` when Sequelize returns it after one statement. */
  acquire(lane: Lane, brief: boolean): Promise<object>;
  release(native: object): void;
  destroy(native: object): Promise<void>;
  close(): Promise<void>;
}

/** What Sequelize still does for the pool. */
export interface SequelizeSeam {
  /** What Sequelize's hooks get as the configuration of a connection. */
  readonly config: object;
  /** Opens a connection as Sequelize's dialect does, with its type parsers. */
  connect(): Promise<object>;
  /** Runs hooks such as `afterConnect`, if there are any. */
  runHooks(name: ConnectionHook, ...values: unknown[]): Promise<void>;
  /** Puts the provider in the place of Sequelize's pool. */
  use(provider: ConnectionProvider): void;
}

/** The hooks of Sequelize that belong to connections. */
export type ConnectionHook =
  | "beforeConnect"
  | "afterConnect"
  | "beforeDisconnect"
  | "afterDisconnect"
  | "beforePoolAcquire"
  | "afterPoolAcquire";

interface AcquireOptions {
  /** The kind of statement, not the lane that Sequelize's declarations claim. */
  readonly type?: string;
  readonly useMaster?: boolean;
  /** The name of the transaction that asks, if it is one. */
  readonly uuid?: string;
}

/** Sequelize 6's internals, as far as they are used; nothing outside this file knows them. */
interface ConnectionManager {
  readonly config: object;
  connect?(config: object): Promise<object>;
  getConnection(options?: AcquireOptions): Promise<object>;
  releaseConnection(connection: object): void;
  destroyConnection(connection: object): Promise<void>;
  close(): Promise<void>;
  pool: unknown;
}

interface SequelizeInternals {
  readonly connectionManager: Partial<ConnectionManager>;
  runHooks(name: string, ...values: unknown[]): Promise<unknown>;
}

const methods = [
  "getConnection",
  "releaseConnection",
  "destroyConnection",
  "close",
] as const;

/** Takes over the connections of a Sequelize instance; throws when this Sequelize does not fit. */
export function takeOver(sequelize: Sequelize): SequelizeSeam {
  const internals = sequelize as unknown as SequelizeInternals;
  const manager = guarded(internals);
  return {
    config: manager.config,
    connect: () => connectBy(manager),
    runHooks: async (name, ...values) => {
      if (sequelize.hasHook(name)) await internals.runHooks(name, ...values);
    },
    use(provider) {
      manager.getConnection = (options = {}) => {
        const acquire = (): Promise<object> =>
          provider.acquire(laneFor(options), options.uuid === undefined);
        // Every statement comes by here: without hooks there is nothing to wait for.
        return sequelize.hasHook("beforePoolAcquire") ||
          sequelize.hasHook("afterPoolAcquire")
          ? acquireWithHooks(this, provider, acquire, options)
          : acquire();
      };
      manager.releaseConnection = (connection) => {
        provider.release(connection);
      };
      manager.destroyConnection = (connection) => provider.destroy(connection);
      manager.close = () => provider.close();
      // Sequelize's PostgreSQL dialect reports dying connections here; ours notice it by themselves.
      manager.pool = { destroy: () => undefined };
    },
  };
}

function laneFor({ type, useMaster }: AcquireOptions): Lane {
  return type === "SELECT" && useMaster !== true ? "read" : "write";
}

async function acquireWithHooks(
  seam: SequelizeSeam,
  provider: ConnectionProvider,
  acquire: () => Promise<object>,
  options: AcquireOptions,
): Promise<object> {
  await seam.runHooks("beforePoolAcquire", options);
  const connection = await acquire();
  try {
    await seam.runHooks("afterPoolAcquire", connection, options);
  } catch (error) {
    provider.release(connection);
    throw error;
  }
  return connection;
}

function connectBy(manager: ConnectionManager): Promise<object> {
  if (manager.connect === undefined)
    throw new TypeError(
      "This dialect of Sequelize does not connect by itself.",
    );
  return manager.connect(manager.config);
}

/** A Sequelize whose internals have changed must fail at the start and not in the middle of the night. */
function guarded(internals: SequelizeInternals): ConnectionManager {
  const manager = internals.connectionManager as
    Partial<ConnectionManager> | undefined;
  const missing = [
    ...methods.filter((name) => typeof manager?.[name] !== "function"),
    ...(typeof internals.runHooks === "function" ? [] : ["runHooks"]),
  ];
  if (manager !== undefined && missing.length === 0)
    return manager as ConnectionManager;
  const { version = "of unknown version" } = Sequelize as unknown as {
    version?: string;
  };
  throw new DatabaseLayerError(
    "SEQUELIZE_MISMATCH",
    `The connection pool needs Sequelize 6.37 or a later 6.x, but Sequelize ${version} lacks ${missing.join(", ")} in its connection manager. Install sequelize@^6.37.0, or adapt pool/sequelize-v6.ts, the only file that knows Sequelize's internals.`,
  );
}
