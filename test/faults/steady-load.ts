import { setTimeout as delay } from "node:timers/promises";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { RetryConfig } from "../../templates/infrastructure/database/resilience/retry-config.ts";
import {
  retryTransaction,
  type TransactionRetryOptions,
} from "../../templates/infrastructure/database/resilience/transaction-retry.ts";
import { Ledger } from "./ledger.ts";

/** Attempts enough for several faults in a row. */
const config = new RetryConfig({
  maxAttempts: 8,
  baseDelay: 0.02,
  maxDelay: 0.5,
});

/** Callers that write one transaction after the other, retried and exactly once. */
export class SteadyLoad {
  readonly ledger = new Ledger();
  readonly #engine: Engine;
  readonly #options: TransactionRetryOptions;
  #stopped = false;
  #working: Promise<unknown> | undefined;

  constructor(engine: Engine, options: TransactionRetryOptions = {}) {
    this.#engine = engine;
    this.#options = { config, exactlyOnce: true, ...options };
  }

  start(workers = 20): void {
    this.#working = Promise.all(
      Array.from({ length: workers }, async () => {
        while (!this.#stopped) await this.#write();
      }),
    );
  }

  /** Resolves when so many more writes were acknowledged. */
  async progress(more = 50): Promise<void> {
    const { acknowledged } = this.ledger;
    const goal = acknowledged.size + more;
    while (acknowledged.size < goal && !this.#stopped) await delay(5);
  }

  /** Lets every caller finish what it has begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  #write(): Promise<void> {
    const entry = this.ledger.entry(2);
    const { sequelize } = this.#engine;
    return this.ledger.note(entry, () =>
      retryTransaction(
        this.#engine,
        async (transaction) => {
          for (const part of [0, 1])
            await sequelize.query(
              `INSERT INTO kept (token, part) VALUES (${entry.token}, ${part})`,
              { transaction },
            );
        },
        this.#options,
      ),
    );
  }
}
