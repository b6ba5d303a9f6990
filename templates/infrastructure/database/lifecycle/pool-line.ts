import type { Engine } from "../engine.ts";

/** The pool in one line for a log, such as `pool: 3 of 5 in use, 2 idle, overflow 0 of 10, 0 waiting`. */
export function formatPoolStatus(engine: Engine): string {
  const {
    checkedOut,
    size,
    checkedIn,
    overflow,
    maxOverflow,
    waiting,
    closed,
  } = engine.pool.status();
  const state = closed ? ", closed" : "";
  return `pool: ${checkedOut} of ${size} in use, ${checkedIn} idle, overflow ${overflow} of ${maxOverflow}, ${waiting} waiting${state}`;
}
