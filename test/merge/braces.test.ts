import { test } from "uvu";
import { tell } from "./story.ts";

const bare = `
  export function check(size: number): void {
    if (size > 9) throw new RangeError("too large");
    else report(size);
  }

  function report(size: number): void {
    for (const step of steps(size)) console.log(step);
  }
`;
const inBraces = [
  [
    '    if (size > 9) throw new RangeError("too large");\n    else report(size);\n',
    '    if (size > 9) {\n      console.warn(size);\n      throw new RangeError("too large");\n    } else {\n      report(size);\n    }\n',
  ],
  [
    "steps(size)) console.log(step);",
    "steps(size)) {\n      console.log(step);\n    }",
  ],
] as const;
const braced = inBraces.reduce(
  (text, [from, to]) => text.replace(from, () => to),
  bare,
);
const changes = [
  ["too large", "much too large"],
  ["report(size);", "report(size - 9);"],
  ["console.log(step);", "console.info(step);"],
] as const;

tell({
  name: "braces that the user put around statements which the new version changed: both",
  base: bare,
  yours: braced,
  theirs: changes,
  merged: [
    ["too large", "much too large"],
    ["  report(size);", "  report(size - 9);"],
    ["console.log(step);", "console.info(step);"],
  ],
});

tell({
  name: "braces that the new version put around statements which the user changed: both",
  base: bare,
  yours: changes,
  theirs: braced,
  merged: `
    export function check(size: number): void {
      if (size > 9) {
        console.warn(size);
        throw new RangeError("much too large");
      } else {
        report(size - 9);
      }
    }

    function report(size: number): void {
      for (const step of steps(size)) {
        console.info(step);
      }
    }
  `,
});

tell({
  name: "braces that the user took away from what the new version added to: a conflict",
  base: braced,
  yours: bare.replace("too large", "larger"),
  theirs: [["console.warn(size);", "console.warn(size);\n    count(size);"]],
  conflicts: ["check"],
});

test.run();
