import { test } from "uvu";
import * as assert from "uvu/assert";
import { defaultAnswers } from "../../src/answers.ts";
import { emittedIds } from "../../src/plan.ts";
import { createRecord } from "../../src/record.ts";
import {
  parseRecord,
  type ParsedRecord,
} from "../../src/record/parse-record.ts";
import { printRecord } from "../../src/record/print-record.ts";
import { renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";

const templates = await loadTemplates();
const ids = emittedIds([...templates.keys()]);
const record = createRecord(
  "1.2.3",
  defaultAnswers,
  renderProject(defaultAnswers, templates),
);
const printed = printRecord(record);
const folder = defaultAnswers.path;

/** Parses the record after a change of its parsed JSON. */
function changed(change: (json: RecordJson) => void): ParsedRecord {
  const json = JSON.parse(printed.json) as RecordJson;
  change(json);
  return parseRecord(
    { json: JSON.stringify(json), base: printed.base, folder },
    ids,
  );
}

interface RecordJson {
  format: unknown;
  version: unknown;
  answers: Record<string, unknown>;
  files: Record<string, Record<string, unknown>>;
}

function problems(parsed: ParsedRecord): string {
  return parsed.ok ? "" : parsed.problems.join("\n");
}

test("record – what is printed is read again, the same", () => {
  const parsed = parseRecord({ ...printed, folder }, ids);
  assert.equal(parsed, { ok: true, record, damaged: [] });
});

test("record – survives other line endings, a formatter and a byte order mark", () => {
  const json = `\uFEFF${JSON.stringify(JSON.parse(printed.json), null, "\t")}`;
  const base = printed.base.replaceAll("\n", "\r\n");
  const parsed = parseRecord({ json, base, folder }, ids);
  assert.equal(parsed, { ok: true, record, damaged: [] });
});

test("record – a moved folder takes its files along", () => {
  const parsed = parseRecord({ ...printed, folder: "src/db" }, ids);
  const paths = parsed.ok ? parsed.record.files.map(({ path }) => path) : [];
  assert.ok(paths.includes("src/db/index.ts"));
  assert.ok(paths.includes("package.json"));
  assert.is(parsed.ok && parsed.record.answers.path, "src/db");
});

test("record – one sorted line a file, and lines of unchanged files are kept", () => {
  const lines = printed.base.trimEnd().split("\n");
  assert.is(lines.length, record.files.length);
  assert.equal([...lines].sort(), lines);
  const marked = printed.base.replace(/^(\S+ \S+) \S+$/m, "$1 kept");
  assert.is(printRecord(record, marked).base, marked);
});

test("record – a damaged or missing line is found by its hash and explained", () => {
  const lines = printed.base.trimEnd().split("\n");
  const damagedBase = [
    (lines[0] ?? "").slice(0, -9),
    ...lines.slice(2),
    "<<<<<<< yours",
  ].join("\n");
  const parsed = parseRecord(
    { json: printed.json, base: damagedBase, folder },
    ids,
  );
  const damaged = parsed.ok ? parsed.damaged : [];
  assert.is(damaged.length, 2);
  assert.match(damaged[0] ?? "", /does not match the hash/);
  assert.match(damaged[1] ?? "", /missing/);
});

test("record – the user's own files are detached from the start", () => {
  const states = new Map(record.files.map(({ id, state }) => [id, state]));
  assert.is(states.get(`${folder}/defaults.ts`), "detached");
  assert.is(states.get(`${folder}/index.ts`), "managed");
});

test("record – no path leads out of the project or to a file of another kind", () => {
  const wrong = [
    "../x.ts",
    "/etc/x.ts",
    "a/../../x.ts",
    "C:/x.ts",
    "a\\..\\x.ts",
    "a//x.ts",
    ".git/x.ts",
    "node_modules/x.ts",
    "a\nb.ts",
    "package.json",
    "src/.bento/x.ts",
  ];
  for (const path of wrong) {
    const parsed = changed(({ files }) => {
      Object.assign(files[`${folder}/index.ts`] ?? {}, { path });
    });
    assert.not.ok(parsed.ok, path);
  }
  const elsewhere = changed(({ files }) => {
    Object.assign(files["package.json"] ?? {}, { path: "other.json" });
  });
  assert.match(problems(elsewhere), /cannot be that file/);
});

test("record – a file that was never emitted is refused", () => {
  const parsed = changed(({ files }) => {
    files["src/secret.ts"] = {
      ...files["package.json"],
      path: "src/secret.ts",
    };
  });
  assert.match(problems(parsed), /no version of create-bento-db emits it/);
});

test("record – two files cannot be in one place", () => {
  const parsed = changed(({ files }) => {
    Object.assign(files[`${folder}/index.ts`] ?? {}, {
      path: `${folder}/engine.ts`,
    });
  });
  assert.match(problems(parsed), /another file/);
});

test("record – wrong fields are named", () => {
  const wrong: ((json: RecordJson) => void)[] = [
    (json) => (json.format = 2),
    (json) => (json.version = "latest"),
    (json) => (json.answers.path = "../evil"),
    (json) => (json.answers.extra = 1),
    (json) => ((json as { files: unknown }).files = []),
    ...["hash", "version", "state", "path"].map((key) => (json: RecordJson) => {
      Object.assign(json.files["package.json"] ?? {}, { [key]: 7 });
    }),
  ];
  for (const change of wrong) {
    const parsed = changed(change);
    assert.not.ok(parsed.ok, change.toString());
    assert.ok(problems(parsed).length > 10);
  }
});

test("record – what is no JSON, too large or in conflict is explained", () => {
  const parse = (json: string): string =>
    problems(parseRecord({ json, base: "", folder }, ids));
  assert.match(parse("{"), /not a JSON object/);
  assert.match(parse("[]"), /not a JSON object/);
  assert.match(parse(" ".repeat(1_000_001)), /characters/);
  assert.match(parse("<<<<<<< HEAD\n{}\n"), /conflict markers/);
});

test.run();
