import {
  createEngineFromConfig,
  DatabaseConfig,
  type Engine,
  logSlowStatements,
  observeDatabase,
  PrometheusMeter,
} from "../../templates/infrastructure/database/index.ts";
import { type Contender, measure, type Measured } from "../measure.ts";
import {
  format,
  type SectionOptions,
  type SectionResult,
  type Target,
} from "../report.ts";

/** What watches the statements of an engine. */
const watchers: Readonly<Record<string, (engine: Engine) => void>> = {
  "without the part": () => undefined,
  metrics: (engine) => {
    observeDatabase(engine, new PrometheusMeter());
  },
  "slow log": (engine) => {
    logSlowStatements(engine);
  },
  both: (engine) => {
    observeDatabase(engine, new PrometheusMeter());
    logSlowStatements(engine);
  },
};

interface Workload {
  readonly name: string;
  readonly url: string;
}

/** What watching costs per statement: the layer with the part observability beside the one without. */
export async function run(options: SectionOptions): Promise<SectionResult> {
  const workloads = [
    { name: "SQLite in memory", url: "sqlite:///:memory:" },
    { name: "PostgreSQL", url: options.postgresUrl },
  ];
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const workload of workloads) {
    const measured = await compare(workload, options.quick);
    rows.push([
      workload.name,
      ...measured.map(({ cpuMs }) => format(cpuMs * 1000)),
      ...measured.slice(1).map(({ cpuRatio }) => format(cpuRatio)),
    ]);
    targets.push(targetOf(workload, measured));
  }
  const [, ...names] = Object.keys(watchers);
  return {
    title: "Observability (us of client CPU for one SELECT 1)",
    columns: [
      "",
      ...Object.keys(watchers),
      ...names.map((name) => `x ${name}`),
    ],
    rows,
    targets,
  };
}

async function compare({ url }: Workload, quick: boolean): Promise<Measured[]> {
  const engines = Object.entries(watchers).map(([name, watch]) => {
    const engine = createEngineFromConfig(
      new DatabaseConfig({ url }, { env: {} }),
    );
    watch(engine);
    return { name, engine };
  });
  const measured = await measure(engines.map(contender), {
    // Many short rounds: one statement costs little, and the next round of another contender is never far.
    rounds: quick ? 21 : 301,
    count: 100,
    collect: false,
    base: "without the part",
  });
  await Promise.all(engines.map(({ engine }) => engine.dispose()));
  return measured;
}

function contender({
  name,
  engine,
}: {
  readonly name: string;
  readonly engine: Engine;
}): Contender {
  return {
    name,
    run: async (count) => {
      for (let done = 0; done < count; done += 1)
        await engine.sequelize.query("SELECT 1");
    },
  };
}

function targetOf({ name }: Workload, measured: readonly Measured[]): Target {
  return {
    name: `CPU with metrics and slow log against the layer without: ${name}`,
    measured: measured.at(-1)?.cpuRatio ?? NaN,
    limit: 1.1,
    bound: "at most",
    unit: " x",
  };
}
