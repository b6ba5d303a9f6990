import { test } from "uvu";
import * as assert from "uvu/assert";
import { UniqueConstraintError } from "sequelize";
import {
  DEFAULT_RETRY_CONFIG,
  RetryConfig,
} from "../../templates/infrastructure/database/resilience/retry-config.ts";
import { retryHistoryOf } from "../../templates/infrastructure/database/resilience/retry-history.ts";
import {
  retryOnDbError,
  type RetryOptions,
} from "../../templates/infrastructure/database/resilience/retry.ts";
import { RetryableOperation } from "../../templates/infrastructure/database/resilience/retryable-operation.ts";

const quick = new RetryConfig({ baseDelay: 0.001, maxAttempts: 4 });

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Work that fails with each of the codes in turn and then succeeds. */
function failing(...codes: string[]): {
  work: (attempt: number) => Promise<string>;
  readonly attempts: number[];
} {
  const attempts: number[] = [];
  return {
    attempts,
    work: (attempt) => {
      attempts.push(attempt);
      const code = codes[attempt - 1];
      return code === undefined
        ? Promise.resolve("done")
        : Promise.reject(withCode(code));
    },
  };
}

async function outcome(
  codes: readonly string[],
  options: RetryOptions = { config: quick },
): Promise<{ result: string; attempts: number }> {
  const { work, attempts } = failing(...codes);
  const result = await retryOnDbError(work, options).catch((error: unknown) =>
    String((error as { code?: unknown }).code),
  );
  return { result, attempts: attempts.length };
}

test("the matrix - what is run again, how often, and what comes out", async () => {
  const rows: readonly (readonly [string[], string, number])[] = [
    [[], "done", 1],
    [["40001"], "done", 2],
    [["40001", "40P01", "08006"], "done", 4],
    [["40001", "40001", "40001", "40001"], "40001", 4],
    [["23505"], "23505", 1],
    [["42601"], "42601", 1],
    [["57014"], "57014", 1],
    [["40001", "23505"], "23505", 2],
    [["25006"], "done", 2],
    [["25006", "25006"], "25006", 2],
    [["53100", "58030"], "58030", 2],
    [["25006", "40001"], "done", 3],
    [["40003"], "40003", 1],
    [["COMMIT_IN_DOUBT"], "COMMIT_IN_DOUBT", 1],
    [["TRANSACTION_LOST"], "done", 2],
    [["POOL_CLOSED"], "POOL_CLOSED", 1],
    [["SQLITE_BUSY", "SQLITE_LOCKED"], "done", 3],
    [["SQLITE_CORRUPT"], "SQLITE_CORRUPT", 1],
    [["SOMETHING_ELSE"], "SOMETHING_ELSE", 1],
  ];
  for (const [codes, result, attempts] of rows)
    assert.equal(await outcome(codes), { result, attempts }, codes.join(" "));
});

test("retryIf - adds errors that are worth another attempt, up to the budget", async () => {
  const retryIf = (error: unknown): boolean =>
    (error as { code?: unknown }).code === "23505";
  assert.equal(await outcome(["23505"], { config: quick, retryIf }), {
    result: "done",
    attempts: 2,
  });
  const always = Array.from({ length: 9 }, () => "23505");
  assert.equal(await outcome(always, { config: quick, retryIf }), {
    result: "23505",
    attempts: 4,
  });
});

test("the last error is thrown as it was, and its history beside it", async () => {
  const unique = new UniqueConstraintError({});
  let attempt = 0;
  const error: unknown = await retryOnDbError(
    () => Promise.reject((attempt += 1) === 1 ? withCode("40001") : unique),
    { config: quick },
  ).catch((thrown: unknown) => thrown);
  assert.is(error, unique);
  const history = retryHistoryOf(error);
  assert.is(history?.attempts, 2);
  assert.is(history?.errors[1], unique);
  assert.ok((history?.elapsed ?? -1) >= 0);
  assert.is(retryHistoryOf(new Error("another")), undefined);
  assert.is(retryHistoryOf("text"), undefined);
});

test("work that throws before its first await is treated alike", async () => {
  let calls = 0;
  const result = await retryOnDbError(
    () => {
      calls += 1;
      if (calls === 1) throw withCode("40001");
      return Promise.resolve(calls);
    },
    { config: quick },
  );
  assert.is(result, 2);
});

test("onRetry - told of each repetition before it, awaited, and able to end it", async () => {
  const told: [string, number][] = [];
  const { work } = failing("40001", "40P01");
  await retryOnDbError(work, {
    config: quick,
    onRetry: async (error, { attempt, delay }) => {
      await Promise.resolve();
      assert.ok(delay <= quick.maxDelay);
      told.push([(error as { code: string }).code, attempt]);
    },
  });
  assert.equal(told, [
    ["40001", 1],
    ["40P01", 2],
  ]);
  const stopped = await outcome(["40001"], {
    config: quick,
    onRetry: () => {
      throw withCode("STOP");
    },
  });
  assert.equal(stopped, { result: "STOP", attempts: 1 });
});

test("signal - nothing starts when it has aborted already", async () => {
  const { work, attempts } = failing();
  const reason = new Error("not wanted");
  const error: unknown = await retryOnDbError(work, {
    signal: AbortSignal.abort(reason),
  }).catch((thrown: unknown) => thrown);
  assert.is(error, reason);
  assert.equal(attempts, []);
});

test("signal - ends the waiting at once with its reason", async () => {
  const controller = new AbortController();
  const { work, attempts } = failing("40001", "40001");
  const reason = new Error("the caller has left");
  const running = retryOnDbError(work, {
    config: new RetryConfig({ baseDelay: 60, maxDelay: 60 }),
    signal: controller.signal,
    onRetry: () => {
      setTimeout(() => {
        controller.abort(reason);
      }, 10);
    },
  });
  const error: unknown = await running.catch((thrown: unknown) => thrown);
  assert.is(error, reason);
  assert.is(retryHistoryOf(error)?.attempts, 1);
  assert.equal(attempts, [1]);
});

test("signal - a running attempt is not cut off, its error is the one thrown", async () => {
  const controller = new AbortController();
  const { work, attempts } = failing("40001");
  const error: unknown = await retryOnDbError(
    (attempt) => {
      controller.abort();
      return work(attempt);
    },
    { config: quick, signal: controller.signal },
  ).catch((thrown: unknown) => thrown);
  assert.is((error as { code: string }).code, "40001");
  assert.equal(attempts, [1]);
});

test("deadline - no attempt starts later, and none is waited for", async () => {
  const slow = new RetryConfig({
    maxAttempts: 50,
    baseDelay: 30,
    maxDelay: 30,
  });
  assert.equal(await outcome(["40001"], { config: slow, deadline: 5 }), {
    result: "40001",
    attempts: 1,
  });
  const patient = new RetryConfig({
    maxAttempts: 1000,
    baseDelay: 0.01,
    exponentialBase: 1,
    jitter: false,
  });
  const always = Array.from({ length: 1000 }, () => "40001");
  const { result, attempts } = await outcome(always, {
    config: patient,
    deadline: 0.2,
  });
  assert.is(result, "40001");
  assert.ok(attempts > 1 && attempts <= 20, String(attempts));
});

test("RetryConfig - the guide's numbers, growing delays, never above maxDelay", () => {
  const { maxAttempts, baseDelay, maxDelay, exponentialBase, jitter } =
    DEFAULT_RETRY_CONFIG;
  assert.equal(
    { maxAttempts, baseDelay, maxDelay, exponentialBase, jitter },
    {
      maxAttempts: 3,
      baseDelay: 0.1,
      maxDelay: 10,
      exponentialBase: 2,
      jitter: true,
    },
  );
  const even = new RetryConfig({ jitter: false });
  assert.equal(
    [1, 2, 3, 4, 8, 9, 5000].map((attempt) => even.calculateDelay(attempt)),
    [0.1, 0.2, 0.4, 0.8, 10, 10, 10],
  );
  for (let attempt = 1; attempt <= 2000; attempt += 1) {
    const delay = DEFAULT_RETRY_CONFIG.calculateDelay(attempt);
    const whole = even.calculateDelay(attempt);
    assert.ok(delay >= whole / 2 && delay <= whole, `${attempt}: ${delay}`);
  }
  assert.ok(Object.isFrozen(even));
});

test("RetryConfig - names everything that is wrong at once", () => {
  assert.throws(
    () =>
      new RetryConfig({ maxAttempts: 0, baseDelay: -1, exponentialBase: 0.5 }),
    (error: Error) =>
      error instanceof RangeError &&
      error.message.includes(
        "maxAttempts: expected an integer from 1, got 0",
      ) &&
      error.message.includes("baseDelay: expected seconds from 0, got -1") &&
      error.message.includes(
        "exponentialBase: expected a number from 1, got 0.5",
      ),
  );
  for (const wrong of [
    { maxAttempts: 1.5 },
    { maxAttempts: Number.NaN },
    { baseDelay: Number.NaN },
    { maxDelay: 0.01 },
    { maxDelay: 30_000 },
    { exponentialBase: Number.NaN },
  ])
    assert.throws(() => new RetryConfig(wrong), /Invalid RetryConfig/);
});

test("RetryableOperation - runs its work again, or throws", async () => {
  const operation = new RetryableOperation({ config: quick });
  const first = failing("40001");
  assert.is(await operation.run(first.work), "done");
  assert.equal(first.attempts, [1, 2]);
  const second = failing("23505");
  let thrown: unknown;
  await operation.run(second.work).catch((error: unknown) => (thrown = error));
  assert.is((thrown as { code: string }).code, "23505");
});

test("a thousand retries at once leave no timer and no listener behind", async () => {
  const controller = new AbortController();
  const results = await Promise.all(
    Array.from({ length: 1000 }, () => {
      const { work } = failing("40001", "40P01");
      return retryOnDbError(work, { config: quick, signal: controller.signal });
    }),
  );
  assert.ok(results.every((result) => result === "done"));
});

test.run();
