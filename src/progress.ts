import type { Terminal } from "./terminal.ts";

/** Shows that something takes its time. */
export interface Progress {
  start(title: string): void;
  /** The newest detail, shown where a line can be drawn again. */
  update(detail: string): void;
  stop(): void;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 120;

/** A line that is drawn again and again on a terminal, and one plain line elsewhere. */
export function createProgress(terminal: Terminal): Progress {
  return terminal.animated ? new Spinner(terminal) : new PlainLine(terminal);
}

/** Says nothing at all. */
export const silentProgress: Progress = {
  start: () => undefined,
  update: () => undefined,
  stop: () => undefined,
};

class PlainLine implements Progress {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  start(title: string): void {
    this.#terminal.say(`${title} …\n`);
  }

  update(): void {
    return;
  }

  stop(): void {
    return;
  }
}

class Spinner implements Progress {
  readonly #terminal: Terminal;
  #timer: NodeJS.Timeout | undefined;
  #title = "";
  #detail = "";
  #started = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  start(title: string): void {
    this.#title = title;
    this.#started = performance.now();
    this.#timer = setInterval(() => {
      this.#draw();
    }, frameMs).unref();
    this.#draw();
  }

  update(detail: string): void {
    if (detail !== "") this.#detail = detail;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#terminal.say("\r\u001b[2K");
  }

  #draw(): void {
    const elapsed = performance.now() - this.#started;
    const frame = frames[Math.floor(elapsed / frameMs) % frames.length] ?? "";
    const seconds = Math.floor(elapsed / 1000);
    const text = `${frame} ${this.#title} ${seconds} s  ${this.#detail}`;
    this.#terminal.say(`\r\u001b[2K${cut(text)}`);
  }
}

/** A line that wrapped could not be drawn again; some terminals say that they are 0 columns wide. */
function cut(text: string): string {
  const columns = process.stderr.columns;
  const width = columns > 0 ? columns - 1 : 79;
  return text.slice(0, width);
}
