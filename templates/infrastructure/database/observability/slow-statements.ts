import type { Engine } from "../engine.ts";
import { statementTokens } from "../engines/statement-tokens.ts";
import { statementText } from "./statement-text.ts";
import { watchStatements } from "./statements.ts";

/** A statement that took long. */
export interface SlowStatement {
  /** Its text with `?` for every value. */
  readonly text: string;
  /** Seconds. */
  readonly duration: number;
  readonly failed: boolean;
}

/** Options of `logSlowStatements`. */
export interface SlowStatementOptions {
  /**
   * Seconds from which on a statement is slow; 0.2 by default: most take a hundredth of that, and a request that is to be
   * answered within a second has no room for several of them.
   */
  readonly threshold?: number;
  /** Takes what was slow; a warning of the engine's logger by default. */
  readonly log?: (statement: SlowStatement) => void;
}

/** Logs statements that take long, with no value in them, bound or not. */
export function logSlowStatements(
  engine: Engine,
  options: SlowStatementOptions = {},
): void {
  const { threshold = 0.2 } = options;
  if (!(threshold >= 0 && threshold <= 3600))
    throw new RangeError(
      `threshold: expected seconds from 0 to 3600, got ${String(threshold)}.`,
    );
  const log =
    options.log ??
    (({ text, duration, failed }: SlowStatement) => {
      const end = failed ? ", and it failed" : "";
      engine.logger.warn(
        `Slow statement (${duration.toFixed(3)} s${end}): ${text}`,
      );
    });
  const { databaseType } = engine.strategy;
  watchStatements(engine, ({ sql, duration, error }) => {
    if (duration < threshold) return;
    const text = statementText(sql, statementTokens[databaseType]);
    log({ text, duration, failed: error !== undefined });
  });
}
