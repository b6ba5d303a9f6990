import type { Logger } from "../logger.ts";
import type { OpenTransaction } from "./transaction-stack.ts";

interface Watched {
  readonly open: OpenTransaction;
  readonly logger: Logger;
  readonly openedAt: string | undefined;
}

const registry = new FinalizationRegistry<Watched>((watched) => {
  void giveBack(watched);
});

/**
 * Gives a connection back when its session was garbage-collected without `close()`, and reports it:
 * with the place that opened the session, except when NODE_ENV is "production".
 */
export function watchForgotten(
  session: object,
  open: OpenTransaction,
  logger: Logger,
): void {
  const openedAt =
    process.env["NODE_ENV"] === "production" ? undefined : readStack();
  registry.register(session, { open, logger, openedAt }, session);
}

/** The session was closed as it should be. */
export function unwatch(session: object): void {
  registry.unregister(session);
}

async function giveBack(watched: Watched): Promise<void> {
  const { transaction } = watched.open;
  if (transaction === undefined) return;
  const place =
    watched.openedAt === undefined
      ? "Outside production the message tells where it was opened."
      : `It was opened here:\n${watched.openedAt}`;
  watched.logger.warn(
    "A session was forgotten with its transaction open; it is rolled back. " +
      `Close each session, or use sessionFactory.begin(…). ${place}`,
  );
  try {
    await transaction.rollback();
  } catch (error) {
    watched.logger.debug(
      `Rolling back failed, the connection was closed instead: ${String(error)}`,
    );
  }
}

/** The callers, without the lines of the layer itself. */
function readStack(): string {
  const lines = (new Error().stack ?? "").split("\n").slice(1);
  const own =
    /[\\/]session[\\/](?:session|session-factory|forgotten-sessions)\.[jt]s/;
  return lines.filter((line) => !own.test(line)).join("\n");
}
