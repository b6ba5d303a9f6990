/** 0 complete, 1 failed, 2 wrong use, 3 conflicts left for the user, 130 cancelled. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

interface ToolErrorOptions {
  /** Stable and machine-readable, such as `unknown-flag`. */
  readonly code: string;
  /** What was expected and what was found. */
  readonly message: string;
  /** What the reader can do about it. */
  readonly remedy?: string | undefined;
  readonly exitCode?: ExitCode | undefined;
  readonly cause?: unknown;
}

/** Anything the tool tells its user to put right: shown without a stack, as one short block. */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly code: string;
  readonly remedy: string | undefined;
  readonly exitCode: ExitCode;

  /** `exitCode` is 1 unless told otherwise. */
  constructor({
    code,
    message,
    remedy,
    exitCode = 1,
    cause,
  }: ToolErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

/** The end of a command by Ctrl-C, a signal, or an answer that says so; exit code 130. */
export function cancelled(
  message = "Cancelled. Nothing was changed.",
): ToolError {
  return new ToolError({ code: "cancelled", message, exitCode: 130 });
}
