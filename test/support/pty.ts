import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { quote } from "../../src/platform/quote.ts";
import { plainEnvironment, program } from "./tool.ts";

/** Whether this machine has util-linux's `script`, which gives a program a real pseudo-terminal. */
export function hasPty(): boolean {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes(
      "util-linux",
    );
  } catch {
    return false;
  }
}

export interface PtyOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** 0 leaves the terminal without a size. */
  readonly columns?: number;
}

/** The tool in a terminal of its own. */
export class Pty {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = "";
  #seen = 0;

  constructor(args: readonly string[], options: PtyOptions) {
    const { columns = 100 } = options;
    const tool = [process.execPath, ...program(), ...args]
      .map((word) => quote(word))
      .join(" ");
    const size = columns > 0 ? `stty cols ${columns} rows 40; ` : "";
    this.#child = spawn(
      "script",
      ["-qec", `${size}exec ${tool}`, "/dev/null"],
      {
        cwd: options.cwd,
        env: { ...plainEnvironment(), TERM: "xterm-256color", ...options.env },
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    this.#child.stdout?.on("data", (chunk: Buffer) => {
      this.#output += chunk.toString();
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once("close", resolve);
    });
  }

  get output(): string {
    return this.#output;
  }

  /** Types keys: `\r` is Enter, `\u0003` Ctrl-C. */
  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Waits until the text appears after what was seen before; fails after half a minute. */
  async see(text: string): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (!this.#output.includes(text, this.#seen)) {
      if (performance.now() > deadline || this.#child.exitCode !== null) {
        this.#child.kill("SIGKILL");
        throw new Error(`Expected ${text} on the screen:\n${this.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#seen = this.#output.indexOf(text, this.#seen) + text.length;
  }

  /** The exit code; the program is killed after a minute. */
  async end(): Promise<number | null> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 60_000);
    const code = await this.#ended;
    clearTimeout(timer);
    return code;
  }
}
