import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergeFile } from "../../src/merge.ts";
import { tell } from "./story.ts";

tell({
  name: "semicolons that guard a line: they stay before that line, and what is new stands above or below",
  base: `
    export function swap(list: number[]): void {
      const [first, second] = list;
      [list[0], list[1]] = [second, first];
      (list as unknown[]).reverse();
    }

    export const last = 1;
  `,
  yours: `
    export function swap(list: number[]): void {
      const [first, second] = list
      ;[list[0], list[1]] = [second, first]
      ;(list as unknown[]).reverse()
    }

    export const last = 2
  `,
  theirs: [
    ["first];\n", "first];\n  report();\n"],
    ["reverse();\n", "reverse();\n  report();\n"],
  ],
  merged: [
    ["first]\n", "first]\n  report();\n"],
    ["reverse()\n", "reverse()\n  report()\n"],
  ],
  asWritten: true,
});

tell({
  name: "the commas and semicolons that a width or a style leaves out are no change",
  base: `
    export type Names<
      Key extends string = string,
      Value extends string = string,
    > = {
      readonly [name in Key]: Value;
    };

    export function read<
      Key extends string = string,
      Value extends string = string,
    >(names: Names<Key, Value>): void {
      console.log(names);
    }
  `,
  yours: `
    export type Names<Key extends string = string, Value extends string = string> = {
        readonly [name in Key]: Value
    }

    export function read<Key extends string = string, Value extends string = string>(
        names: Names<Key, Value>,
    ): void {
        console.log(names)
    }
  `,
  theirs: [
    ["readonly [name in Key]: Value;", "readonly [name in Key]?: Value;"],
    ["console.log(names);", "console.log(names);\n  report();"],
  ],
  merged: [
    ["readonly [name in Key]: Value\n", "readonly [name in Key]?: Value\n"],
    ["console.log(names)\n", "console.log(names)\n    report()\n"],
  ],
});

test("blanks at the end of a line stay, although the comma before them comes or goes with what follows", () => {
  const base = `export const a = {\n  one: 1,\n  two: 2,\n};\n\nexport const last = 1;\n`;
  const yours = base
    .replace("one: 1,", "one: 1,  ")
    .replace("two: 2,", "two: 2,   ")
    .replace("last = 1", "last = 2");
  for (const [from, to, expected] of [
    ["  two: 2,\n", "", yours.replace("  two: 2,   \n", "")],
    ["};\n", "  three: 3,\n};\n", yours.replace("};", "  three: 3,\n};")],
  ] as const) {
    const theirs = base.replace(from, to);
    assert.equal(mergeFile({ path: "a.ts", base, yours, theirs }).pieces, [
      expected,
    ]);
  }
});

tell({
  name: "parentheses that a width puts around what is returned are no change",
  base: `
    export function free(slot: Slot, generation: number): boolean {
      return (
        slot.sound && slot.generation === generation && slot.connection.usable
      );
    }

    export const sizes = (slots: readonly Slot[]): readonly number[] =>
      slots.map((slot) => (slot.connection.usable ? slot.size : 0));
  `,
  yours: `
    export function free(slot: Slot, generation: number): boolean {
      return slot.sound && slot.generation === generation && slot.connection.usable;
    }

    export const sizes = (slots: readonly Slot[]): readonly number[] => (
      slots.map((slot) => slot.connection.usable ? slot.size : 0)
    );
  `,
  theirs: [
    ["slot.connection.usable\n", "isUsable(slot.connection)\n"],
    ["slot.size : 0", "slot.size : 1"],
  ],
  merged: `
    export function free(slot: Slot, generation: number): boolean {
      return (
        slot.sound && slot.generation === generation && isUsable(slot.connection)
      );
    }

    export const sizes = (slots: readonly Slot[]): readonly number[] => (
      slots.map((slot) => (slot.connection.usable ? slot.size : 1))
    );
  `,
  asWritten: true,
});

tell({
  name: "what a file begins with stays its beginning when the new version adds an import or a declaration",
  base: `
    import { open } from "./open.ts";

    export const last = open();
  `,
  yours: `
    #!/usr/bin/env node
    // Belongs to the team of stores.
    import { open } from "./open.ts";

    export const last = open();
  `,
  theirs: [
    ["import", 'import { first } from "./first.ts";\nimport'],
    ["open();", "open(first);"],
  ],
  merged: [
    ["import", 'import { first } from "./first.ts";\nimport'],
    ["open();", "open(first);"],
  ],
});

test.run();
