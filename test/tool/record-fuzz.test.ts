/** A record is input like any other: whatever stands in it, it is read or refused, and never leads out of the project. */
import { posix, win32 } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { answersOf } from "../support/upgrades.ts";
import { emittedIds } from "../../src/plan.ts";
import { createRecord, hashText } from "../../src/record.ts";
import { parseRecord } from "../../src/record/parse-record.ts";
import { printRecord } from "../../src/record/print-record.ts";
import { renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import { announcedSeed } from "../support/random.ts";

const seed = announcedSeed();
const templates = await loadTemplates();
const ids = emittedIds([...templates.keys()]);
const answers = answersOf();
const { path: folder } = answers;
const printed = printRecord(
  createRecord("1.2.3", answers, renderProject(answers, templates)),
);

type Json =
  null | boolean | number | string | Json[] | { [name: string]: Json };

const hostile = fc.constantFrom<Json>(
  "../../etc/passwd",
  "/etc/passwd",
  "C:\\Windows\\x",
  ".git/hooks/pre-commit",
  "node_modules/x/index.js",
  "a\u0000b",
  "con.ts",
  "__proto__",
  "constructor",
  "",
  -1,
  1e308,
  null,
  [],
  {},
);

const json = fc.oneof(
  hostile,
  fc.jsonValue().map((value) => value as Json),
);

/** Which of the places of a document, what becomes of it, and what is put there. */
const mutation = fc.record({
  at: fc.nat(),
  deed: fc.constantFrom("replace", "delete", "add", "rename"),
  name: fc.oneof(
    fc.constantFrom("path", "id", "state", "__proto__", "toString", "own"),
    fc.string(),
  ),
  value: json,
});

type Mutation =
  typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

interface Place {
  readonly holder: Json[] | Record<string, Json>;
  readonly key: string;
}

function placesIn(value: Json): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    { holder: value, key },
    ...placesIn(part),
  ]);
}

function mutate(document: Json, { at, deed, name, value }: Mutation): void {
  const places = placesIn(document);
  const place = places[at % Math.max(places.length, 1)];
  if (place === undefined) return;
  const holder = place.holder as Record<string, Json>;
  const old = holder[place.key] ?? null;
  if (deed === "replace") holder[place.key] = value;
  else if (deed === "delete") Reflect.deleteProperty(holder, place.key);
  else {
    if (deed === "rename") Reflect.deleteProperty(holder, place.key);
    Object.defineProperty(holder, name, {
      value: deed === "rename" ? old : value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

test("record – any change of its document is read or explained, and no path leads out", () => {
  const seen = { read: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (mutations) => {
        const document = JSON.parse(printed.json) as Json;
        for (const each of mutations) mutate(document, each);
        const parsed = parseRecord(
          { json: JSON.stringify(document), base: printed.base, folder },
          ids,
        );
        seen[parsed.ok ? "read" : "refused"] += 1;
        if (!parsed.ok) {
          assert.ok(parsed.problems.length > 0);
          for (const problem of parsed.problems) assert.ok(problem.length > 9);
          return;
        }
        for (const { path, id } of parsed.record.files) {
          assert.ok(posix.resolve("/app", path).startsWith("/app/"), path);
          assert.ok(
            win32.resolve("C:\\app", path).startsWith("C:\\app\\"),
            path,
          );
          assert.not.match(path, /(?:^|\/)(?:\.git|\.bento|node_modules)\//i);
          assert.ok(ids.has(id), id);
        }
      },
    ),
    { seed, numRuns: 2000 },
  );
  assert.ok(seen.read > 20 && seen.refused > 20, JSON.stringify(seen));
});

test("record – any damage of the pristine texts is found: what counts as a text has its hash", () => {
  const damage = fc.record({
    at: fc.nat(),
    length: fc.nat(9),
    put: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (all) => {
      let { base } = printed;
      for (const { at, length, put } of all) {
        const from = at % base.length;
        base = base.slice(0, from) + put + base.slice(from + length);
      }
      const parsed = parseRecord({ json: printed.json, base, folder }, ids);
      assert.ok(parsed.ok);
      const { files, base: texts } = parsed.record;
      for (const { id, hash } of files) {
        const text = texts.get(id);
        if (text !== undefined) assert.is(hashText(text), hash, id);
      }
      assert.is(texts.size + parsed.damaged.length, files.length);
    }),
    { seed, numRuns: 200 },
  );
});

test.run();
