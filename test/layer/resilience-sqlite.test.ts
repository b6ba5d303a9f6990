import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite3 from "sqlite3";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  DatabaseErrorClassifier,
  judgeError,
} from "../../templates/infrastructure/database/resilience/classifier.ts";
import type { ErrorCategory } from "../../templates/infrastructure/database/resilience/error-category.ts";
import { withSqliteFile } from "../support/engines.ts";

console.warn = () => undefined;

const folder = mkdtempSync(join(tmpdir(), "bento-codes-"));
test.after(() => {
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
const newFile = (): string => join(folder, `${(files += 1)}.db`);
const met = new Map<string, unknown>();

/** The work must fail with the code, however it is wrapped, and be of the category. */
async function expectCode(
  code: string,
  category: ErrorCategory,
  work: () => Promise<unknown>,
): Promise<void> {
  const error: unknown = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { code: own, parent } = error as {
    code?: unknown;
    parent?: { code?: unknown };
  };
  assert.is(parent?.code ?? own, code, String(error));
  assert.is(DatabaseErrorClassifier.classify(error), category, code);
  met.set(code, error);
}

type Run = (sql: string, values?: readonly unknown[]) => Promise<unknown>;

/** Runs the work on a connection of the bare driver. */
async function withDriver(
  file: string,
  work: (run: Run, database: sqlite3.Database) => Promise<void>,
  mode = sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
): Promise<void> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, mode, (error) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  const run: Run = (sql, values = []) =>
    new Promise((resolve, reject) => {
      database.all(sql, values, (error, rows) => {
        if (error) reject(error);
        else resolve(rows);
      });
    });
  try {
    await work(run, database);
  } finally {
    await new Promise((resolve) => {
      database.close(resolve);
    });
  }
}

const count =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";

test("through the engine - bad SQL, constraints, a lock", () =>
  withSqliteFile(
    async (engine, file) => {
      const query = (sql: string) => () => engine.sequelize.query(sql);
      await query(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, n INT NOT NULL CHECK (n > 0))",
      )();
      await expectCode("SQLITE_ERROR", "permanent", query("SELEC 1"));
      for (const values of ["(1, -1)", "(1, NULL)", "(1, 1), (1, 1)"])
        await expectCode(
          "SQLITE_CONSTRAINT",
          "integrity",
          query(`INSERT INTO a VALUES ${values}`),
        );
      await expectCode(
        "SQLITE_MISMATCH",
        "permanent",
        query("INSERT INTO a VALUES ('x', 1)"),
      );
      await withDriver(file, async (run) => {
        await run("BEGIN IMMEDIATE");
        await expectCode(
          "SQLITE_BUSY",
          "transient",
          query("INSERT INTO a VALUES (1, 1)"),
        );
      });
    },
    { connectTimeout: 0.1 },
  ));

test("statements that are interrupted, too big, or bound wrongly", () =>
  withDriver(":memory:", async (run, database) => {
    await expectCode("SQLITE_RANGE", "permanent", () =>
      run("SELECT ?", [1, 2]),
    );
    await expectCode("SQLITE_TOOBIG", "permanent", () =>
      run("SELECT zeroblob(3000000000)"),
    );
    setTimeout(() => {
      database.interrupt();
    }, 50);
    await expectCode("SQLITE_INTERRUPT", "timeout", () =>
      run(`${count} SELECT count(*) FROM n`),
    );
  }));

test("memory, disk space and connections that have ended", async () => {
  await withDriver(newFile(), async (run) => {
    await run("CREATE TABLE a (b)");
    await run("PRAGMA max_page_count = 10");
    await expectCode("SQLITE_FULL", "transient", () =>
      run(
        `${count} INSERT INTO a SELECT hex(randomblob(2000)) FROM n LIMIT 99`,
      ),
    );
  });
  let late: Run = () => Promise.resolve();
  await withDriver(newFile(), async (run) => {
    late = run;
    await run("SELECT 1");
  });
  await expectCode("SQLITE_MISUSE", "permanent", () => late("SELECT 1"));
});

test("files that are missing, read-only, foreign, moved or damaged", async () => {
  const nothing = (): Promise<void> => Promise.resolve();
  await expectCode("SQLITE_CANTOPEN", "connection", () =>
    withDriver(join(folder, "no", "such.db"), nothing),
  );
  const file = newFile();
  await withDriver(file, async (run) => {
    await run("CREATE TABLE a (b)");
    await run(`INSERT INTO a ${count} SELECT i FROM n LIMIT 20000`);
  });
  await withDriver(
    file,
    (run) =>
      expectCode("SQLITE_READONLY", "permanent", () =>
        run("INSERT INTO a VALUES (1)"),
      ),
    sqlite3.OPEN_READONLY,
  );
  truncateSync(file, 40_000);
  await withDriver(file, (run) =>
    expectCode("SQLITE_CORRUPT", "permanent", () =>
      run("SELECT sum(b) FROM a"),
    ),
  );
  const foreign = newFile();
  writeFileSync(foreign, "a text that is no database ".repeat(100));
  await withDriver(foreign, (run) =>
    expectCode("SQLITE_NOTADB", "permanent", () =>
      run("SELECT * FROM sqlite_master"),
    ),
  );
});

test("a table that another connection of a shared cache holds", async () => {
  const shared = "file:shared?mode=memory&cache=shared";
  const mode = sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE | sqlite3.OPEN_URI;
  await withDriver(
    shared,
    async (first) => {
      await first("CREATE TABLE a (b)");
      await first("BEGIN");
      await first("INSERT INTO a VALUES (1)");
      await withDriver(
        shared,
        (second) =>
          expectCode("SQLITE_LOCKED", "transient", () =>
            second("SELECT * FROM a"),
          ),
        mode,
      );
    },
    mode,
  );
});

test("memory that has run out", () =>
  withDriver(":memory:", async (run) => {
    await run("PRAGMA hard_heap_limit = 2000000");
    await expectCode("SQLITE_NOMEM", "transient", () =>
      run("SELECT hex(randomblob(4000000))"),
    );
    await run("PRAGMA hard_heap_limit = 0");
  }));

test("at least 15 codes were produced for real, and no verdict hangs on the English text", () => {
  assert.ok(met.size >= 15, [...met.keys()].join(" "));
  for (const [code, error] of met) {
    const before = judgeError(error);
    const { parent } = error as { parent?: unknown };
    for (const each of [error, parent])
      if (each instanceof Error)
        Object.defineProperty(each, "message", {
          value: "もう一度お試しください",
        });
    assert.equal(judgeError(error), before, code);
  }
});

test("the forms of the other drivers", () => {
  const forms: readonly (readonly [object, ErrorCategory])[] = [
    [{ code: "ERR_SQLITE_ERROR", errcode: 5 }, "transient"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 517 }, "transient"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 2067 }, "integrity"],
    [{ code: "ERR_SQLITE_ERROR", errcode: 11 | (7 << 8) }, "permanent"],
    [{ code: "SQLITE_BUSY_SNAPSHOT" }, "transient"],
    [{ code: "SQLITE_CONSTRAINT_CHECK" }, "integrity"],
    [{ code: "SQLITE_CONSTRAINT_FOREIGNKEY" }, "integrity"],
    [{ code: "SQLITE_CONSTRAINT_NOTNULL" }, "integrity"],
    [{ code: "SQLITE_CONSTRAINT_PRIMARYKEY" }, "integrity"],
    [{ code: "SQLITE_CONSTRAINT_TRIGGER" }, "integrity"],
    [{ code: "SQLITE_CONSTRAINT", errno: 1299 }, "integrity"],
    [{ code: "SQLITE_LOCKED_SHAREDCACHE" }, "transient"],
    [{ code: "SQLITE_READONLY_DBMOVED" }, "connection"],
    [{ code: "SQLITE_CANTOPEN_ISDIR" }, "permanent"],
    [{ code: "SQLITE_IOERR_SOMETHING_NEW" }, "connection"],
    [{ code: "SQLITE_PROTOCOL", errno: 15 }, "transient"],
    [{ code: "SQLITE_SCHEMA", errno: 17 }, "transient"],
    [{ code: "SQLITE_AUTH", errno: 23 }, "permanent"],
    [{ code: "SQLITE_NOT_INVENTED" }, "unknown"],
  ];
  for (const [form, category] of forms)
    assert.is(
      DatabaseErrorClassifier.classify(Object.assign(new Error("x"), form)),
      category,
      JSON.stringify(form),
    );
});

test.run();
