import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A command that was typed, and how long it took until it had ended or its server listened. */
export interface Step {
  readonly command: string;
  readonly seconds: number;
}

/** Types commands as one would, one after the other; a server that one of them starts runs until `leave`. */
export class DemoShell {
  readonly steps: Step[] = [];
  /** Where the shell is. */
  folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #print: (line: string) => void;
  #server: ChildProcess | undefined;

  constructor(
    folder: string,
    env: NodeJS.ProcessEnv,
    print: (line: string) => void = console.log,
  ) {
    this.folder = folder;
    this.#print = print;
    this.#env = { ...process.env, ...env };
  }

  /** Rejects when the command fails, or is answered with an error by the application. */
  async type(command: string): Promise<void> {
    this.#print(`\n$ ${command}`);
    const startedMs = performance.now();
    const [word = "", ...words] = command.split(" ");
    if (word === "cd") this.folder = join(this.folder, words.join(" "));
    else if (command === "npm start") await this.#serve(command);
    else if (word === "curl") await this.#ask(command);
    else await this.#run(command);
    const seconds = (performance.now() - startedMs) / 1000;
    this.steps.push({ command, seconds });
  }

  /** Ends the server as Ctrl+C does. */
  async leave(): Promise<void> {
    const { pid, exitCode } = this.#server ?? {};
    if (this.#server === undefined || pid === undefined || exitCode !== null)
      return;
    this.#print("\n^C");
    const ended = once(this.#server, "exit");
    if (process.platform === "win32") this.#server.kill();
    else process.kill(-pid, "SIGINT");
    await ended;
  }

  async #run(command: string): Promise<void> {
    await this.#output(command, this.#print);
  }

  /** Every answer of the example is JSON; that of one that failed has the key `error`. */
  async #ask(command: string): Promise<void> {
    let answer = "";
    await this.#output(`${command} --silent --show-error`, (line) => {
      answer += line;
    });
    this.#print(answer);
    if ("error" in (JSON.parse(answer) as object))
      throw new Error(`${command} was answered with an error.`);
  }

  async #output(command: string, read: (line: string) => void): Promise<void> {
    const child = this.#spawn(command, read);
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0)
      throw new Error(`${command} ended with code ${String(code)}.`);
  }

  async #serve(command: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server = this.#spawn(command, (line) => {
        this.#print(line);
        if (line.startsWith("Listening on ")) resolve();
      });
      this.#server.once("close", (code) => {
        reject(new Error(`${command} ended with code ${String(code)}.`));
      });
    });
  }

  #spawn(command: string, read: (line: string) => void): ChildProcess {
    const child = spawn(command, {
      cwd: this.folder,
      env: this.#env,
      shell: true,
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface({ input: child.stdout }).on("line", read);
    return child;
  }
}
