import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** What a request to the example was answered. */
export interface Answer {
  readonly statusCode: number;
  readonly body: unknown;
}

/** What a request for a text was answered. */
export interface TextAnswer {
  readonly statusCode: number;
  readonly contentType: string | null;
  readonly text: string;
}

/** An example application in a process of its own. */
export interface ExampleServer {
  readonly url: string;
  /** Everything that it printed so far. */
  output(): string;
  get(path: string): Promise<Answer>;
  /** What is not JSON. */
  getText(path: string): Promise<TextAnswer>;
  post(path: string, body: string): Promise<Answer>;
  signal(signal: NodeJS.Signals): void;
  /** Sends SIGTERM and resolves to the exit code. */
  stop(): Promise<number | null>;
  ended(): Promise<number | null>;
}

/** Starts `src/server.ts` of a rendered project on a free port; rejects with its output when it does not start. */
export async function startExample(
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ExampleServer> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/server.ts"], {
    cwd: folder,
    env: { ...process.env, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const url = await listening(child, lines);
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    url,
    output: () => lines.join("\n"),
    get: (path) => ask(url + path),
    getText: async (path) => {
      const response = await fetch(url + path);
      return {
        statusCode: response.status,
        contentType: response.headers.get("Content-Type"),
        text: await response.text(),
      };
    },
    post: (path, body) => ask(url + path, body),
    signal: (signal) => child.kill(signal),
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
    ended: () => ended,
  };
}

/** Runs one file of a rendered project to its end. */
export async function runScript(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: Buffer.concat(chunks).toString() };
}

async function listening(
  child: ChildProcess,
  lines: string[],
): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const url = /^Listening on (\S+)/.exec(line)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
    child.once("exit", () => {
      // The rest of the output arrives after the exit.
      setTimeout(() => {
        reject(new Error(`The example ended:\n${lines.join("\n")}`));
      }, 100);
    });
  });
}

async function ask(url: string, body?: string): Promise<Answer> {
  const response = await fetch(
    url,
    body === undefined
      ? {}
      : {
          method: "POST",
          body,
          headers: { "Content-Type": "application/json" },
        },
  );
  const text = await response.text();
  return { statusCode: response.status, body: JSON.parse(text) as unknown };
}
