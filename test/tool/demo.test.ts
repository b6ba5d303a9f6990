/** What `npm run demo` is made of; the whole of it installs from the registry. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { demoCommands } from "../../build/demo-commands.ts";
import { serveOwnPackage } from "../../build/demo-registry.ts";
import { DemoShell } from "../../build/demo-shell.ts";

const root = join(import.meta.dirname, "../..");

async function inFolder(
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A program for the shell; its text has no quotes. */
function node(code: string): string {
  return `"${process.execPath}" -e "${code}"`;
}

test("commands – those of README, from nothing to a query that answers", () => {
  const commands = demoCommands(readFileSync(join(root, "README.md"), "utf8"));
  assert.equal(commands.slice(0, 4), [
    "npm create bento-db@latest my-app -- --yes",
    "cd my-app",
    "npm run db:migrate",
    "npm start",
  ]);
  assert.match(commands[4] ?? "", /^curl .*POST .*\/notes$/);
  assert.match(commands[5] ?? "", /^curl .*\/notes$/);
});

test("commands – a README without them is an error", () => {
  assert.throws(() => demoCommands("# Nothing\n"), /two blocks of commands/);
});

test("registry – has this package as the latest, and knows who has the others", () =>
  inFolder(async (folder) => {
    const registry = await serveOwnPackage(root, folder);
    try {
      const answer = await fetch(`${registry.url}/create-bento-db`);
      const described = (await answer.json()) as {
        "dist-tags": { latest: string };
        versions: Record<string, { bin: unknown; dist: { tarball: string } }>;
      };
      const latest = described.versions[described["dist-tags"].latest];
      assert.ok(latest?.bin);
      const tarball = await fetch(latest.dist.tarball);
      const [first, second] = new Uint8Array(await tarball.arrayBuffer());
      assert.equal([first, second], [0x1f, 0x8b], "expected gzip");
      const other = await fetch(`${registry.url}/@scope%2fname`, {
        redirect: "manual",
      });
      assert.is(other.status, 307);
      assert.match(other.headers.get("Location") ?? "", /\/@scope%2fname$/);
    } finally {
      registry.close();
    }
  }));

test("shell – notes each step and its seconds, and rejects one that fails", () =>
  inFolder(async (folder) => {
    const printed: string[] = [];
    const print = (line: string): number => printed.push(line);
    const shell = new DemoShell(folder, { DEMO: "7" }, print);
    const slow = node("setTimeout(() => process.exit(0), 200)");
    await shell.type(slow);
    await shell.type(node("console.log(process.env.DEMO)"));
    assert.equal(printed.slice(-1), ["7"]);
    const failed = await shell
      .type(node("process.exit(3)"))
      .catch((error: unknown) => error);
    assert.match(String(failed), /ended with code 3/);
    await shell.type("cd below");
    assert.is(shell.folder, join(folder, "below"));
    assert.is(shell.steps.length, 3);
    const [first] = shell.steps;
    assert.is(first?.command, slow);
    assert.ok((first?.seconds ?? 0) >= 0.2);
  }));

test.run();
