import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createEngineAndSessionFactory,
  DatabaseConfig,
} from "../../templates/infrastructure/database/index.ts";
import { measure, type Measured } from "../measure.ts";
import {
  format,
  type SectionOptions,
  type SectionResult,
  type Target,
} from "../report.ts";
import { defineRow } from "../subjects.ts";

const amount = 1000;

/** A thousand new objects: through one session, and one by one as autocommitted inserts. */
export async function run(options: SectionOptions): Promise<SectionResult> {
  const file = join(tmpdir(), `bench-session-${process.pid}.db`);
  try {
    const postgres = await compare(options.postgresUrl, options.quick);
    const sqlite = await compare(`sqlite:///${file}`, options.quick);
    return {
      title: "1,000 new objects (ms of wall clock)",
      columns: ["", "one by one", "session", "x faster"],
      rows: [row("PostgreSQL", postgres), row("SQLite file", sqlite)],
      targets: [target("PostgreSQL", postgres), target("SQLite file", sqlite)],
    };
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) {
      rmSync(file + suffix, { force: true });
    }
  }
}

async function compare(url: string, quick: boolean): Promise<Measured[]> {
  const { engine, sessionFactory } = createEngineAndSessionFactory(
    new DatabaseConfig({ url }, { env: {} }),
  );
  const row = defineRow(engine.sequelize);
  await engine.sequelize.sync();
  const texts = Array.from({ length: amount }, (_, index) => `row ${index}`);
  const contenders = [
    {
      name: "one by one",
      run: async () => {
        for (const text of texts) await row.create({ text });
      },
    },
    {
      name: "session",
      run: () =>
        sessionFactory.begin((session) => {
          session.addAll(texts.map((text) => row.build({ text })));
          return Promise.resolve();
        }),
    },
  ];
  const rounds = quick ? 3 : 25;
  const measured = await measure(contenders, {
    rounds,
    count: 1,
    base: "session",
  });
  await engine.dispose();
  return measured;
}

function row(name: string, [single, session]: readonly Measured[]): string[] {
  return [
    name,
    format(single?.wallMs ?? NaN),
    format(session?.wallMs ?? NaN),
    format(single?.wallRatio ?? NaN),
  ];
}

function target(name: string, [single]: readonly Measured[]): Target {
  return {
    name: `1,000 objects, session against one by one: ${name}`,
    measured: single?.wallRatio ?? NaN,
    limit: 10,
    bound: "at least",
    unit: " x",
  };
}
