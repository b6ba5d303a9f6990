/**
 * The main job from nothing: scaffolds a project into `demo/`, installs it, migrates, starts its example application and
 * asks it a few things. Ends with the project in place; a re-run uses what is there.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "..");
const project = join(root, "demo");

if (existsSync(join(project, "package.json"))) {
  console.log(
    "demo/ is there already and is used again; delete it to start afresh.",
  );
  run("npm", ["install", "--no-audit", "--no-fund"], project);
} else {
  run("node", ["dist/cli.js", "demo", "--yes"], root);
}
run("npm", ["run", "db:migrate"], project);
const server = startServer();
try {
  await converse(await addressOf(server));
} finally {
  console.log("\nStopping it with SIGTERM:");
  server.kill("SIGTERM");
  await once(server, "exit");
}
console.log(`
The project is in demo/ and is yours to play with:

  cd demo
  npm start
  npm test
`);

/** Prints a command as one would type it, runs it, and ends the demonstration when it fails. */
function run(command: string, args: readonly string[], cwd: string): void {
  console.log(`\n$ ${command} ${args.join(" ")}`);
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Not by `npm start`: the signal at the end is for the server itself. */
function startServer(): ChildProcess {
  console.log("\n$ npm start");
  return spawn(process.execPath, ["--import", "tsx", "src/server.ts"], {
    cwd: project,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The URL that the server prints; all that it prints is passed on. */
async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The server has no output.");
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      console.log(line);
      const url = /^Listening on (\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once("exit", (code) => {
      reject(new Error(`The server ended with code ${String(code)}.`));
    });
  });
}

async function converse(url: string): Promise<void> {
  await ask("POST", `${url}/notes`, JSON.stringify({ text: "Buy milk" }));
  await ask("GET", `${url}/notes`);
  await ask("GET", `${url}/health/ready`);
}

async function ask(method: string, url: string, body?: string): Promise<void> {
  console.log(
    `\n$ curl -X ${method} ${url}${body === undefined ? "" : ` -d '${body}'`}`,
  );
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body, headers: { "Content-Type": "application/json" } }),
  });
  console.log(`${response.status} ${(await response.text()).trim()}`);
  if (!response.ok) throw new Error(`${method} ${url} failed.`);
}
