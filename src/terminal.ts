import { isAsciiOnly, toAscii } from "./plain-ascii.ts";

/** What the program talks to; tests may put their own in its place. */
export interface Terminal {
  /** Whether a question can be asked: standard input and output are both terminals. */
  readonly interactive: boolean;
  /** Whether a line may be drawn again, as a spinner does. */
  readonly animated: boolean;
  readonly colors: boolean;
  /** How wide it is; undefined where that does not matter, or is not known. */
  readonly columns: number | undefined;
  print(text: string): void;
  /** Progress, notes and errors: what is no result goes to standard error. */
  say(text: string): void;
}

/** The process's own terminal. With `json`, standard output is kept for the document. */
export function openTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process;
  const plain = env.NO_COLOR !== undefined && env.NO_COLOR !== "";
  const dumb = env.TERM === "dumb";
  const ascii = isAsciiOnly(env);
  // What goes into a file or a pipe is not for these eyes.
  const shown = (text: string, { isTTY }: NodeJS.WriteStream): string =>
    ascii && isTTY ? toAscii(text) : text;
  return {
    interactive: stdin.isTTY && stdout.isTTY && !dumb,
    animated: stderr.isTTY && !dumb && !plain,
    colors: stdout.isTTY && !plain && !dumb,
    columns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
    print: (text) => void stdout.write(shown(text, stdout)),
    say: (text) => void stderr.write(shown(text, stderr)),
  };
}

/** Text styles that vanish where colours are not wanted. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** SGR sequences of ECMA-48. */
export function styleFor(colors: boolean): Style {
  const wrap =
    (open: number, close: number) =>
    (text: string): string =>
      colors ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    green: wrap(32, 39),
    red: wrap(31, 39),
    yellow: wrap(33, 39),
  };
}
