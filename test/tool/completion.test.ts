/** Completion in the real shells: a line is typed, Tab and Enter are pressed, and what the shell then runs is looked at. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hasPty } from "../support/pty.ts";
import { plainEnvironment, program, runTool } from "../support/tool.ts";
import { withFolder, writeTree } from "../support/trees.ts";

interface Shell {
  readonly name: string;
  /** Starts it with the folder's settings and nobody else's. */
  readonly start: string;
  /** Its settings, as a file of the folder, around the script. */
  readonly settings: (script: string) => Readonly<Record<string, string>>;
}

const shells: readonly Shell[] = [
  {
    name: "bash",
    start: "bash --noprofile --rcfile ./settings -i",
    settings: (script) => ({ settings: `PS1='ready> '\n${script}` }),
  },
  {
    name: "zsh",
    start: "ZDOTDIR=. zsh -i",
    settings: (script) => ({
      ".zshrc": `autoload -Uz compinit && compinit -u -D\nPS1='ready> '\n${script}`,
    }),
  },
  {
    name: "fish",
    start: "XDG_CONFIG_HOME=. XDG_DATA_HOME=. fish -i",
    settings: (script) => ({
      "fish/config.fish": "function fish_prompt\n  echo -n 'ready> '\nend\n",
      "fish/completions/create-bento-db.fish": script,
    }),
  },
];

/** What is typed before Tab, and what the shell then has. */
const lines: readonly (readonly [typed: string, completed: string])[] = [
  ["up", "upgrade"],
  ["new mo", "new model"],
  ["--exam", "--example"],
  ["--example fas", "--example fastify"],
  ["--example=fas", "--example=fastify"],
  ["--database sqlite,", "--database sqlite,postgres"],
  ["diff no-su", "diff no-such-command.txt"],
];

/** Answers for the shell, and writes down what else it is asked to do. */
function command(): string {
  const words = [process.execPath, ...program()].map((word) => `'${word}'`);
  return `#!/bin/sh
if [ "$1" = --complete ]; then exec ${words.join(" ")} "$@"; fi
echo "$@" >> "$RUNS"
`;
}

async function completedBy(
  { name, start, settings }: Shell,
  folder: string,
): Promise<string[]> {
  const { stdout } = await runTool(["completion", name], { cwd: folder });
  writeTree(folder, {
    ...settings(stdout),
    "bin/create-bento-db": command(),
    "no-such-command.txt": "",
  });
  chmodSync(join(folder, "bin/create-bento-db"), 0o755);
  const runs = join(folder, "runs");
  const child = spawn("script", ["-qec", start, "/dev/null"], {
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
    env: {
      ...plainEnvironment(),
      TERM: "xterm",
      HOME: folder,
      RUNS: runs,
      PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`,
    },
  });
  let screen = "";
  child.stdout.on("data", (chunk: Buffer) => {
    screen += chunk.toString();
  });
  try {
    await until(() => screen.includes("ready> "), `${name} is ready`);
    for (const [index, [typed]] of lines.entries()) {
      child.stdin.write(`create-bento-db ${typed}\t\r`);
      const done = (): boolean => readRuns(runs).length > index;
      await until(done, `${name} runs "${typed}":\n${screen}`);
    }
    // A shell that is killed leaves its helpers to finish.
    child.stdin.write("exit\r");
    await until(() => child.exitCode !== null, `${name} ends`);
  } finally {
    child.kill("SIGKILL");
  }
  return readRuns(runs);
}

function readRuns(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

async function until(done: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!done()) {
    if (performance.now() > deadline) throw new Error(`Waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

for (const shell of shells) {
  const { name } = shell;
  const here = spawnSync(name, ["--version"]).status === 0 && hasPty();
  if (!here) console.log(`skipped: ${name} or a terminal for it is not here`);
  const run = here ? test : test.skip.bind(test);
  run(
    `completion – ${name} completes commands, flags, values and, where the tool has no word, files`,
    async () => {
      await withFolder(async (folder) => {
        const wanted = lines.map(([, completed]) => completed);
        assert.equal(await completedBy(shell, folder), wanted);
      });
    },
  );
}

test.run();
