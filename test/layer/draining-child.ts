import { setTimeout as delay } from "node:timers/promises";
import { drainWithSignalHandler } from "../../templates/infrastructure/database/draining/signal-drain.ts";
import { engineFor } from "../support/engines.ts";

/** A process with one query of `seconds` in flight that drains at a signal; prints what became of everything. */
const [url = "", seconds = "1", timeout = "5", before = "nothing"] =
  process.argv.slice(2);
const engine = engineFor({ url, applicationName: "drained child" });

drainWithSignalHandler(engine, {
  timeout: Number(timeout),
  cancelGrace: 0.3,
  beforeDrain: async (signal) => {
    console.log(`before drain: ${signal}`);
    if (before === "fails") throw new Error("the consumer did not stop");
    if (before === "hangs") await delay(60_000);
  },
});

engine.sequelize.query(`SELECT pg_sleep(${seconds})`).then(
  () => {
    console.log("query done");
  },
  (error: unknown) => {
    console.log(`query cut: ${String(error)}`);
  },
);
while (engine.pool.checkedOut() < 1) await delay(5);
await delay(50);
console.log("ready");
