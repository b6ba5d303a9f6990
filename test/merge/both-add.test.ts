import { test } from "uvu";
import { tell } from "./story.ts";

tell({
  name: "members that both add to a union, in one line or in several: both",
  base: `
    export type Kind = "a" | "b";

    export type State =
      | "the first of several long states"
      | "the second of several long states";

    export function read(kind: "a" | "b"): void {
      console.log(kind);
    }
  `,
  yours: [
    ['Kind = "a" | "b"', 'Kind = "a" | "b" | "mine"'],
    [
      '"the second of several long states"',
      '"the second of several long states"\n  | "mine"',
    ],
    ['kind: "a" | "b"', 'kind: "a" | "b" | "mine"'],
  ],
  theirs: [
    ['Kind = "a" | "b"', 'Kind = "a" | "b" | "its"'],
    [
      '"the second of several long states"',
      '"the second of several long states"\n  | "its"',
    ],
    ['kind: "a" | "b"', 'kind: "a" | "b" | "its"'],
  ],
  merged: [
    ['Kind = "a" | "b"', 'Kind = "a" | "b" | "its"'],
    [
      'several long states"\n  | "mine"',
      'several long states"\n  | "its"\n  | "mine"',
    ],
    ['kind: "a" | "b"', 'kind: "a" | "b" | "its"'],
  ],
});

tell({
  name: "a statement that the user put in the place of the only one, and a line that the new version put before it: a conflict",
  base: `
    export function read(): number {
      return merge(1);
    }
  `,
  yours: [["return merge(1)", 'return replaced("read")']],
  theirs: [["  return", '  trace("enter");\n  return']],
  conflicts: ["read"],
});

test.run();
