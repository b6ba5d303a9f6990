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

const pool = `
  import { open } from "./open.ts";

  /** How many there are at most. */
  export const limit = 10;

  export function take(): string {
    return open(limit);
  }

  function spare(): number {
    return 1;
  }
`;

tell({
  name: "functions of one name that both add, with templates in them: a conflict of that function and nothing else",
  base: pool,
  yours: [
    [
      "function spare",
      "function shorten(text: string): string {\n  return text.slice(0, 3);\n}\n\nfunction spare",
    ],
  ],
  theirs: [
    ["return open(limit);", "return shorten(open(limit));"],
    [
      "return 1;\n}\n",
      "return 1;\n}\n\nfunction shorten(name: string): string {\n  return `${name.slice(0, 9)}…`;\n}\n",
    ],
  ],
  merged: [["return open(limit);", "return shorten(open(limit));"]],
  conflicts: ["shorten"],
  reason: "You and the new version both added `shorten`, and not the same.",
});

tell({
  name: "an import and a function of one name: a conflict of the two",
  base: pool,
  yours: [
    ["function spare", "function log(): void {}\n\nfunction spare"],
    ["limit = 10", "limit = 20"],
  ],
  theirs: [
    ['open.ts";\n', 'open.ts";\nimport { log } from "./log.ts";\n'],
    ["return open(limit);", "log();\n  return open(limit);"],
  ],
  merged: [["return open(limit);", "log();\n  return open(limit);"]],
  conflicts: ["log"],
});

tell({
  name: "one name imported from two modules: a conflict of the two imports",
  base: pool,
  yours: [['open.ts";\n', 'open.ts";\nimport { log } from "./mine.ts";\n']],
  theirs: [
    ['open.ts";\n', 'open.ts";\nimport { log } from "./log.ts";\n'],
    ["return open(limit);", "log();\n  return open(limit);"],
  ],
  merged: [["return open(limit);", "log();\n  return open(limit);"]],
  conflicts: [""],
});

tell({
  name: "a function that the user deleted, called by one that the new version adds: a conflict of the new one",
  base: pool,
  yours: [["\nfunction spare(): number {\n  return 1;\n}\n", ""]],
  theirs: [
    [
      "return 1;\n}\n",
      "return 1;\n}\n\nexport function more(): number {\n  return spare();\n}\n",
    ],
  ],
  conflicts: ["more"],
  reason: "do not agree on `spare`",
});

tell({
  name: "one comment that both changed: the conflict quotes it",
  base: pool,
  yours: [["How many there are", "How many I have"]],
  theirs: [["How many there are", "How many may be open"]],
  conflicts: ["limit"],
  reason:
    'You changed the comment "How many there are at most." to "How many I have at most." in `limit`, the new version to "How many may be open at most.".',
});

tell({
  name: "arguments of one call, each replaced by another side: both",
  base: `
    export const text = print("read", limit, out);
  `,
  yours: [['"read"', "verb"]],
  theirs: [["limit", "{ limit, brief: true }"]],
  merged: [["limit", "{ limit, brief: true }"]],
});

tell({
  name: "arguments of one call that one side removed and the other added: a conflict where places shift",
  base: `
    export const text = print("read", limit, out);
  `,
  yours: [['"read", limit', 'limit, "mine"']],
  theirs: [['"read", limit', '"its", "read", limit']],
  conflicts: ["text"],
});

tell({
  name: "an import that the user removed, and of which the new version only changed the order: it stays removed",
  base: `
    import { limit } from "./limit.ts";
    import { read, write } from "./files.ts";

    export const last = limit;
  `,
  yours: [['import { read, write } from "./files.ts";\n', ""]],
  theirs: [
    ["{ read, write }", "{ write, read }"],
    ["= limit", "= limit + 1"],
  ],
  merged: [["= limit", "= limit + 1"]],
});

tell({
  name: "a signature of which one side changed the parameters and the other the result: both",
  base: `
    export interface Pool {
      take(lane: string): Promise<object>;
    }

    export type Take = (lane: string) => Promise<object>;
  `,
  yours: [
    [
      "take(lane: string): Promise<object>",
      "take(lane: string): Promise<Loan>",
    ],
    ["=> Promise<object>", "=> Promise<Loan>"],
  ],
  theirs: [
    ["take(lane: string)", "take(lane: string, brief: boolean)"],
    ["= (lane: string)", "= (lane: string, brief: boolean)"],
  ],
  merged: [
    ["take(lane: string)", "take(lane: string, brief: boolean)"],
    ["= (lane: string)", "= (lane: string, brief: boolean)"],
  ],
});

tell({
  name: "what you add behind a try goes into the block that the release puts around both",
  base: `
    export function answer(): void {
      try {
        write();
      } finally {
        end();
      }
    }
  `,
  yours: [["    end();\n  }\n", '    end();\n  }\n  trace("leave");\n']],
  theirs: [
    [
      "  try {\n    write();\n  } finally {\n    end();\n  }\n",
      "  try {\n    try {\n      write();\n    } finally {\n      end();\n    }\n  } catch (error) {\n    report(error);\n    throw error;\n  }\n",
    ],
  ],
  merged: [
    [
      '  try {\n    write();\n  } finally {\n    end();\n  }\n  trace("leave");\n',
      '  try {\n    try {\n      write();\n    } finally {\n      end();\n    }\n    trace("leave");\n  } catch (error) {\n    report(error);\n    throw error;\n  }\n',
    ],
  ],
});

test.run();
