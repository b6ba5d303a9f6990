import { ToolError, type ExitCode } from "./errors.ts";
import { explainFailure } from "./write/file-system-error.ts";

/** An error as one short block: what happened, then what to do. */
export function failureText(error: unknown, verbose: boolean): string {
  const { message, remedy } = describe(error);
  const lines = [`create-bento-db: ${message}`];
  if (remedy !== undefined) lines.push(remedy);
  if (verbose) lines.push("", ...stacks(error));
  return `${lines.join("\n")}\n`;
}

/** An error as the document that `--json` prints. */
export function failureJson(error: unknown): Readonly<Record<string, unknown>> {
  const { code, message, remedy } = describe(error);
  return {
    error: {
      code,
      message,
      remedy: remedy ?? null,
      exitCode: exitCodeOf(error),
    },
  };
}

/** 1 for what no part of the tool has foreseen. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof ToolError ? error.exitCode : 1;
}

interface Description {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | undefined;
}

function describe(thrown: unknown): Description {
  const error = explainFailure(thrown, "", "open");
  if (error instanceof ToolError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "unexpected",
    message: `Something went wrong that should not have: ${message}`,
    remedy: "Run it again with --verbose, and please report what that shows.",
  };
}

function stacks(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = error.stack ?? String(error);
  return error.cause === undefined
    ? [own]
    : [own, "Caused by:", ...stacks(error.cause)];
}
