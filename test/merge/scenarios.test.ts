import { test } from "uvu";
import { tell } from "./story.ts";

const pool = `
  import { Connection } from "./connection.ts";

  /** How many connections there are at most. */
  export const poolSize = 10;

  export interface PoolOptions {
    size: number;
    timeout: number;
  }

  export class Pool {
    private waiting = 0;

    open(options: PoolOptions): Connection {
      const size = options.size;
      check(size);
      return new Connection(size);
    }

    close(): void {
      this.waiting = 0;
      stop();
    }
  }

  function check(size: number): void {
    if (size < 1) {
      throw new RangeError("too small");
    }
  }

  function stop(): void {
    console.log("stopped");
  }
`;

tell({
  name: "29. distant edits: both",
  base: pool,
  yours: [["poolSize = 10", "poolSize = 20"]],
  theirs: [['"stopped"', '"stopped well"']],
  merged: [['"stopped"', '"stopped well"']],
});

tell({
  name: "30. edits of adjacent lines in different declarations: both",
  base: pool,
  yours: [["size: number;\n", "size: number | bigint;\n"]],
  theirs: [["timeout: number;", "timeout: string;"]],
  merged: [["timeout: number;", "timeout: string;"]],
});

tell({
  name: "31. the same change on both sides: once",
  base: pool,
  yours: [["poolSize = 10", "poolSize = 20"]],
  theirs: [
    ["poolSize = 10", "poolSize = 20"],
    ['"stopped"', '"done"'],
  ],
  merged: [['"stopped"', '"done"']],
});

tell({
  name: "32. one literal, two values: a conflict on that declaration only",
  base: pool,
  yours: [["poolSize = 10", "poolSize = 20"]],
  theirs: [
    ["poolSize = 10", "poolSize = 30"],
    ['"stopped"', '"done"'],
  ],
  merged: [['"stopped"', '"done"']],
  conflicts: ["poolSize"],
  reason: "You changed 10 to 20 in `poolSize`, the new version to 30.",
});

tell({
  name: "33. different imports at one point: both",
  base: pool,
  yours: [['ection.ts";\n', 'ection.ts";\nimport { log } from "./log.ts";\n']],
  theirs: [['ection.ts";\n', 'ection.ts";\nimport { now } from "./now.ts";\n']],
  merged: [
    [
      'import { log } from "./log.ts";\n',
      'import { now } from "./now.ts";\nimport { log } from "./log.ts";\n',
    ],
  ],
});

tell({
  name: "34. the same specifier on both sides: once, beside what each added alone",
  base: pool,
  yours: [["{ Connection }", "{ Connection, open, log }"]],
  theirs: [["{ Connection }", "{ Connection, close, open }"]],
  merged: [["{ Connection, open, log }", "{ Connection, close, open, log }"]],
});

tell({
  name: "35. a specifier added to an import that the new version removed: it alone is kept",
  base: `
    import { a } from "./a.ts";
    import { b } from "./b.ts";

    export const x = a;
    export const y = b;
  `,
  yours: [
    ["{ a }", "{ a, more }"],
    ["y = b", "y = b + more"],
  ],
  theirs: [
    ['import { a } from "./a.ts";\n', ""],
    ["x = a", "x = 1"],
  ],
  merged: [
    ["{ a, more }", "{ more }"],
    ["x = a", "x = 1"],
  ],
});

tell({
  name: "36. an import moved to another module by the new version, extended by the user: the user's stays on the old module",
  base: `
    import { a } from "./old.ts";

    export const x = a;
    export const y = 1;
  `,
  yours: [
    ["{ a }", "{ a, more }"],
    ["y = 1", "y = more"],
  ],
  theirs: [["./old.ts", "./new.ts"]],
  merged: [
    [
      'import { a, more } from "./old.ts";',
      'import { more } from "./old.ts";\nimport { a } from "./new.ts";',
    ],
  ],
});

tell({
  name: "37. imports reordered by the user, one added by the new version: both",
  base: `
    import { c } from "./c.ts";
    import { a } from "./a.ts";
    import { b } from "./b.ts";

    export const all = [a, b, c];
  `,
  yours: `
    import { a } from "./a.ts";
    import { b } from "./b.ts";
    import { c } from "./c.ts";

    export const all = [a, b, c];
  `,
  theirs: [
    ['"./a.ts";\n', '"./a.ts";\nimport { d } from "./d.ts";\n'],
    ["[a, b, c];", "[a, b, c, d];"],
  ],
  merged: [
    ['"./a.ts";\n', '"./a.ts";\nimport { d } from "./d.ts";\n'],
    ["[a, b, c];", "[a, b, c, d];"],
  ],
});

tell({
  name: "38. methods added at the end of a class by both: both",
  base: pool,
  yours: [
    [
      "stop();\n  }\n",
      "stop();\n  }\n\n  mine(): number {\n    return 1;\n  }\n",
    ],
  ],
  theirs: [
    [
      "stop();\n  }\n",
      "stop();\n  }\n\n  its(): number {\n    return 2;\n  }\n",
    ],
  ],
  merged: [["  mine()", "  its(): number {\n    return 2;\n  }\n\n  mine()"]],
});

tell({
  name: "39. methods of one name with different bodies: a conflict",
  base: pool,
  yours: [
    [
      "stop();\n  }\n",
      "stop();\n  }\n\n  size(): number {\n    return 1;\n  }\n",
    ],
  ],
  theirs: [
    [
      "stop();\n  }\n",
      "stop();\n  }\n\n  size(): number {\n    return 2;\n  }\n",
    ],
  ],
  conflicts: ["Pool.size"],
  reason: "You and the new version both added `Pool.size`, and not the same.",
});

const overloads = `
  export function read(key: string): string;
  export function read(key: number): number;
  export function read(key: unknown): unknown {
    return key;
  }

  export const last = 1;
`;

tell({
  name: "40. an overload inserted between overloads: the order is kept",
  base: overloads,
  yours: [["return key;", "console.log(key);\n  return key;"]],
  theirs: [
    [
      "export function read(key: number)",
      "export function read(key: bigint): bigint;\nexport function read(key: number)",
    ],
    ["return key;", "return key ?? null;"],
  ],
  merged: [
    [
      "export function read(key: number)",
      "export function read(key: bigint): bigint;\nexport function read(key: number)",
    ],
    ["return key;", "return key ?? null;"],
  ],
});

tell({
  name: "41. a local renamed by the user, used anew by the new version: the new use is renamed",
  base: pool,
  yours: [
    ["const size = options.size;", "const count = options.size;"],
    ["check(size);\n", "check(count);\n"],
    ["new Connection(size)", "new Connection(count)"],
  ],
  theirs: [
    ['"stopped"', '"done"'],
    ["check(size);\n", "check(size);\n    report(size);\n"],
    [
      "function stop()",
      "function report(size: number): void {\n  console.log(size);\n}\n\nfunction stop()",
    ],
  ],
  merged: [
    ['"stopped"', '"done"'],
    ["check(count);\n", "check(count);\n    report(count);\n"],
    [
      "function stop()",
      "function report(size: number): void {\n  console.log(size);\n}\n\nfunction stop()",
    ],
  ],
});

tell({
  name: "42. a private member renamed by the user, used anew by the new version: the same",
  base: pool,
  yours: [
    ["private waiting = 0", "private queued = 0"],
    ["this.waiting = 0", "this.queued = 0"],
  ],
  theirs: [
    [
      "const size = options.size;",
      "const size = options.size;\n    this.waiting += 1;",
    ],
  ],
  merged: [
    [
      "const size = options.size;",
      "const size = options.size;\n    this.queued += 1;",
    ],
  ],
});

tell({
  name: "43. a name renamed by the new version, used by the user's own code: the user's code follows",
  base: pool,
  yours: [
    [
      "function check(",
      "export function halt(): void {\n  stop();\n}\n\nfunction check(",
    ],
  ],
  theirs: [
    ["    stop();\n", "    stopPool();\n"],
    ["function stop()", "function stopPool()"],
  ],
  merged: [
    ["this.waiting = 0;\n    stop();", "this.waiting = 0;\n    stopPool();"],
    ["void {\n  stop();", "void {\n  stopPool();"],
    ["function stop()", "function stopPool()"],
  ],
});

tell({
  name: "44. a rename that another declaration would capture: a conflict",
  base: pool,
  yours: [
    [
      "function check(",
      "export function halt(stopPool: boolean): void {\n  if (stopPool) stop();\n}\n\nfunction check(",
    ],
  ],
  theirs: [
    ["    stop();\n", "    stopPool();\n"],
    ["function stop()", "function stopPool()"],
  ],
  conflicts: ["Pool.close", "stop"],
  reason: "your change and the new version's do not agree on `stop`.",
});

tell({
  name: "45. a body wrapped in try by the user, edited inside by the new version: inside the try",
  base: pool,
  yours: [
    [
      "    this.waiting = 0;\n    stop();\n",
      "    try {\n      this.waiting = 0;\n      stop();\n    } catch (error) {\n      console.error(error);\n    }\n",
    ],
  ],
  theirs: [["this.waiting = 0;\n", "this.waiting = 0;\n    check(1);\n"]],
  merged: [["this.waiting = 0;\n", "this.waiting = 0;\n      check(1);\n"]],
});

tell({
  name: "45. a body wrapped in try by the new version, edited inside by the user: inside the try",
  base: pool,
  yours: [["this.waiting = 0;\n", "this.waiting = 0;\n    check(1);\n"]],
  theirs: [
    [
      "    this.waiting = 0;\n    stop();\n",
      "    try {\n      this.waiting = 0;\n      stop();\n    } catch (error) {\n      console.error(error);\n    }\n",
    ],
  ],
  merged: [
    [
      "    this.waiting = 0;\n    check(1);\n    stop();\n",
      "    try {\n      this.waiting = 0;\n      check(1);\n      stop();\n    } catch (error) {\n      console.error(error);\n    }\n",
    ],
  ],
});

tell({
  name: "46. wrapped in `if` by the new version, a statement inserted at the top by the user: a conflict",
  base: pool,
  yours: [
    ["    this.waiting = 0;\n", "    console.log(1);\n    this.waiting = 0;\n"],
  ],
  theirs: [
    [
      "    this.waiting = 0;\n    stop();\n",
      "    if (this.waiting > 0) {\n      this.waiting = 0;\n      stop();\n    }\n",
    ],
  ],
  conflicts: ["Pool.close"],
});

tell({
  name: "47. a function that the user deleted, unchanged in the new version: gone",
  base: pool,
  yours: [
    [
      'function stop(): void {\n  console.log("stopped");\n}\n',
      "const nothing = 1;\n",
    ],
    ["    stop();\n", ""],
  ],
  theirs: [["poolSize = 10", "poolSize = 20"]],
  merged: [["poolSize = 10", "poolSize = 20"]],
});

tell({
  name: "48. a function that the user deleted, changed in the new version: a conflict",
  base: pool,
  yours: [
    ['\nfunction stop(): void {\n  console.log("stopped");\n}\n', ""],
    ["    stop();\n", ""],
  ],
  theirs: [['"stopped"', '"done"']],
  conflicts: ["stop"],
  reason: "You removed `stop`, which the new version changed.",
});

tell({
  name: "49. a function that the user deleted, called anew by the new version: a conflict",
  base: pool,
  yours: [
    ['\nfunction stop(): void {\n  console.log("stopped");\n}\n', ""],
    ["    stop();\n", ""],
  ],
  theirs: [["  check(size);\n", "  check(size);\n    stop();\n"]],
  conflicts: ["Pool.open"],
  reason: "`stop`",
});

tell({
  name: "50. a function moved by the user, edited by the new version: edited at its new place",
  base: pool,
  yours: [
    ['\nfunction stop(): void {\n  console.log("stopped");\n}\n', ""],
    [
      "function check",
      'function stop(): void {\n  console.log("stopped");\n}\n\nfunction check',
    ],
  ],
  theirs: [['"stopped"', '"done"']],
  merged: [['"stopped"', '"done"']],
});

tell({
  name: "51. statements inserted by both at one point: a conflict that shows both, in order",
  base: pool,
  yours: [["  check(size);\n", "  check(size);\n    mine();\n"]],
  theirs: [["  check(size);\n", "  check(size);\n    its();\n"]],
  conflicts: ["Pool.open"],
});

tell({
  name: "52. JSDoc added by the user, the body changed by the new version: both",
  base: pool,
  yours: [["function stop()", "/** Stops it. */\nfunction stop()"]],
  theirs: [
    ["function stop(): void {\n", "function stop(): void {\n  check(1);\n"],
  ],
  merged: [
    ["function stop(): void {\n", "function stop(): void {\n  check(1);\n"],
  ],
});

tell({
  name: "53. a comment deleted by the user, the code under it edited by the new version: it stays deleted",
  base: pool,
  yours: [["/** How many connections there are at most. */\n", ""]],
  theirs: [["poolSize = 10", "poolSize = 20"]],
  merged: [["poolSize = 10", "poolSize = 20"]],
});

tell({
  name: "54. the whole file reformatted by the user: what is new arrives in that style",
  base: pool,
  yours: `
    import { Connection } from './connection.ts'

    /** How many connections there are at most. */
    export const poolSize = 10

    export interface PoolOptions {
        size: number
        timeout: number
    }

    export class Pool {
        private waiting = 0

        open(options: PoolOptions): Connection {
            const size = options.size
            check(size)
            return new Connection(size)
        }

        close(): void {
            this.waiting = 0
            stop()
        }
    }

    function check(size: number): void {
        if (size < 1) {
            throw new RangeError('too small')
        }
    }

    function stop(): void {
        console.log('stopped')
    }
  `,
  theirs: [
    [
      "check(size);\n",
      'check(size);\n    if (size > 9) {\n      console.log("large");\n    }\n',
    ],
    ['"stopped"', '"done"'],
  ],
  merged: [
    [
      "check(size)\n",
      "check(size)\n        if (size > 9) {\n            console.log('large')\n        }\n",
    ],
    ["'stopped'", "'done'"],
  ],
});

tell({
  name: "55. formatted by hand: lines that nobody changed stay as they are",
  base: pool,
  yours: [
    ["private waiting = 0;", "private waiting   =   0;"],
    ["check(size);\n    return", "check( size );   return"],
    ['console.log("stopped");', "console.log( 'stopped' )"],
  ],
  theirs: [
    ["timeout: number;", "timeout: number;\n  retries: number;"],
    ["this.waiting = 0;\n", "this.waiting = 0;\n    check(1);\n"],
  ],
  merged: [
    ["timeout: number;", "timeout: number;\n  retries: number;"],
    ["this.waiting = 0;\n", "this.waiting = 0;\n    check(1);\n"],
  ],
  asWritten: true,
});

tell({
  name: "56. template literals of several lines: never indented anew",
  base: `
    export function query(): string {
      const limit = 10;
      return sql\`
      select *
        from notes
       limit \${limit}
    \`;
    }
  `,
  yours: [
    ["  const limit = 10;\n", "  try {\n    const limit = 10;\n"],
    ["  return sql", "    return sql"],
    ["`;\n", '`;\n  } catch {\n    return "";\n  }\n'],
  ],
  theirs: [["from notes\n", "from notes\n      where not deleted\n"]],
  merged: [["from notes\n", "from notes\n      where not deleted\n"]],
});

tell({
  name: "57. directives stay with their statement",
  base: pool,
  yours: [
    [
      "    check(size);",
      "    // @ts-expect-error the types are wrong\n    check(size);",
    ],
    ["export const poolSize", "// prettier-ignore\nexport const poolSize"],
  ],
  theirs: [
    ["    check(size);", "    report();\n    check(size);"],
    ["poolSize = 10", "poolSize = 11"],
  ],
  merged: [
    ["    // @ts-expect-error", "    report();\n    // @ts-expect-error"],
    ["poolSize = 10", "poolSize = 11"],
  ],
});

tell({
  name: "58. a parameter added by the user, another by the new version: a conflict",
  base: pool,
  yours: [
    [
      "function check(size: number)",
      "function check(size: number, mine: string)",
    ],
  ],
  theirs: [
    [
      "function check(size: number)",
      "function check(size: number, its: string)",
    ],
  ],
  conflicts: ["check"],
});

tell({
  name: "59. a parameter added by the new version with a name that the user took: a conflict",
  base: pool,
  yours: [
    [
      "const size = options.size;",
      "const size = options.size;\n    const context = 1;\n    use(context);",
    ],
  ],
  theirs: [
    [
      "open(options: PoolOptions)",
      "open(options: PoolOptions, context: string)",
    ],
    ["return new Connection(size)", "return new Connection(size, context)"],
  ],
  conflicts: ["Pool.open"],
});

test.run();
