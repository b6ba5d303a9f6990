import { setTimeout as delay } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  PoolClosedError,
  PoolTimeoutError,
} from "../../templates/infrastructure/database/errors.ts";
import type { ConnectionPool } from "../../templates/infrastructure/database/pool/connection-pool.ts";
import { SlotRack } from "../../templates/infrastructure/database/pool/slot-rack.ts";
import type { Slot } from "../../templates/infrastructure/database/pool/slot.ts";
import {
  FakeConnection,
  fakePool,
  FakeServer,
  healing,
} from "../support/fake-connections.ts";
import { announcedSeed, randomFrom } from "../support/random.ts";

function fake(slot: Slot): FakeConnection {
  assert.instance(slot.connection, FakeConnection);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- just checked
  return slot.connection as FakeConnection;
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("Expected a failure, got none.");
}

async function settle(): Promise<void> {
  await delay(5);
}

test("opens what is needed, keeps size, closes the overflow when it is returned", async () => {
  const server = new FakeServer();
  const pool = fakePool(server);
  const slots = await Promise.all([
    pool.acquire(),
    pool.acquire(),
    pool.acquire(),
  ]);
  assert.is(pool.figures().overflow, 1);
  for (const slot of slots) pool.release(slot);
  await settle();
  assert.equal(pool.figures(), {
    size: 2,
    maxOverflow: 1,
    overflow: 0,
    checkedOut: 0,
    checkedIn: 2,
    waiting: 0,
  });
  assert.is(server.open, 2);
});

test("a dead connection that is still lent serves nobody: the server is looked for at the fast pace", () => {
  const rack = new SlotRack(() => undefined);
  const connection = new FakeConnection(0, () => undefined);
  rack.add(connection);
  assert.is(rack.serving, true);
  connection.notice("lost");
  assert.is(rack.lent, 1);
  assert.is(rack.serving, false);
});

test("destroyAll resolves when what was idle is closed too", async () => {
  const server = new FakeServer();
  const pool = fakePool(server);
  const slots = await Promise.all([pool.acquire(), pool.acquire()]);
  for (const slot of slots) pool.release(slot);
  await pool.destroyAll();
  assert.is(server.open, 0);
});

test("lends the connection returned last first", async () => {
  const server = new FakeServer();
  const pool = fakePool(server);
  const [one, two] = await Promise.all([pool.acquire(), pool.acquire()]);
  pool.release(two);
  pool.release(one);
  assert.is(await pool.acquire(), one);
  assert.is(await pool.acquire(), two);
});

test("serves who waits in the order in which they came", async () => {
  const server = new FakeServer();
  const pool = fakePool(server, { size: 1, maxOverflow: 0 });
  const first = await pool.acquire();
  const order: number[] = [];
  const work = Array.from({ length: 20 }, async (_, index) => {
    const slot = await pool.acquire();
    order.push(index);
    pool.release(slot);
  });
  pool.release(first);
  await Promise.all(work);
  assert.equal(
    order,
    [...order].sort((a, b) => a - b),
  );
  assert.is(server.attempts, 1);
});

test("tells the figures when no connection becomes free in time", async () => {
  const pool = fakePool(new FakeServer(), {
    size: 1,
    maxOverflow: 1,
    timeoutMs: 30,
  });
  const slots = [await pool.acquire(), await pool.acquire()];
  const error = await failure(pool.acquire());
  assert.instance(error, PoolTimeoutError);
  assert.is((error as PoolTimeoutError).code, "POOL_TIMEOUT");
  assert.match(
    (error as Error).message,
    /within 0\.03 s \(size 1, overflow 1 of 1, checked out 2, idle 0, waiting \d\)\. Hint\./,
  );
  for (const slot of slots) pool.release(slot);
  assert.ok(await pool.acquire());
});

test("names why connecting failed when that is what took the time", async () => {
  const server = new FakeServer();
  server.down = true;
  const pool = fakePool(server, { timeoutMs: 150 });
  const error = await failure(pool.acquire());
  assert.instance(error, PoolTimeoutError);
  assert.match((error as Error).message, /attempt to connect failed: refused/);
  assert.ok(server.attempts > 1);
});

test("waits while the database is away, with one attempt at a time, and recovers at once", async () => {
  const server = new FakeServer();
  server.down = true;
  const pool = fakePool(server, { size: 5, timeoutMs: 5000 });
  const waiting = Array.from({ length: 30 }, async () => {
    const slot = await pool.acquire();
    pool.release(slot);
  });
  await delay(400);
  assert.ok(server.attempts < 30, `${server.attempts} attempts`);
  const before = performance.now();
  server.down = false;
  await Promise.all(waiting);
  assert.ok(performance.now() - before < 1000);
});

test("an error that no waiting heals goes to the caller at once", async () => {
  const server = new FakeServer();
  server.failures = [new Error("wrong password")];
  const pool = fakePool(server);
  const error = await failure(pool.acquire());
  assert.is((error as Error).message, "wrong password");
  assert.ok(await pool.acquire());
});

test("when no more connections are granted, callers share those that exist", async () => {
  const server = new FakeServer();
  const pool = fakePool(server, { size: 10, timeoutMs: 5000 });
  const held = [await pool.acquire(), await pool.acquire()];
  server.down = true;
  const waiting = Array.from({ length: 20 }, async () => {
    const slot = await pool.acquire();
    pool.release(slot);
  });
  for (const slot of held) pool.release(slot);
  await Promise.all(waiting);
  assert.is(server.connections.length, 2);
});

test("replaces an old connection at checkout", async () => {
  const server = new FakeServer();
  const pool = fakePool(server, { recycleMs: 20 });
  const old = await pool.acquire();
  pool.release(old);
  await delay(30);
  const slot = await pool.acquire();
  assert.is.not(slot, old);
  assert.is(fake(old).open, false);
});

test("pings what has been idle, not what has just been used or opened", async () => {
  const server = new FakeServer();
  const pool = fakePool(server, { prePing: true, prePingIdleMs: 30 });
  const slot = await pool.acquire();
  assert.is(fake(slot).pings, 0);
  pool.release(slot);
  pool.release(await pool.acquire());
  assert.is(fake(slot).pings, 0);
  await delay(40);
  await pool.acquire();
  assert.is(fake(slot).pings, 1);
});

test("a connection that nobody was waiting for any more is pinged like any other", async () => {
  const server = new FakeServer();
  const pool = fakePool(server, { prePing: true });
  const held = await pool.acquire();
  const late = pool.acquire();
  pool.release(held);
  pool.release(await late);
  await settle();
  assert.is(pool.figures().checkedIn, 2);
  for (const connection of server.connections) connection.alive = false;
  const slot = await pool.acquire();
  assert.is(fake(slot).alive, true);
});

test("a failed ping replaces all older connections, and no caller notices", async () => {
  const server = new FakeServer();
  const pool = fakePool(server, { prePing: true });
  const slots = await Promise.all([pool.acquire(), pool.acquire()]);
  for (const slot of slots) {
    pool.release(slot);
    fake(slot).alive = false;
  }
  const slot = await pool.acquire();
  assert.not(slots.includes(slot));
  await settle();
  assert.is(server.open, 1);
});

test("never pools a connection with an open transaction", async () => {
  const server = new FakeServer();
  const pool = fakePool(server);
  const slot = await pool.acquire();
  fake(slot).inTransaction = true;
  pool.release(slot);
  await settle();
  assert.is(pool.figures().checkedIn, 0);
  assert.is(server.open, 0);
});

test("a connection that dies at rest leaves the pool; a demoted server takes the others along", async () => {
  const server = new FakeServer();
  const pool = fakePool(server);
  const [one, two] = await Promise.all([pool.acquire(), pool.acquire()]);
  pool.release(one);
  fake(one).notice("lost");
  assert.is(pool.figures().checkedIn, 0);
  const three = await pool.acquire();
  pool.release(three);
  fake(two).notice("demoted");
  pool.release(two);
  await settle();
  assert.is(server.open, 0);
});

test("returning twice does no harm", async () => {
  const server = new FakeServer();
  const pool = fakePool(server);
  const slot = await pool.acquire();
  pool.release(slot);
  pool.release(slot);
  assert.is(pool.figures().checkedIn, 1);
  await pool.destroy(slot);
  await pool.destroy(slot);
  assert.is(server.open, 0);
});

test("closing serves who waits or refuses them, and refuses all who come", async () => {
  for (const waiters of ["serve", "refuse"] as const) {
    const server = new FakeServer();
    const pool = fakePool(server, { size: 1, maxOverflow: 0 });
    const slot = await pool.acquire();
    const waiting = pool.acquire();
    pool.close(waiters);
    assert.instance(await failure(pool.acquire()), PoolClosedError);
    if (waiters === "refuse")
      assert.instance(await failure(waiting), PoolClosedError);
    pool.release(slot);
    if (waiters === "serve") pool.release(await waiting);
    await pool.idle();
    await settle();
    assert.is(server.open, 0);
  }
});

test("idle waits for who holds a connection, and gives up with its signal", async () => {
  const pool = fakePool(new FakeServer());
  const slot = await pool.acquire();
  const reason = new Error("too long");
  const stop = new AbortController();
  const waiting = failure(pool.idle(stop.signal));
  stop.abort(reason);
  assert.is(await waiting, reason);
  const idle = pool.idle();
  pool.release(slot);
  await idle;
});

test("a connection that is not returned is reported once, with the stack that took it", async () => {
  const warnings: string[] = [];
  const pool = fakePool(new FakeServer(), {
    leakThresholdMs: 20,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => warnings.push(message),
      error: () => undefined,
    },
  });
  const slot = await borrowAndForget(pool);
  await delay(80);
  assert.is(warnings.length, 1);
  assert.match(warnings[0] ?? "", /borrowAndForget/);
  pool.release(slot);
  pool.release(await pool.acquire());
  await delay(40);
  assert.is(warnings.length, 1);
});

async function borrowAndForget(pool: ConnectionPool): Promise<Slot> {
  return await pool.acquire();
}

test("10,000 random steps leak no place and never exceed the limit", async () => {
  const random = randomFrom(announcedSeed());
  const server = new FakeServer();
  const pool = fakePool(server, {
    size: 3,
    maxOverflow: 2,
    timeoutMs: 60,
    prePing: true,
    prePingIdleMs: 1,
    recycleMs: 40,
  });
  const held = new Set<Slot>();
  const pending = new Set<Promise<void>>();
  const acquire = (): void => {
    const work: Promise<void> = pool
      .acquire({ timeoutMs: 1 + random() * 60 })
      .then(
        (slot) => {
          assert.not(held.has(slot), "a connection was lent twice");
          held.add(slot);
        },
        () => undefined,
      )
      .finally(() => pending.delete(work));
    pending.add(work);
  };
  for (let step = 0; step < 10_000; step++) {
    const [slot] = held;
    const choice = random();
    if (choice < 0.45) acquire();
    else if (slot !== undefined && choice < 0.95) {
      held.delete(slot);
      if (random() < 0.05) fake(slot).inTransaction = true;
      if (random() < 0.03) fake(slot).notice("demoted");
      if (random() < 0.1) fake(slot).alive = false;
      if (random() < 0.1) await pool.destroy(slot);
      else pool.release(slot);
    } else if (choice < 0.97) server.failures.push(healing());
    else if (choice < 0.98) server.failures.push(new Error("permanent"));
    else if (choice < 0.985) server.down = !server.down;
    else if (choice < 0.99) {
      const any = server.connections.at(-1);
      if (any?.open === true) any.notice("lost");
    }
    if (step % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (step % 500 === 0) await delay(2);
  }
  server.down = false;
  server.failures = [];
  while (pending.size > 0) {
    for (const slot of held) pool.release(slot);
    held.clear();
    await delay(2);
  }
  for (const slot of held) pool.release(slot);
  await delay(20);
  assert.ok(server.mostOpen <= 5, `${server.mostOpen} open at once`);
  const { checkedOut, waiting, checkedIn } = pool.figures();
  assert.is(checkedOut, 0);
  assert.is(waiting, 0);
  assert.is(server.open, checkedIn);
  const all = await Promise.all(
    Array.from({ length: 5 }, () => pool.acquire({ timeoutMs: 5000 })),
  );
  assert.is(new Set(all).size, 5);
});

test.run();
