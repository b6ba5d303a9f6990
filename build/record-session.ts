/** Draws docs/session.svg, which the README shows: `npm run session`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordSession } from "./session.ts";

writeFileSync(
  join(import.meta.dirname, "../docs/session.svg"),
  recordSession(),
);
