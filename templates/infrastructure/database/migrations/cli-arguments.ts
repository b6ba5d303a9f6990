import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface CliRequest {
  readonly command: "migrate" | "rollback" | "status" | "new";
  /** The new migration's name; only `new` has one. */
  readonly name: string;
  readonly to: string | undefined;
  readonly step: number | undefined;
  /** In seconds. */
  readonly lockTimeout: number | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** The command line cannot be understood; the process ends with 2. */
export class UsageError extends Error {}

export const usage = `Usage: npm run db:<command> -- [options]

  migrate            apply what is pending
    --to <name>      … up to and including this migration
  rollback           undo the newest migration
    --step <n>       … the n newest
    --to <name>      … down to and including this migration, 0 for all
  status             what is applied, pending, changed or missing
  new <name>         write a new migration to be filled in

  --lock-timeout <s> seconds to wait for another process that migrates (60)
  --json             print the result as JSON
  --verbose          print the stack of an error
  --help             print this text

Exit codes: 0 done, 1 failed or (status) something needs attention, 2 wrong use.
`;

const allowed = {
  migrate: ["to", "lock-timeout"],
  rollback: ["to", "step", "lock-timeout"],
  status: [],
  new: [],
} as const;

/** Reads the command line; "help" when it asks for help or is empty. Throws UsageError. */
export function parseCli(argv: readonly string[]): CliRequest | "help" {
  const { values, positionals } = readFlags(argv);
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) return "help";
  if (!isCommand(command)) {
    throw new UsageError(
      `There is no command ${command}; expected ${Object.keys(allowed).join(", ")}.`,
    );
  }
  refuseOthers(command, values);
  return {
    command,
    name: readName(command, rest),
    to: values.to,
    step: readNumber("step", values.step),
    lockTimeout: readNumber("lock-timeout", values["lock-timeout"]),
    json: values.json,
    verbose: values.verbose,
  };
}

type Values = ReturnType<typeof readFlags>["values"];

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        to: { type: "string" },
        step: { type: "string" },
        "lock-timeout": { type: "string" },
        json: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : String(error),
    );
  }
}

function isCommand(word: string): word is CliRequest["command"] {
  return Object.hasOwn(allowed, word);
}

function refuseOthers(command: CliRequest["command"], values: Values): void {
  const own: readonly string[] = allowed[command];
  for (const flag of ["to", "step", "lock-timeout"] as const) {
    if (values[flag] !== undefined && !own.includes(flag)) {
      throw new UsageError(`${command} has no option --${flag}.`);
    }
  }
}

function readName(
  command: CliRequest["command"],
  rest: readonly string[],
): string {
  const [name = "", ...more] = rest;
  if (command === "new" && name === "") {
    throw new UsageError(
      "Say what the migration changes: db:new add-email-to-notes",
    );
  }
  const extra = command === "new" ? more : rest;
  if (extra.length === 0) return name;
  throw new UsageError(
    `Did not understand ${extra.join(" ")}${command === "new" ? ": write the name with dashes" : ""}.`,
  );
}

function readNumber(
  flag: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text)) return number;
  throw new UsageError(`--${flag} expects a whole number, got ${text}.`);
}
