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
    rounds: options.quick ? 3 : 101,
    count: options.quick ? 50 : 100,
    base: "engine.begin",
  });
  const roundTripMs = await measureRoundTrip(engine);
  const wrapperMs = await measureWrapper();
  const statements = await countStatements(engine, contenders);
  await engine.dispose();
  return summarise(measured, statements, { roundTripMs, wrapperMs });
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

/** Milliseconds of the wrapper itself, around work that does nothing: a transaction varies by more than that from one to the next. */
async function measureWrapper(): Promise<number> {
  const nothing = (): Promise<void> => Promise.resolve();
  const [bare, wrapped] = await measure(
    [
      repeat("nothing", nothing),
      repeat("nothing, retried", () => retryOnDbError(nothing)),
    ],
    { rounds: 11, count: 50_000, base: "nothing" },
  );
  return (wrapped?.wallMs ?? NaN) - (bare?.wallMs ?? NaN);
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

interface Costs {
  readonly roundTripMs: number;
  readonly wrapperMs: number;
}

function summarise(
  measured: readonly Measured[],
  statements: readonly number[],
  { roundTripMs, wrapperMs }: Costs,
): SectionResult {
  const [bare, , , once] = measured;
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
        measured: 1 + wrapperMs / (bare?.wallMs ?? NaN),
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
      `The retry wrapper itself takes ${format(wrapperMs * 1000)} us.`,
      `Exactly once takes ${format(extraMs * 1000)} us more; one round trip takes ${format(roundTripMs * 1000)} us.`,
    ],
  };
}
