import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { QueryTypes } from "sequelize";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { judgeError } from "../../templates/infrastructure/database/resilience/classifier.ts";
import { RetryConfig } from "../../templates/infrastructure/database/resilience/retry-config.ts";
import { retryTransaction } from "../../templates/infrastructure/database/resilience/transaction-retry.ts";
import { engineFor } from "../support/engines.ts";
import { announcedSeed, randomFrom } from "../support/random.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

const kills = 50;
const childFile = join(import.meta.dirname, "sqlite-child.ts");

/** Runs the work on a fresh file with the table that the child process writes to. */
async function withFile(work: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bento-sqlite-faults-"));
  const file = join(folder, "test.db");
  await using(file, (engine) =>
    engine.sequelize.query("CREATE TABLE kept (n INT, part INT, payload BLOB)"),
  );
  try {
    await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lends an engine on the file; its URL may say more. */
async function using<T>(
  file: string,
  work: (engine: Engine) => Promise<T>,
  parameters = "",
): Promise<T> {
  const engine = engineFor({ url: `sqlite:///${file}${parameters}` });
  try {
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}

interface Child {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** Resolves when it has printed so many lines, or ended. */
  printed(count: number): Promise<void>;
  ended(): Promise<void>;
}

/** The child in a shell that can limit it first. */
function startChild(words: readonly string[], limit = "true"): Child {
  const child = spawn(
    "bash",
    [
      "-c",
      `${limit} && exec "$@"`,
      "bash",
      process.execPath,
      "--import",
      "tsx",
      childFile,
      ...words,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const ended = Promise.all([once(child, "exit"), once(reader, "close")]);
  return {
    process: child,
    lines,
    printed: async (count) => {
      while (lines.length < count && child.exitCode === null) await delay(2);
    },
    ended: async () => {
      await ended;
    },
  };
}

function insert(engine: Engine, n: number): Promise<unknown> {
  return retryTransaction(
    engine,
    (transaction) =>
      engine.sequelize.query(`INSERT INTO kept (n) VALUES (${n})`, {
        transaction,
      }),
    { config: new RetryConfig({ maxAttempts: 2, baseDelay: 0.01 }) },
  );
}

async function all<Row extends object>(
  file: string,
  sql: string,
): Promise<Row[]> {
  return using(file, (engine) =>
    engine.sequelize.query<Row>(sql, { type: QueryTypes.SELECT }),
  );
}

async function count(engine: Engine): Promise<number | undefined> {
  const [row] = await engine.sequelize.query<{ count: number }>(
    "SELECT count(*) AS count FROM kept",
    { type: QueryTypes.SELECT },
  );
  return row?.count;
}

async function expectSound(file: string): Promise<void> {
  assert.equal(await all(file, "PRAGMA integrity_check"), [
    { integrity_check: "ok" },
  ]);
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test(`kill -9 during writes, ${kills} times – every acknowledged commit is there, none is half there`, () =>
  withFile(async (file) => {
    const random = randomFrom(announcedSeed());
    const acknowledged = new Set<number>();
    for (let round = 0; round < kills; round += 1) {
      const child = startChild(["write", file]);
      await child.printed(1 + Math.floor(random() * 40));
      await delay(random() * 5);
      child.process.kill("SIGKILL");
      await child.ended();
      for (const line of child.lines) acknowledged.add(Number(line));
      const rows = await all<{ n: number; parts: number }>(
        file,
        "SELECT n, count(*) AS parts FROM kept GROUP BY n",
      );
      const told = child.lines.length;
      assert.ok(
        told > 0 && (rows.length === told || rows.length === told + 1),
        `${rows.length} rows, ${told} acknowledged`,
      );
      assert.ok(
        rows.every(({ parts }) => parts === 2),
        "half a transaction",
      );
      await using(file, (engine) => engine.sequelize.query("DELETE FROM kept"));
    }
    await expectSound(file);
  }));

test("locked by another process for less than the timeout – the write waits and succeeds", () =>
  withFile(async (file) => {
    const child = startChild(["hold", file, "0.5"]);
    await child.printed(1);
    await using(file, (engine) => insert(engine, 1), "?busy_timeout=20000");
    await child.ended();
    assert.equal(await all(file, "SELECT n FROM kept"), [{ n: 1 }]);
  }));

test("locked by another process for longer – a transient error in time, readers go on, then it works", () =>
  withFile(async (file) => {
    const child = startChild(["hold", file, "60"]);
    await child.printed(1);
    await using(
      file,
      async (engine) => {
        const error = await failure(insert(engine, 1));
        assert.is(judgeError(error).category, "transient");
        assert.is(await count(engine), 0);
        child.process.kill("SIGKILL");
        await child.ended();
        await insert(engine, 2);
        assert.is(engine.pool.checkedOut(), 0);
      },
      "?busy_timeout=200",
    );
    assert.equal(await all(file, "SELECT n FROM kept"), [{ n: 2 }]);
  }));

test("a full disk – nothing acknowledged is lost, nothing is half there, and it works when there is space", () =>
  withFile(async (file) => {
    // Files of this process end at two megabytes, in blocks of 1,024 bytes.
    const child = startChild(["fill", file], "trap '' XFSZ && ulimit -f 2048");
    await child.ended();
    const acknowledged = child.lines.filter((line) => /^\d+$/.test(line));
    const rest = child.lines.slice(acknowledged.length);
    assert.match(rest[0] ?? "", /^refused: (transient|connection) once$/);
    assert.is(rest[1], "in use: 0");
    assert.ok(acknowledged.length > 0);
    await expectSound(file);
    const rows = await all<{ n: number; parts: number }>(
      file,
      "SELECT n, count(*) AS parts FROM kept GROUP BY n",
    );
    assert.equal(
      rows,
      acknowledged.map((n) => ({ n: Number(n), parts: 2 })),
    );
    await using(file, (engine) => insert(engine, 9999));
  }));

test("a file that is damaged – permanent, at once and every time", () =>
  withFile(async (file) => {
    await using(file, async (engine) => {
      for (let n = 0; n < 200; n += 1)
        await engine.sequelize.query(
          `INSERT INTO kept VALUES (${n}, 0, randomblob(2000))`,
        );
    });
    truncateSync(file, 100_000);
    await using(file, async (engine) => {
      for (let turn = 0; turn < 3; turn += 1) {
        const error = await failure(
          retryTransaction(
            engine,
            (transaction) =>
              engine.sequelize.query("SELECT sum(length(payload)) FROM kept", {
                transaction,
              }),
            {
              onRetry: () => {
                assert.unreachable("retried in vain");
              },
            },
          ),
        );
        assert.is(judgeError(error).category, "permanent", String(error));
      }
      assert.is(engine.pool.checkedOut(), 0);
    });
  }));

test("a file that is no database – permanent, at once", () =>
  withFile(async (file) => {
    writeFileSync(`${file}.txt`, "a text that is no database ".repeat(100));
    await using(`${file}.txt`, async (engine) => {
      for (const work of [() => count(engine), () => insert(engine, 1)])
        assert.is(judgeError(await failure(work())).category, "permanent");
      assert.is(engine.pool.checkedOut(), 0);
    });
  }));

for (const journal of ["WAL", "DELETE"])
  test(`a file that may only be read (${journal}) – reads work, writes are permanent errors`, () =>
    withFile(async (file) => {
      const parameters = `?journal_mode=${journal}`;
      await using(file, (engine) => insert(engine, 1), parameters);
      chmodSync(file, 0o444);
      await using(
        file,
        async (engine) => {
          for (let turn = 0; turn < 3; turn += 1) {
            const error = await failure(insert(engine, 2));
            assert.is(judgeError(error).category, "permanent", String(error));
            assert.is(await count(engine), 1);
          }
          assert.is(engine.pool.checkedOut(), 0);
        },
        // Permissions do not bind root.
        "?mode=ro",
      );
    }));

test.run();
