import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as assert from "uvu/assert";
import { commandNames } from "../../src/commands/command.ts";
import type { DocBlock } from "./doc-blocks.ts";
import { type ExampleServer, startExample } from "./example-server.ts";
import { plainEnvironment, runTool } from "./tool.ts";

const root = join(import.meta.dirname, "../..");

/** Runs a document's code blocks one after the other, in one project, as a reader would. */
export class DocReader {
  readonly #home: string;
  /** Where the reader's shell is. */
  #folder: string;
  #server: ExampleServer | undefined;
  #scripts = 0;

  constructor(home: string, folder = home) {
    this.#home = home;
    this.#folder = folder;
  }

  async follow(blocks: readonly DocBlock[], codeFolder: string): Promise<void> {
    for (const block of blocks) {
      if (block.notRun !== undefined) continue;
      if (block.language === "sh") await this.#type(block.code);
      if (block.language === "ts") await this.#runCode(block.code, codeFolder);
    }
  }

  async leave(): Promise<void> {
    await this.#server?.stop();
  }

  async #type(code: string): Promise<void> {
    for (const line of code.trim().split("\n")) {
      const [command = "", ...words] = line.split(" ");
      if (command === "cd") this.#folder = join(this.#folder, words.join(" "));
      else if (/^(npm create|npx create-bento-db)/.test(line))
        await this.#runTool(words.slice(command === "npm" ? 2 : 1));
      else if (/^npm (run )?start$/.test(line))
        this.#server = await startExample(this.#folder);
      else if (line === "npm install") this.#linkPackages();
      else await this.#runShell(line);
    }
  }

  async #runTool(words: readonly string[]): Promise<void> {
    const commands: readonly string[] = commandNames;
    const creates = words.length === 1 && !commands.includes(words[0] ?? "");
    const flags = creates ? ["--yes", "--no-install"] : [];
    const run = await runTool([...words, ...flags], { cwd: this.#folder });
    assert.is(run.code, 0, `${words.join(" ")}\n${run.stdout}${run.stderr}`);
    if (creates) {
      this.#folder = join(this.#folder, words[0] ?? "");
      this.#linkPackages();
      this.#folder = this.#home;
    }
  }

  /** Instead of an installation: the repository has all that a project needs. */
  #linkPackages(): void {
    symlinkSync(
      join(root, "node_modules"),
      join(this.#folder, "node_modules"),
      "junction",
    );
  }

  async #runShell(line: string): Promise<void> {
    const url = this.#server?.url ?? "";
    const command = line
      .replace(/^curl /, "curl --fail --silent --show-error ")
      .replaceAll("localhost:3000", url);
    const child = spawn("sh", ["-c", command], {
      cwd: this.#folder,
      env: plainEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await once(child, "close")) as [number | null];
    assert.is(code, 0, `${line}\n${(await output).join("")}`);
  }

  async #runCode(code: string, codeFolder: string): Promise<void> {
    const name = join(codeFolder, `block-${String((this.#scripts += 1))}.ts`);
    writeFileSync(join(this.#folder, name), code);
    await this.#runShell(`node --import tsx ${name}`);
  }
}

/** A folder in which a document is followed; the repository's packages are above it. */
export function newDocFolder(): string {
  mkdirSync(join(root, ".test-cache"), { recursive: true });
  return mkdtempSync(join(root, ".test-cache/docs-"));
}
