import * as assert from "uvu/assert";
import {
  DataTypes,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type ModelStatic,
  QueryTypes,
  type Transaction,
} from "sequelize";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { judgeError } from "../../templates/infrastructure/database/resilience/classifier.ts";
import { CommitInDoubtError } from "../../templates/infrastructure/database/resilience/commit-in-doubt.ts";
import { RetryConfig } from "../../templates/infrastructure/database/resilience/retry-config.ts";
import { retryOnDbError } from "../../templates/infrastructure/database/resilience/retry.ts";
import { retrySession } from "../../templates/infrastructure/database/resilience/session-retry.ts";
import { retryTransaction } from "../../templates/infrastructure/database/resilience/transaction-retry.ts";
import {
  createSessionFactory,
  type SessionFactory,
} from "../../templates/infrastructure/database/session/session-factory.ts";
import type { Entry, Ledger } from "./ledger.ts";

const config = new RetryConfig({
  maxAttempts: 10,
  baseDelay: 0.01,
  maxDelay: 0.2,
});
const exactly = { config, exactlyOnce: true } as const;

class Kept extends Model<InferAttributes<Kept>, InferCreationAttributes<Kept>> {
  declare id: CreationOptional<number>;
  declare token: number;
  declare part: number;
}

class Undone extends Error {}

/** Everything that an application does with the layer, by chance and at once; every answer is checked. */
export class MixedLoad {
  reads = 0;
  failedReads = 0;
  undone = 0;
  readonly #engine: Engine;
  readonly #ledger: Ledger;
  readonly #random: () => number;
  readonly #sessions: SessionFactory;
  readonly #kept: ModelStatic<Kept>;
  #stopped = false;

  constructor(engine: Engine, ledger: Ledger, random: () => number) {
    this.#engine = engine;
    this.#ledger = ledger;
    this.#random = random;
    this.#sessions = createSessionFactory(engine);
    this.#kept = defineKept(engine);
  }

  /** Works with so many callers until `stop`; rejects with the first answer that is wrong. */
  async run(workers: number): Promise<void> {
    const acts = [
      () => this.#retriedTransaction(),
      () => this.#retriedSession(),
      () => this.#plainTransaction(),
      () => this.#aloneByModel(),
      () => this.#aloneBySql(),
      () => this.#undo(),
      () => this.#savepoint(),
      () => this.#echo(),
      () => this.#echo(),
      () => this.#readBack(),
    ];
    const worker = async (): Promise<void> => {
      while (!this.#stopped)
        await acts[Math.floor(this.#random() * acts.length)]?.();
    };
    await Promise.all(Array.from({ length: workers }, worker)).finally(() => {
      this.stop();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  #entry(): Entry {
    return this.#ledger.entry(1 + Math.floor(this.#random() * 3));
  }

  async #store(
    { token, parts }: Entry,
    transaction: Transaction,
  ): Promise<void> {
    for (let part = 0; part < parts; part += 1)
      await this.#engine.sequelize.query(
        "INSERT INTO kept (token, part) VALUES ($1, $2)",
        { bind: [token, part], transaction },
      );
  }

  #retriedTransaction(): Promise<void> {
    const entry = this.#entry();
    return this.#ledger.note(entry, () =>
      retryTransaction(
        this.#engine,
        (transaction) => this.#store(entry, transaction),
        exactly,
      ),
    );
  }

  #retriedSession(): Promise<void> {
    const entry = this.#entry();
    return this.#ledger.note(entry, () =>
      retrySession(
        this.#sessions,
        (session) => {
          const { token, parts } = entry;
          for (let part = 0; part < parts; part += 1)
            session.add(this.#kept.build({ token, part }));
          return Promise.resolve();
        },
        exactly,
      ),
    );
  }

  #plainTransaction(): Promise<void> {
    const entry = this.#entry();
    return this.#ledger.note(entry, () =>
      this.#engine.begin((transaction) => this.#store(entry, transaction)),
    );
  }

  #aloneByModel(): Promise<void> {
    const entry = this.#ledger.entry();
    return this.#ledger.note(entry, async () => {
      const row = await this.#kept.create({ token: entry.token, part: 0 });
      assert.is(row.token, entry.token);
      assert.ok(Number(row.id) > 0);
    });
  }

  #aloneBySql(): Promise<void> {
    const entry = this.#ledger.entry();
    return this.#ledger.note(entry, () =>
      this.#engine.sequelize.query(
        `INSERT INTO kept (token, part) VALUES (${entry.token}, 0)`,
      ),
    );
  }

  /** A transaction that its own work refuses. */
  async #undo(): Promise<void> {
    const entry = this.#entry();
    const error: unknown = await this.#engine
      .begin(async (transaction) => {
        await this.#store(entry, transaction);
        throw new Undone();
      })
      .catch((thrown: unknown) => thrown);
    this.undone += 1;
    this.#ledger.refused.set(entry.token, error);
  }

  /** The part in a savepoint is undone, the parts around it stay. */
  #savepoint(): Promise<void> {
    const entry = this.#ledger.entry(2);
    const { token } = entry;
    const { sequelize } = this.#engine;
    return this.#ledger.note(entry, () =>
      retryTransaction(
        this.#engine,
        async (transaction) => {
          const insert = (part: number, within: Transaction) =>
            sequelize.query(
              `INSERT INTO kept (token, part) VALUES (${token}, ${part})`,
              { transaction: within },
            );
          await insert(0, transaction);
          await sequelize
            .transaction({ transaction }, async (nested) => {
              await insert(99, nested);
              throw new Undone();
            })
            .catch((error: unknown) => {
              if (!(error instanceof Undone)) throw error;
            });
          await insert(1, transaction);
        },
        exactly,
      ),
    );
  }

  /** A question whose answer nobody else can get. */
  async #echo(): Promise<void> {
    const number = Math.floor(this.#random() * 2 ** 31);
    const rows = await this.#read<{ n: number; text: string }>(
      `SELECT n, repeat('x' || n, 50) AS text FROM (VALUES (${number}), (${number ^ 1})) AS asked (n)`,
    );
    if (rows === undefined) return;
    const expected = [number, number ^ 1].map((n) => ({
      n,
      text: `x${n}`.repeat(50),
    }));
    assert.equal(rows, expected, "another query's answer");
  }

  /** What was acknowledged is there for everybody. */
  async #readBack(): Promise<void> {
    const { acknowledged } = this.#ledger;
    const tokens = [...acknowledged.keys()];
    const token = tokens[Math.floor(this.#random() * tokens.length)];
    if (token === undefined) return;
    const rows = await this.#read<{ token: number }>(
      `SELECT token FROM kept WHERE token = ${token}`,
    );
    if (rows === undefined) return;
    assert.is(rows.length, acknowledged.get(token)?.parts, `read ${token}`);
    assert.ok(rows.every((row) => row.token === token));
  }

  async #read<Row extends object>(sql: string): Promise<Row[] | undefined> {
    this.reads += 1;
    try {
      return await retryOnDbError(
        () =>
          this.#engine.sequelize.query<Row>(sql, { type: QueryTypes.SELECT }),
        { config },
      );
    } catch (error) {
      assert.not.instance(error, CommitInDoubtError);
      if (judgeError(error).category === "unknown") throw error;
      this.failedReads += 1;
      return undefined;
    }
  }
}

function defineKept(engine: Engine): ModelStatic<Kept> {
  class Own extends Kept {}
  return Own.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      token: DataTypes.INTEGER,
      part: DataTypes.INTEGER,
    },
    { sequelize: engine.sequelize, tableName: "kept", timestamps: false },
  );
}
