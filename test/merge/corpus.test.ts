import { join } from "node:path";
import { test } from "uvu";
import { holdToBar } from "../corpus/bar.ts";
import { emittedPairs } from "../corpus/emitted.ts";
import { filesIn } from "../corpus/pairs.ts";

/** Always the same cases, unless SEED asks for others; more of them by chance: `npm run test:corpus`. */
const seeds = [Number(process.env.SEED ?? 4)];

await holdToBar("what is emitted", await emittedPairs(), { seeds, count: 250 });

const rxjs = join(import.meta.dirname, "../../node_modules/rxjs/src/internal");
await holdToBar("what is not ours", await filesIn(rxjs, 40), {
  seeds,
  count: 125,
});

test.run();
