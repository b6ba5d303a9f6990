/** Texts in terminals of any width. */
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { layOutHelp } from "../../src/commands/lay-out-help.ts";
import { renderHelp } from "../../src/commands/help.ts";
import { commands } from "../../src/commands/table.ts";
import { fit } from "../../src/fit.ts";
import { drawRows } from "../../src/report/upgrade-rows.ts";
import { styleFor } from "../../src/terminal.ts";
import type { FileAction, FilePlan } from "../../src/upgrade/plan-outcome.ts";
import { announcedSeed } from "../support/random.ts";

const seed = announcedSeed();

const report = [
  "\u001b[1mUpgraded infrastructure/database from 0.1.0 to 0.2.0.\u001b[22m",
  "\u001b[33m!\u001b[39m package.json was left as it is.",
  "  - 0.2.0: the pool tells who waits the longest.",
  "  create-bento-db upgrade --conflicts mine    # keeps yours in each of them",
  "      return text.replace(/[?#].*$/s, '?(hidden)');",
].join("\n");

test("fit – sentences go on in the next line; commands and code stay whole", () => {
  assert.is(
    stripVTControlCharacters(fit(report, 30)),
    [
      "Upgraded",
      "infrastructure/database from",
      "0.1.0 to 0.2.0.",
      "! package.json was left as it",
      "  is.",
      "  - 0.2.0: the pool tells who",
      "    waits the longest.",
      "  create-bento-db upgrade --conflicts mine",
      "    # keeps yours in each of",
      "    # them",
      "      return text.replace(/[?#].*$/s, '?(hidden)');",
    ].join("\n"),
  );
});

test("fit – nothing changes where there is room, or no terminal", () => {
  assert.is(fit(report, 80), report);
  assert.is(fit(report, undefined), report);
});

test("fit – no word is lost or broken, and no sentence is too wide", () => {
  const word = fc.stringMatching(/^[a-z#./-]{1,18}$/);
  const start = fc.constantFrom("", "! ", "- ", "✓ ", "  - ");
  const line = fc
    .tuple(start, fc.array(word, { minLength: 1, maxLength: 20 }))
    .map(([before, words]) => before + words.join(" "));
  fc.assert(
    fc.property(line, fc.integer({ min: 24, max: 90 }), (text, columns) => {
      const lines = fit(text, columns).split("\n");
      assert.equal(lines.join(" ").match(/\S+/g), text.match(/\S+/g));
      for (const each of lines) assert.ok(each.length <= columns, each);
    }),
    { seed },
  );
});

test("help – fits every width from 40, and says the same in each", async () => {
  for (const { name } of commands) {
    const text = await renderHelp(name);
    for (const columns of [40, 60, 80, 120]) {
      const laid = fit(layOutHelp(text, columns), columns);
      assert.equal(laid.match(/\S+/g), text.match(/\S+/g), name);
      for (const line of laid.split("\n")) {
        const whole = /^ *(?:create-bento-db|npm) /.test(line);
        assert.ok(line.length <= columns || whole, line);
      }
    }
    assert.is(layOutHelp(text), layOutHelp(text, 80));
  }
});

function plan(path: string, action: FileAction, note = ""): FilePlan {
  return {
    id: path,
    path,
    from: undefined,
    action,
    stage: action === "merge" ? "lines" : undefined,
    note,
    text: undefined,
    conflict: undefined,
    next: undefined,
  };
}

test("rows – the layer's files come first, and a note goes below where it is too wide", () => {
  const files = [
    plan("package.json", "merge"),
    plan("src/db/engine.ts", "merge"),
    plan("src/db/pool/slot.ts", "replace"),
    plan("src/db/mine.ts", "keep", "gone from this version; yours now"),
    plan("src/db/errors.ts", "keep"),
  ];
  const draw = (columns: number | undefined): string =>
    drawRows(files, {
      layer: "src/db",
      verbose: false,
      style: styleFor(false),
      columns,
    });
  assert.is(
    draw(undefined),
    [
      "src/db:",
      "  merge     engine.ts     your lines and this version's",
      "  replace   pool/slot.ts  unchanged by you",
      "  keep      mine.ts       gone from this version; yours now",
      "Around it:",
      "  merge     package.json  your lines and this version's",
      "1 file stays as it is.",
    ].join("\n"),
  );
  assert.is(
    draw(40),
    [
      "src/db:",
      "  merge     engine.ts",
      "            your lines and this",
      "            version's",
      "  replace   pool/slot.ts",
      "  keep      mine.ts",
      "            gone from this version;",
      "            yours now",
      "Around it:",
      "  merge     package.json",
      "            your lines and this",
      "            version's",
      "1 file stays as it is.",
    ].join("\n"),
  );
});

test.run();
