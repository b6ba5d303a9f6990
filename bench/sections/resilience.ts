import {
  createEngineFromConfig,
  DatabaseConfig,
  type Engine,
  retryOnDbError,
  retryTransaction,
} from "../../templates/infrastructure/database/index.ts";
import { type Contender, measure, type Measured } from "../measure.ts";
import { format, type SectionOptions, type SectionResult } from "../report.ts";
import { defineRow } from "../subjects.ts";

/** What safety costs while nothing fails: a transaction with one insert, bare, retried, and exactly once. */
export async function run(options: SectionOptions): Promise<SectionResult> {
  const engine = createEngineFromConfig(
    new DatabaseConfig({ url: options.postgresUrl }, { env: {} }),
  );
  const contenders = await contendersOf(engine);
  const measured = await measure(contenders, {
    rounds: options.quick ? 3 : 31,
    count: options.quick ? 50 : 400,
    base: "engine.begin",
  });
  const roundTripMs = await measureRoundTrip(engine);
  const statements = await countStatements(engine, contenders);
  await engine.dispose();
  return summarise(measured, statements, roundTripMs);
}

async function contendersOf(engine: Engine): Promise<Contender[]> {
  const row = defineRow(engine.sequelize);
  await engine.sequelize.sync();
  const work = (transaction: Parameters<Parameters<Engine["begin"]>[0]>[0]) =>
    row.create({ text: "row" }, { transaction });
  return [
    repeat("engine.begin", () => engine.begin(work)),
    repeat("retryOnDbError", () => retryOnDbError(() => engine.begin(work))),
    repeat("retryTransaction", () => retryTransaction(engine, work)),
    repeat("retryTransaction, exactly once", () =>
      retryTransaction(engine, work, { exactlyOnce: true }),
    ),
  ];
}

function repeat(name: string, work: () => Promise<unknown>): Contender {
  return {
    name,
    run: async (count) => {
      for (let done = 0; done < count; done += 1) await work();
    },
  };
}

/** Milliseconds of the smallest statement inside a transaction. */
async function measureRoundTrip(engine: Engine): Promise<number> {
  return engine.begin(async (transaction) => {
    const trip = repeat("SELECT 1", () =>
      engine.sequelize.query("SELECT 1", { transaction }),
    );
    const plan = { rounds: 5, count: 200, base: "SELECT 1" };
    return (await measure([trip], plan))[0]?.wallMs ?? NaN;
  });
}

/** How many statements each contender sends for one transaction. */
async function countStatements(
  { sequelize }: Engine,
  contenders: readonly Contender[],
): Promise<number[]> {
  const query = sequelize.query.bind(sequelize) as (
    ...args: readonly unknown[]
  ) => Promise<unknown>;
  let sent = 0;
  sequelize.query = ((...args: readonly unknown[]) => {
    sent += 1;
    return query(...args);
  }) as typeof sequelize.query;
  const counts = [];
  for (const contender of contenders) {
    sent = 0;
    await contender.run(1);
    counts.push(sent);
  }
  return counts;
}

function summarise(
  measured: readonly Measured[],
  statements: readonly number[],
  roundTripMs: number,
): SectionResult {
  const [bare, retried, , once] = measured;
  const extraMs = (once?.wallMs ?? NaN) - (bare?.wallMs ?? NaN);
  return {
    title: "Safety without a fault (a transaction with one insert)",
    columns: ["", "statements", "us", "us CPU", "x bare", "CPU x bare"],
    rows: measured.map((one, index) => [
      one.name,
      String(statements[index]),
      format(one.wallMs * 1000),
      format(one.cpuMs * 1000),
      format(one.wallRatio),
      format(one.cpuRatio),
    ]),
    targets: [
      {
        name: "retry wrapper against the bare call",
        measured: retried?.wallRatio ?? NaN,
        limit: 1.02,
        bound: "at most",
        unit: " x",
      },
      {
        name: "exactly once, further round trips",
        measured: (statements[3] ?? NaN) - (statements[0] ?? NaN),
        limit: 1,
        bound: "at most",
        unit: "",
      },
    ],
    notes: [
      `Exactly once takes ${format(extraMs * 1000)} us more; one round trip takes ${format(roundTripMs * 1000)} us.`,
    ],
  };
}
