import { Client } from "pg";
import { measure, type Measured } from "../measure.ts";
import {
  format,
  type SectionOptions,
  type SectionResult,
  type Target,
} from "../report.ts";
import { bareSequelize, layer, rawPg, type Subject } from "../subjects.ts";

interface Workload {
  readonly name: string;
  /** Operations in one round of a full run. */
  readonly count: number;
  /** The most CPU against bare Sequelize that we promise. */
  readonly limit?: number;
  run(subject: Subject, index: number): Promise<unknown>;
}

const thousand = Array.from({ length: 1000 }, (_, index) => `row ${index}`);

const workloads: readonly Workload[] = [
  {
    name: "read one row",
    count: 2000,
    limit: 1.05,
    run: (subject, index) => subject.read(1 + (index % 1000)),
  },
  {
    name: "insert one row",
    count: 2000,
    limit: 1.05,
    run: (subject, index) => subject.insert(`row ${index}`),
  },
  {
    name: "transaction of 5",
    count: 400,
    limit: 1.15,
    run: (subject) => subject.transact(),
  },
  {
    name: "insert 1,000 rows",
    count: 20,
    run: (subject) => subject.insertMany(thousand),
  },
];

/** The layer between the bare driver and bare Sequelize: CPU of the process and throughput. */
export async function run(options: SectionOptions): Promise<SectionResult> {
  const url = options.postgresUrl;
  await createTable(url);
  const subjects = [rawPg(url), bareSequelize(url), layer(url)];
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const workload of workloads) {
    for (const callers of [1, 20]) {
      const measured = await compare(subjects, workload, callers, options);
      rows.push([`${workload.name}, ${callers} at once`, ...cells(measured)]);
      targets.push(...targetOf(workload, callers, measured));
    }
  }
  await Promise.all(subjects.map((subject) => subject.close()));
  return {
    title: "Layer on PostgreSQL (10 connections; us of client CPU, ops/s)",
    columns: [
      "",
      "pg us",
      "Sequelize us",
      "layer us",
      "pg /s",
      "Sequelize /s",
      "layer /s",
      "CPU x Sequelize",
      "CPU x pg",
    ],
    rows,
    targets,
  };
}

async function compare(
  subjects: readonly Subject[],
  workload: Workload,
  callers: number,
  options: SectionOptions,
): Promise<Measured[]> {
  const contenders = subjects.map((subject) => ({
    name: subject.name,
    run: (count: number) =>
      spread(count, callers, (index) => workload.run(subject, index)),
  }));
  const count = Math.ceil(workload.count / (options.quick ? 10 : 1));
  return measure(contenders, {
    rounds: options.quick ? 3 : 15,
    count: Math.max(count, callers),
    base: "Sequelize",
  });
}

/** Does the work `count` times, by so many callers at once. */
async function spread(
  count: number,
  callers: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

function cells(measured: readonly Measured[]): string[] {
  const [pg, , ours] = measured;
  return [
    ...measured.map(({ cpuMs }) => format(cpuMs * 1000)),
    ...measured.map(({ wallMs }) => format(1000 / wallMs)),
    format(ours?.cpuRatio ?? NaN),
    format((ours?.cpuRatio ?? NaN) / (pg?.cpuRatio ?? NaN)),
  ];
}

function targetOf(
  { name, limit }: Workload,
  callers: number,
  measured: readonly Measured[],
): Target[] {
  if (limit === undefined) return [];
  return [
    {
      name: `CPU against Sequelize: ${name}, ${callers} at once`,
      measured: measured[2]?.cpuRatio ?? NaN,
      limit,
      bound: "at most",
      unit: " x",
    },
  ];
}

async function createTable(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "CREATE TABLE rows (id serial PRIMARY KEY, text varchar(100) NOT NULL)",
  );
  await client.query(
    "INSERT INTO rows (text) SELECT 'row ' || n FROM generate_series(1, 1000) n",
  );
  await client.end();
}
