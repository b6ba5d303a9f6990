/** The metrics and the log of slow statements, on real databases under load, in Prometheus and in OpenTelemetry. */
import { setTimeout as delay } from "node:timers/promises";
import type { Meter as OpenTelemetryMeter } from "@opentelemetry/api";
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import * as conventions from "@opentelemetry/semantic-conventions/incubating";
import { Transaction } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  countRetries,
  createEngineFromConfig,
  DatabaseConfig,
  drainConnections,
  type Engine,
  logSlowStatements,
  type Meter,
  observeDatabase,
  PoolTimeoutError,
  PrometheusMeter,
  recordDrains,
  RetryConfig,
  retryTransaction,
  type SlowStatement,
} from "../../templates/infrastructure/database/index.ts";
import { withPostgres, withSqliteFile } from "../support/engines.ts";
import { stopOwnServer } from "../support/postgres.ts";

test.after(stopOwnServer);

const databases = {
  PostgreSQL: withPostgres,
  SQLite: withSqliteFile,
};

/** The value of the one line of a metric that has all of the labels. */
function read(text: string, name: string, ...labels: string[]): number {
  const lines = text
    .split("\n")
    .filter(
      (line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `),
    )
    .filter((line) => labels.every((label) => line.includes(label)));
  assert.is(lines.length, 1, `${name} ${labels.join(" ")}\n${text}`);
  return Number(lines[0]?.split(" ").at(-1));
}

const small = { poolSize: 2, maxOverflow: 0, poolTimeout: 0.2 };

for (const [name, lend] of Object.entries(databases)) {
  test(`${name} – the gauges show the truth under load`, () =>
    lend(async (engine) => {
      const meter = new PrometheusMeter();
      observeDatabase(engine, meter);
      const lanes = engine.strategy.lanes.write.size;
      const holders = await Promise.all(
        Array.from({ length: lanes }, () => engine.sequelize.transaction()),
      );
      const waiting = [1, 2, 3].map(() =>
        engine.sequelize.transaction().catch((error: unknown) => error),
      );
      while (engine.pool.waiting() < 3) await delay(1);
      const busy = meter.text();
      const count = "db_client_connection_count";
      assert.is(read(busy, count, 'state="used"'), lanes);
      assert.is(read(busy, count, 'state="idle"'), 0);
      assert.is(read(busy, "db_client_connection_pending_requests"), 3);
      assert.is(read(busy, "db_client_connection_timeouts_total"), 0);
      assert.is(read(busy, "database_ready"), 1);
      for (const result of await Promise.all(waiting))
        assert.instance(result, PoolTimeoutError);
      await Promise.all(holders.map((holder) => holder.rollback()));
      const calm = meter.text();
      assert.is(read(calm, count, 'state="used"'), 0);
      assert.is(read(calm, count, 'state="idle"'), lanes);
      assert.is(read(calm, "db_client_connection_pending_requests"), 0);
      assert.is(read(calm, "db_client_connection_timeouts_total"), 3);
    }, small));

  test(`${name} – statements fall into the bucket of their duration, by operation and error`, () =>
    lend(async (engine) => {
      const meter = new PrometheusMeter();
      observeDatabase(engine, meter);
      const { sequelize } = engine;
      await sequelize.query("CREATE TABLE items (id INTEGER PRIMARY KEY)");
      const insert = "  insert into items values (1)";
      await sequelize.query(insert);
      await sequelize.query(insert).catch(() => undefined);
      await engine.begin((transaction) =>
        sequelize.query("SELECT * FROM items", { transaction }),
      );
      const text = meter.text();
      const duration = "db_client_operation_duration_seconds";
      const inserts = text
        .split("\n")
        .filter((line) => line.startsWith(`${duration}_count`))
        .filter((line) => line.includes('operation_name="INSERT"'));
      assert.is(inserts.length, 2, text);
      assert.is(read(text, `${duration}_count`, 'operation_name="SELECT"'), 1);
      assert.is(read(text, `${duration}_count`, 'operation_name="COMMIT"'), 1);
      const code = name === "SQLite" ? "SQLITE_CONSTRAINT" : "23505";
      assert.is(read(text, `${duration}_count`, `error_type="${code}"`), 1);
      const all = read(text, `${duration}_bucket`, '"SELECT"', 'le="+Inf"');
      assert.is(all, 1);
      assert.ok(read(text, `${duration}_sum`, '"SELECT"') > 0);
    }));

  test(`${name} – slow statements are logged without values, beside the user's own logging`, () =>
    lend(async ({ config }) => {
      const seen: unknown[][] = [];
      const slow: SlowStatement[] = [];
      const warnings: string[] = [];
      const engine = createEngineFromConfig(config, {
        logger: { ...console, warn: (line: string) => warnings.push(line) },
        sequelize: { logging: (...args) => seen.push(args) },
      });
      logSlowStatements(engine, {
        threshold: 0,
        log: (statement) => slow.push(statement),
      });
      logSlowStatements(engine, { threshold: 60 });
      try {
        await engine.sequelize.query("SELECT 'secret' AS a, $1 AS b", {
          bind: ["bound"],
        });
        await engine.sequelize.query("SELECT :c AS c", {
          replacements: { c: "replaced" },
          logging: false,
        });
        await engine.sequelize.query("SELECT nothing").catch(() => undefined);
      } finally {
        await engine.dispose();
      }
      assert.equal(
        slow.map(({ text, failed }) => [text, failed]),
        [
          ["SELECT ? AS a, $1 AS b", false],
          ["SELECT ? AS c", false],
          ["SELECT nothing", true],
        ],
      );
      assert.ok(slow.every(({ duration }) => duration > 0 && duration < 10));
      assert.is(seen.length, 2);
      assert.match(String(seen[0]?.[0]), /^Executing .*'secret'/);
      assert.equal(warnings, []);
    }));

  test(`${name} – a slow statement is a warning of the engine's logger, and a log that fails fails nothing`, () =>
    lend(async ({ config }) => {
      const lines: string[] = [];
      const note = (line: string): number => lines.push(line);
      const engine = createEngineFromConfig(config, {
        logger: { debug: note, info: note, warn: note, error: note },
      });
      logSlowStatements(engine, { threshold: 0 });
      logSlowStatements(engine, {
        threshold: 0,
        log: () => {
          throw new Error("no space left");
        },
      });
      await engine.sequelize.query("SELECT 1 AS one");
      await engine.dispose();
      assert.match(
        lines[1] ?? "",
        /^Watching statements failed: no space left/,
      );
      assert.match(
        lines[0] ?? "",
        /^Slow statement \(\d\.\d{3} s\): SELECT \? AS one$/,
      );
      assert.is(lines.length, 2);
    }));

  test(`${name} – all that watch statements share one hook of Sequelize, and each is told once`, () =>
    lend(async (engine) => {
      const slow: SlowStatement[][] = [[], []];
      const meter = new PrometheusMeter();
      observeDatabase(engine, meter);
      for (const list of slow)
        logSlowStatements(engine, {
          threshold: 0,
          log: (statement) => list.push(statement),
        });
      const { options } = engine.sequelize as unknown as {
        options: { hooks: Readonly<Record<string, readonly unknown[]>> };
      };
      assert.is(options.hooks.beforeQuery?.length, 1);
      assert.is(options.hooks.afterQuery, undefined);
      await engine.sequelize.query("SELECT 1 AS one");
      assert.equal(
        slow.map((list) => list.map(({ text }) => text)),
        [["SELECT ? AS one"], ["SELECT ? AS one"]],
      );
      const count = "db_client_operation_duration_seconds_count";
      assert.is(read(meter.text(), count, '"SELECT"'), 1);
    }));

  test(`${name} – a drain is recorded with what it cancelled`, () =>
    lend(async (engine) => {
      const meter = new PrometheusMeter();
      observeDatabase(engine, meter);
      const recordDrain = recordDrains(meter);
      assert.is(read(meter.text(), "database_drain_cancelled_total"), 0);
      await engine.sequelize.transaction();
      const options = { timeout: 0.05, cancelGrace: 0.1 };
      const result = await drainConnections(engine, options);
      recordDrain(result);
      const text = meter.text();
      assert.is(read(text, "database_ready"), 0);
      assert.is(read(text, "database_drain_cancelled_total"), 1);
      const drain = "database_drain_duration_seconds";
      assert.is(read(text, `${drain}_count`, 'success="false"'), 1);
      assert.is(read(text, `${drain}_sum`), result.timeTaken);
      assert.is(read(text, `${drain}_bucket`, 'le="0.01"'), 0);
      assert.is(read(text, `${drain}_bucket`, 'le="60"'), 1);
    }));
}

/** Two transactions that read what the other one writes: PostgreSQL lets one of them pass. */
async function collide(engine: Engine, meter: Meter): Promise<void> {
  await engine.sequelize.query("CREATE TABLE sums (n int)");
  const onRetry = countRetries(meter);
  const arrived: (() => void)[] = [];
  const bothHaveRead = (): Promise<void> =>
    new Promise((resolve) => {
      arrived.push(resolve);
      if (arrived.length === 2) for (const go of arrived) go();
    });
  const insert = (): Promise<void> =>
    retryTransaction(
      engine,
      async (transaction, attempt) => {
        await engine.sequelize.query("SELECT sum(n) FROM sums", {
          transaction,
        });
        if (attempt === 1) await bothHaveRead();
        await engine.sequelize.query("INSERT INTO sums VALUES (1)", {
          transaction,
        });
      },
      {
        config: new RetryConfig({ baseDelay: 0.01 }),
        onRetry,
        transaction: {
          isolationLevel: Transaction.ISOLATION_LEVELS.SERIALIZABLE,
        },
      },
    );
  await Promise.all([insert(), insert()]);
}

test("PostgreSQL – a real serialization failure is counted as a retry", () =>
  withPostgres(async (engine) => {
    const meter = new PrometheusMeter();
    observeDatabase(engine, meter);
    await collide(engine, meter);
    const text = meter.text();
    assert.is(read(text, "database_retries_total", '"transient"'), 1);
    assert.is(read(text, "database_retries_total", '"connection"'), 0);
    const duration = "db_client_operation_duration_seconds_count";
    assert.is(read(text, duration, 'error_type="40001"'), 1);
  }));

test("OpenTelemetry – its meter fits, and gets what the conventions want", () =>
  withPostgres(async (engine) => {
    const exporter = new InMemoryMetricExporter(
      AggregationTemporality.CUMULATIVE,
    );
    const reader = new PeriodicExportingMetricReader({ exporter });
    const provider = new MeterProvider({ readers: [reader] });
    const meter: OpenTelemetryMeter = provider.getMeter("database");
    observeDatabase(engine, meter, { poolName: "main" });
    recordDrains(meter);
    await collide(engine, meter);
    const held = await engine.sequelize.transaction();
    await reader.forceFlush();
    await held.rollback();
    const metrics = new Map(
      exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap((scope) => scope.metrics)
        .map((metric): [string, MetricData] => [
          metric.descriptor.name,
          metric,
        ]),
    );
    for (const known of [
      conventions.METRIC_DB_CLIENT_CONNECTION_COUNT,
      conventions.METRIC_DB_CLIENT_CONNECTION_IDLE_MAX,
      conventions.METRIC_DB_CLIENT_CONNECTION_LIMIT,
      conventions.METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS,
      conventions.METRIC_DB_CLIENT_CONNECTION_TIMEOUTS,
    ]) {
      const metric = metrics.get(known);
      assert.is(metric?.dataPointType, DataPointType.SUM, known);
      for (const { attributes } of metric?.dataPoints ?? [])
        assert.is(
          attributes[conventions.ATTR_DB_CLIENT_CONNECTION_POOL_NAME],
          "main",
        );
    }
    const used = metrics
      .get(conventions.METRIC_DB_CLIENT_CONNECTION_COUNT)
      ?.dataPoints.find(
        ({ attributes }) =>
          attributes[conventions.ATTR_DB_CLIENT_CONNECTION_STATE] === "used",
      );
    assert.is(used?.value, 1);
    const duration = metrics.get(
      conventions.METRIC_DB_CLIENT_OPERATION_DURATION,
    );
    if (duration?.dataPointType !== DataPointType.HISTOGRAM)
      throw new Error("expected a histogram of the durations");
    assert.is(duration.descriptor.unit, "s");
    const [point] = duration.dataPoints;
    assert.equal(
      point?.value.buckets.boundaries,
      [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    );
    assert.is(point?.attributes[conventions.ATTR_DB_SYSTEM_NAME], "postgresql");
    const failed = duration.dataPoints.filter(
      ({ attributes }) => attributes[conventions.ATTR_ERROR_TYPE] === "40001",
    );
    assert.is(failed.length, 1);
    const retries = metrics.get("database.retries");
    const transient = retries?.dataPoints.find(
      ({ attributes }) => attributes["error.category"] === "transient",
    );
    assert.is(transient?.value, 1);
    await provider.shutdown();
  }));

test("Prometheus – the text keeps to the format", () => {
  const meter = new PrometheusMeter();
  const odd = meter.createCounter("a.b-c", {
    description: "back\\slash\nand line",
    unit: "{thing}",
  });
  odd.add(1, { "x.y": 'quote " back\\slash\nline' });
  odd.add(2, { "x.y": 'quote " back\\slash\nline' });
  const times = meter.createHistogram("t", {
    description: "Times.",
    unit: "s",
    advice: { explicitBucketBoundaries: [0.1, 1] },
  });
  for (const value of [0.05, 0.1, 0.5, 7]) times.record(value);
  assert.is(meter.contentType, "text/plain; version=0.0.4; charset=utf-8");
  assert.is(
    meter.text(),
    `# HELP a_b_c_total back\\\\slash\\nand line
# TYPE a_b_c_total counter
a_b_c_total{x_y="quote \\" back\\\\slash\\nline"} 3
# HELP t_seconds Times.
# TYPE t_seconds histogram
t_seconds_bucket{le="0.1"} 2
t_seconds_bucket{le="1"} 3
t_seconds_bucket{le="+Inf"} 4
t_seconds_sum 7.65
t_seconds_count 4
`,
  );
});

test("Prometheus – attributes that differ in name or value are series of their own, however alike they look", () => {
  const meter = new PrometheusMeter();
  const counter = meter.createCounter("c", { description: "", unit: "1" });
  const attributes = { a: "1" };
  counter.add(1, attributes);
  attributes.a = "2";
  counter.add(2, attributes);
  counter.add(4, { a: "1,b=2" });
  counter.add(8, { a: "1", b: "2" });
  counter.add(16, { b: "1" });
  counter.add(32);
  assert.equal(meter.text().trim().split("\n").slice(2), [
    'c_total{a="1"} 1',
    'c_total{a="2"} 2',
    'c_total{a="1,b=2"} 4',
    'c_total{a="1",b="2"} 8',
    'c_total{b="1"} 16',
    "c_total 32",
  ]);
});

test("Prometheus – two engines share a meter, and one that is disposed of leaves it", () =>
  withSqliteFile(async (engine) => {
    const meter = new PrometheusMeter();
    observeDatabase(engine, meter, { poolName: "first" });
    const memory = createEngineFromConfig(
      new DatabaseConfig(
        { url: "sqlite:///:memory:" },
        { env: {}, envFile: false },
      ),
    );
    const observed = observeDatabase(memory, meter, { poolName: "second" });
    const types = meter.text().match(/^# TYPE db_client_connection_limit /gm);
    assert.is(types?.length, 1);
    read(meter.text(), "db_client_connection_limit", '"first"');
    read(meter.text(), "db_client_connection_limit", '"second"');
    observed[Symbol.dispose]();
    assert.not.match(meter.text(), /connection_limit\{.*"second"/);
    read(meter.text(), "db_client_connection_limit", '"first"');
    await memory.dispose();
  }));

test.run();
