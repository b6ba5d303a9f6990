import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  releaseProblems,
  releasedVersions,
} from "../../build/release-rules.ts";
import { defaultAnswers } from "../../src/answers.ts";
import { emittedIds } from "../../src/plan.ts";
import { fragmentOf } from "../../src/record.ts";
import { parseRecord } from "../../src/record/parse-record.ts";
import { printRecord } from "../../src/record/print-record.ts";
import { loadRelease } from "../../src/releases.ts";
import { packSnapshot, unpackSnapshot } from "../../src/releases/snapshot.ts";
import { renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import { toolVersion } from "../../src/version.ts";
import { Rendering } from "../combinations/rendering.ts";
import {
  releaseAnswers,
  releaseFiles,
  releaseRecord,
  releases,
} from "../support/releases.ts";

const root = join(import.meta.dirname, "../..");
const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
const templates = await loadTemplates();

/** Whether today's templates give what the version's snapshot holds. */
function isUnchanged(version: string): boolean | undefined {
  if (!releases.includes(version)) return undefined;
  const release = loadRelease(version);
  const rendering = new Rendering(templates);
  return release.answers.every((answers) => {
    const output = release.output(answers);
    return (
      output?.fragment.text === fragmentOf(answers).text &&
      printed(output.files) === printed(rendering.files(answers))
    );
  });
}

function printed(files: readonly { path: string; text: string }[]): string {
  return files
    .map(({ path, text }) => `${path}\n${text}`)
    .sort()
    .join("");
}

test("releases – what a released version emits is never changed", () => {
  const released = releasedVersions(changelog).includes(toolVersion);
  const unchanged = released ? isUnchanged(toolVersion) : undefined;
  const state = { version: toolVersion, changelog, unchanged };
  assert.equal(releaseProblems(state), []);
});

test("releases – a changed template, or a missing snapshot, is told from the release on", () => {
  const unreleased = "# Changelog\n\n## [Unreleased]\n";
  const out = `${unreleased}\n## [1.1.0] - 2030-01-01\n\n## [1.0.0] - 2029-01-01\n`;
  const problems = (
    version: string,
    text: string,
    unchanged: boolean | undefined,
  ): string => releaseProblems({ version, changelog: text, unchanged }).join();
  assert.is(problems("1.1.0", unreleased, false), "");
  assert.is(problems("1.2.0", out, false), "");
  assert.is(problems("1.1.0", out, true), "");
  assert.match(problems("1.1.0", out, false), /raise the version/);
  assert.match(problems("1.1.0", out, undefined), /release:snapshot/);
});

test("releases – every released version has a snapshot", () => {
  for (const version of releasedVersions(changelog)) {
    assert.ok(releases.includes(version), version);
  }
});

test("releases – a snapshot tells a changed template from an unchanged one", () => {
  const [first = ""] = releases;
  assert.is(isUnchanged(first), false);
  assert.is(isUnchanged("9.9.9"), undefined);
  const files = renderProject(defaultAnswers, templates);
  assert.is(printed(files), printed([...files].reverse()));
});

test("releases – what is packed is read again, each different file once", () => {
  const file = releaseFiles(releases[0] ?? "")[0];
  if (file === undefined) throw new Error("The first release is empty.");
  const snapshot = { version: "1.0.0", files: [file], outputs: [] };
  assert.equal(unpackSnapshot(packSnapshot(snapshot)), snapshot);
  for (const version of releases) {
    const { files } = loadRelease(version);
    const keys = files.map((each) => JSON.stringify(each));
    assert.is(new Set(keys).size, files.length, version);
  }
});

test("releases – several versions differ, and today's tool reads the records of all", () => {
  assert.ok(releases.length >= 3);
  const texts = releases.map((version) => printed(releaseFiles(version)));
  assert.is(new Set(texts).size, releases.length);
  const ids = emittedIds([...templates.keys()]);
  for (const version of releases) {
    assert.ok(releaseAnswers(version).length > 5000, version);
    const record = releaseRecord(version);
    const folder = record.answers.path;
    const parsed = parseRecord({ ...printRecord(record), folder }, ids);
    assert.equal(parsed, { ok: true, record, damaged: [] });
  }
});

test.run();
