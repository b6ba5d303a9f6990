/** What is published, what it is made of, and who may publish it. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as prettier from "prettier";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = join(import.meta.dirname, "../..");

interface Published {
  readonly files: readonly { readonly path: string }[];
}

interface Bill {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly licenses: readonly { readonly license: { readonly id: string } }[];
    readonly hashes: readonly { readonly content: string }[];
  }[];
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function publishDry(): Published {
  if (!existsSync(join(root, "dist/cli.js"))) {
    execFileSync("npm", ["run", "build"], { cwd: root });
  }
  const words = ["publish", "--dry-run", "--json", "--ignore-scripts"];
  const output = execFileSync("npm", words, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const answer = JSON.parse(output) as Published | Record<string, Published>;
  if ("files" in answer) return answer as Published;
  const [published] = Object.values(answer);
  if (published === undefined) throw new Error(output);
  return published;
}

const paths = publishDry().files.map(({ path }) => path);

test("publish – sends the bundle, its papers and nothing else", () => {
  const expected =
    /^(?:CHANGELOG\.md|LICENSE|README\.md|package\.json|dist\/(?:sbom\.cdx\.json|third-party\.txt|releases\/[\w.-]+\.json\.br|[\w/-]+\.js))$/;
  assert.equal(
    paths.filter((path) => !expected.test(path)),
    [],
  );
  for (const path of ["dist/cli.js", "dist/sbom.cdx.json"]) {
    assert.ok(paths.includes(path), path);
  }
});

test("publish – names no folder of the machine that built it, and no source map", () => {
  for (const path of paths) {
    const text = read(path);
    assert.not(text.includes(root), path);
    assert.not(text.includes(`${homedir()}/`), path);
    assert.not.match(text, /[#@] sourceMappingURL=/, path);
  }
});

test("bill of materials – lists what the licence notices list, with versions and hashes", () => {
  const bill = JSON.parse(read("dist/sbom.cdx.json")) as Bill;
  assert.is(bill.bomFormat, "CycloneDX");
  const listed = bill.components.map(
    ({ name, version, licenses }) =>
      `${name} ${version} (${licenses.map(({ license }) => license.id).join()})`,
  );
  const notices = read("dist/third-party.txt").split(`\n${"-".repeat(80)}\n\n`);
  assert.equal(
    listed,
    notices.map((notice) => notice.split("\n", 1).join()),
  );
  assert.ok(listed.some((line) => line.startsWith("yargs-parser ")));
  for (const { name, version, purl, hashes } of bill.components) {
    assert.is(decodeURIComponent(purl), `pkg:npm/${name}@${version}`);
    assert.match(hashes[0]?.content ?? "", /^[0-9a-f]{128}$/);
  }
});

test("licences – every package in the bundle allows it, and has its text there", () => {
  const notices = read("dist/third-party.txt").split(`\n${"-".repeat(80)}\n\n`);
  for (const notice of notices) {
    assert.match(notice, /^\S+ \S+ \((?:MIT|ISC|BSD-\d-Clause|Apache-2\.0)\)/);
    assert.ok(notice.length > 500, notice);
  }
});

test("publishing – a workflow with pinned actions, rights for provenance and no more", async () => {
  const file = ".github/workflows/publish.yml";
  const text = read(file);
  assert.ok(await prettier.check(text, { parser: "yaml" }));
  const actions = text.match(/uses: \S+/g) ?? [];
  assert.ok(actions.length >= 2);
  for (const action of actions) assert.match(action, /@[0-9a-f]{40}$/);
  assert.match(text, /npm publish --provenance/);
  assert.equal(text.match(/\w[\w-]+: write/g), ["id-token: write"]);
  const { scripts } = JSON.parse(read("package.json")) as {
    scripts: Record<string, string>;
  };
  for (const [, script = ""] of text.matchAll(/npm run (\S+)/g)) {
    assert.ok(script in scripts, script);
  }
});

test.run();
