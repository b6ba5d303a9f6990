import { strict as assert } from "node:assert";
import { test } from "uvu";
import { DatabaseErrorClassifier } from "../resilience/classifier.ts";
import { CommitInDoubtError } from "../resilience/commit-in-doubt.ts";
import { ErrorCategory } from "../resilience/error-category.ts";
import { RetryConfig } from "../resilience/retry-config.ts";
import { retryHistoryOf } from "../resilience/retry-history.ts";
import { retryOnDbError } from "../resilience/retry.ts";
import { retryTransaction } from "../resilience/transaction-retry.ts";
import { withEngine } from "./fixtures.ts";

const config = new RetryConfig({ baseDelay: 0.001 });

// A code that passes by itself, whatever the database.
function lostConnection(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

test("a fault that passes by itself is tried again", async () => {
  let attempts = 0;
  const result = await retryOnDbError(
    (attempt) => {
      attempts = attempt;
      return attempt < 3
        ? Promise.reject(lostConnection())
        : Promise.resolve(7);
    },
    { config },
  );
  assert.equal(result, 7);
  assert.equal(attempts, 3);
});

test("the last error is thrown as it was, with its history beside it", async () => {
  const error = lostConnection();
  await assert.rejects(
    retryOnDbError(() => Promise.reject(error), { config }),
    (thrown) => thrown === error,
  );
  assert.equal(retryHistoryOf(error)?.attempts, 3);
});

test("bugs and commits in doubt are never repeated", async () => {
  for (const error of [
    new TypeError("a bug"),
    new CommitInDoubtError("COMMIT", lostConnection()),
  ]) {
    let attempts = 0;
    const work = (): Promise<never> => {
      attempts += 1;
      return Promise.reject(error);
    };
    await assert.rejects(retryOnDbError(work, { config }));
    assert.equal(attempts, 1);
  }
});

test("what the database refuses for good is permanent", async () => {
  await withEngine(async (engine) => {
    const error: unknown = await engine.sequelize
      .query("SELECT * FROM no_such_table")
      .catch((thrown: unknown) => thrown);
    assert.equal(
      DatabaseErrorClassifier.classify(error),
      ErrorCategory.PERMANENT,
    );
  });
});

test("a transaction is run again as a whole, and stored once", async () => {
  await withEngine(async (engine) => {
    const { sequelize } = engine;
    await sequelize.query("DROP TABLE IF EXISTS retried");
    await sequelize.query("CREATE TABLE retried (id INTEGER)");
    await retryTransaction(
      engine,
      async (transaction, attempt) => {
        const insert = "INSERT INTO retried VALUES (1)";
        await sequelize.query(insert, { transaction });
        if (attempt === 1) throw lostConnection();
      },
      { config, exactlyOnce: true },
    );
    const [rows] = await sequelize.query("SELECT id FROM retried");
    assert.equal(rows.length, 1);
    await sequelize.query("DROP TABLE retried");
  });
});

test.run();
