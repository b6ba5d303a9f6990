/** What an upgrade's report says of the versions in between. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadChangelog } from "../../src/changelog.ts";
import { notesBetween, readChangelog } from "../../src/upgrade/plan-notes.ts";

const changelog = `# Changelog

## [Unreleased]

- _emitted_: not out yet.

## [1.2.0] - 2026-03-01

### Fixed

- _emitted_: the pool waits in turn
  (\`pool/lanes.ts\`).
- _tool_: \`status\` is quicker.
- _emitted_: two files say more (\`errors.ts\`, \`engine.ts\`).

## [1.1.0] - 2026-02-01

- _emitted_: every file has its licence.

## [1.0.0] - 2026-01-01

- _emitted_: the first.
`;
const notes = readChangelog(changelog);
const between = (from: string, to: string, ...paths: string[]): string[] =>
  notesBetween(notes, from, to, paths).map(
    ({ version, text }) => `${version} ${text}`,
  );

test("notes – after the version that was, up to the one that is, and only of what is emitted", () => {
  assert.equal(between("1.0.0", "1.2.0", "db/pool/lanes.ts", "db/errors.ts"), [
    "1.2.0 the pool waits in turn (`pool/lanes.ts`).",
    "1.2.0 two files say more (`errors.ts`, `engine.ts`).",
    "1.1.0 every file has its licence.",
  ]);
  assert.equal(between("1.0.0", "1.1.0", "db/errors.ts"), [
    "1.1.0 every file has its licence.",
  ]);
  assert.equal(between("1.2.0", "1.2.0", "db/errors.ts"), []);
});

test("notes – one that names files is told where one of them changes", () => {
  assert.equal(between("1.1.0", "1.2.0", "db/lanes.ts", "db/my-errors.ts"), []);
  assert.equal(between("1.1.0", "1.2.0", "db/engine.ts"), [
    "1.2.0 two files say more (`errors.ts`, `engine.ts`).",
  ]);
});

test("notes – every emitted entry of the changelog is read, whole, once its version is out", async () => {
  const text = await loadChangelog();
  const released = text.replace("## [Unreleased]", "## [9.0.0] - 2026-01-01");
  const read = readChangelog(released).map((note) => note.text);
  const entries = released
    .split(/^(?=- |#)/m)
    .filter((entry) => entry.startsWith("- _emitted_: "))
    .map((entry) =>
      entry.replace("- _emitted_: ", "").replaceAll(/\s+/g, " ").trim(),
    );
  assert.ok(entries.length > 0);
  assert.equal(read, entries);
});

test.run();
