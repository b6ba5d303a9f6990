import { readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { defaultAnswers } from "../../src/answers.ts";
import { features } from "../../src/features.ts";
import { claimsOn } from "../../src/plan/claims.ts";
import { layerFolder } from "../../src/plan/landing.ts";
import { uncoverTags } from "../../src/render/parse-template.ts";
import { joinSegments } from "../../src/render/segments.ts";
import { tagsOf } from "../../src/tags.ts";
import { loadTemplates } from "../../src/templates.ts";

const templates = await loadTemplates();
const names = [...templates.keys()];
const folder = join(import.meta.dirname, "../../templates");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const code = names.filter((name) => name.endsWith(".ts"));
const tagLine = /\{\{[#/]/;

test("features – every template is claimed exactly once", () => {
  const unclear = names
    .map((name) => ({ name, claims: claimsOn(name) }))
    .filter(({ claims }) => claims.length !== 1)
    .map(({ name, claims }) => [name, ...claims.map((c) => c.feature.name)]);
  assert.equal(unclear, []);
});

test("features – every pattern outside of tests claims something", () => {
  const won = new Set(names.flatMap((name) => claimsOn(name)));
  const idle = features.flatMap((feature) =>
    [...(feature.files ?? []), ...(feature.layer ?? [])]
      .filter((pattern) => !pattern.startsWith("tests/"))
      .filter((pattern) =>
        [...won].every(
          (claim) =>
            claim.pattern !== pattern &&
            claim.pattern !== `${layerFolder}/${pattern}`,
        ),
      )
      .map((pattern) => `${feature.name}: ${pattern}`),
  );
  assert.equal(idle, []);
});

test("templates – a tag stands alone on its line in a comment", () => {
  const allowed =
    /^\s*(?:\/\/ \{\{[#/][^{}]+\}\}|# \{\{[#/][^{}]+\}\}|<!-- \{\{[#/][^{}]+\}\} -->)$/;
  const wrong = names.flatMap((name) =>
    read(name)
      .split("\n")
      .filter((line) => tagLine.test(line) && !allowed.test(line))
      .map((line) => `${name}: ${line}`),
  );
  assert.equal(wrong, []);
});

test("templates – a value in code stands inside a string in double quotes", () => {
  const wrong = code.flatMap((name) =>
    read(name)
      .split("\n")
      .filter((line) => /\{\{\w/.test(line))
      .filter((line) => !/"[^"`$]*\{\{\w+\}\}[^"`$]*"/.test(line))
      .map((line) => `${name}: ${line}`),
  );
  assert.equal(wrong, []);
});

test("templates – at least 80 % of the code has no tag", () => {
  const plain = code.filter((name) => !read(name).includes("{{"));
  assert.ok(
    plain.length >= 0.8 * code.length,
    `${plain.length} of ${code.length} have none`,
  );
});

test("templates – code names the layer's folder only in imports", () => {
  const wrong = code.flatMap((name) =>
    read(name)
      .split("\n")
      .filter((line) => line.includes(layerFolder))
      .filter((line) => !/(?:from|import) "|import\("/.test(line))
      .map((line) => `${name}: ${line}`),
  );
  assert.equal(wrong, []);
});

test("templates – the compiled form gives what Handlebars gives", () => {
  const values = { ...defaultAnswers };
  for (const flip of [true, false]) {
    const tags = Object.fromEntries(
      Object.entries(tagsOf(defaultAnswers)).map(([k, v]) => [k, v === flip]),
    ) as ReturnType<typeof tagsOf>;
    for (const [name, template] of templates) {
      const compiled = Handlebars.compile(uncoverTags(read(name)), {
        noEscape: true,
        strict: true,
        knownHelpersOnly: true,
      });
      assert.is(
        joinSegments(template, tags, values, (value) => value),
        compiled({ ...tags, ...values }),
        name,
      );
    }
  }
});

test.run();
