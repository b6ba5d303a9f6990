import type { DatabaseConfig } from "../config/database-config.ts";
import type {
  DatabaseConnection,
  DatabaseEngine,
  Lane,
  LaneSize,
} from "../engines/database-engine.ts";
import type { Logger } from "../logger.ts";
import { ConnectionPool } from "./connection-pool.ts";
import { Lanes } from "./lanes.ts";
import type { SequelizeSeam } from "./sequelize-v6.ts";

/** A check that takes longer means a dead connection; a server under load answers far sooner. */
const pingTimeoutMs = 1000;

/** Builds the pool of an engine: the strategy says what to open, the configuration how many and how long. */
export function createPool(
  config: DatabaseConfig,
  strategy: DatabaseEngine,
  seam: SequelizeSeam,
  logger: Logger,
): Lanes {
  const { poolTimeout, poolRecycle, poolPrePing } = strategy.getPoolKwargs();
  const pool = (lane: Lane, size: LaneSize): ConnectionPool =>
    new ConnectionPool({
      ...size,
      timeoutMs: poolTimeout * 1000,
      recycleMs: poolRecycle < 0 ? Infinity : poolRecycle * 1000,
      prePing: poolPrePing,
      prePingIdleMs: config.poolPrePingIdle * 1000,
      pingTimeoutMs,
      leakThresholdMs: (config.leakThreshold ?? 0) * 1000,
      timeoutHint: strategy.timeoutHint,
      logger,
      open: (signal) => openConnection(strategy, seam, lane, signal),
      heals: (error) => strategy.heals(error),
    });
  const { write, read } = strategy.lanes;
  return read === undefined
    ? new Lanes(pool("write", write))
    : new Lanes(pool("write", write), pool("read", read));
}

async function openConnection(
  strategy: DatabaseEngine,
  seam: SequelizeSeam,
  lane: Lane,
  signal: AbortSignal,
): Promise<DatabaseConnection> {
  await seam.runHooks("beforeConnect", seam.config);
  const native = (): Promise<object> => seam.connect();
  const connection = await strategy.open({ lane, native, signal });
  try {
    await seam.runHooks("afterConnect", connection.native, seam.config);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
