/**
 * A process that works on a SQLite file: `sqlite-child.ts <what> <file> [seconds]`.
 *
 * `write` stores row after row and prints each number once it is acknowledged; `hold` keeps the write lock for so many
 * seconds; `fill` writes until it is refused and prints why, and then what a small write and a read come to.
 */
import { writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { judgeError } from "../../templates/infrastructure/database/resilience/classifier.ts";
import { engineFor } from "../support/engines.ts";

// Sequelize warns of every transaction that fails.
console.warn = () => undefined;

const [what = "", file = "", seconds = "0"] = process.argv.slice(2);
const engine = engineFor({ url: `sqlite:///${file}` });

/** Not by console.log: what is printed must be out before the process can be killed. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function store(rows: Engine, n: number, size: number): Promise<void> {
  await rows.begin(async (transaction) => {
    for (const part of [0, 1])
      await rows.sequelize.query(
        `INSERT INTO kept (n, part, payload) VALUES (${n}, ${part}, randomblob(${size}))`,
        { transaction },
      );
  });
}

async function write(): Promise<void> {
  for (let n = 1; ; n += 1) {
    await store(engine, n, 2000);
    say(String(n));
  }
}

async function hold(): Promise<void> {
  await engine.begin(async () => {
    say("held");
    await delay(Number(seconds) * 1000);
  });
}

async function fill(): Promise<void> {
  for (let n = 1; ; n += 1)
    try {
      await store(engine, n, 50_000);
      say(String(n));
    } catch (error) {
      const { category, retry } = judgeError(error);
      say(`refused: ${category} ${retry}`);
      break;
    }
  await engine.sequelize.query("SELECT count(*) FROM kept");
  say(`in use: ${engine.pool.checkedOut()}`);
}

const acts: Record<string, () => Promise<void>> = { write, hold, fill };
await acts[what]?.();
await engine.dispose();
