import { test } from "uvu";
import { holdToBar } from "./bar.ts";
import { emittedPairs } from "./emitted.ts";
import { announcedSeed } from "../support/random.ts";

await holdToBar("the corpus", await emittedPairs(), {
  seeds: [announcedSeed()],
  count: 1000,
});

test.run();
