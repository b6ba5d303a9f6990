import parse, { type Arguments } from "yargs-parser";
import { nearest } from "../answers/nearest.ts";
import { ToolError } from "../errors.ts";
import type { Command, Flag, Invocation } from "./command.ts";
import { commands } from "./table.ts";
import { wrongUse } from "./wrong-use.ts";

/**
 * Reads a command line by the table of commands. yargs draws the help from the same table; only its parser runs here,
 * which starts forty milliseconds earlier.
 *
 * @throws ToolError `wrong-use` with exit code 2, naming the culprit and the nearest name
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const { command, length, help } = findCommand(argv);
  checkTokens(argv, command);
  const { _: words, ...values } = split(argv, command.flags);
  const flags = Object.entries(values).map(
    ([name, value]) => [name, readValue(command, name, value)] as const,
  );
  const invocation: Invocation = {
    command: command.name,
    words: words.slice(length).map(String),
    flags: { ...Object.fromEntries(flags), ...(help ? { help } : {}) },
  };
  return checkWords(invocation, command);
}

function split(argv: readonly string[], flags: readonly Flag[]): Arguments {
  const named = (isSwitch: boolean): string[] =>
    flags
      .filter(({ kind }) => (kind === "switch") === isSwitch)
      .map(({ name }) => name);
  return parse([...argv], {
    string: named(false),
    boolean: named(true),
    alias: Object.fromEntries(
      flags.flatMap(({ name, short }) => (short ? [[name, [short]]] : [])),
    ),
    configuration: {
      "camel-case-expansion": false,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "strip-aliased": true,
    },
  });
}

/** A command and how many words name it; without a name it is `create`. */
interface Found {
  readonly command: Command;
  readonly length: number;
  readonly help: boolean;
}

/** Flags may stand before the command's name. */
function findCommand(argv: readonly string[]): Found {
  const allFlags = commands.flatMap(({ flags }) => flags);
  const words = split(argv, allFlags)._.map(String);
  const help = words[0] === "help";
  const [first = "", second = ""] = help ? words.slice(1) : words;
  const extra = help ? 1 : 0;
  for (const command of commands) {
    const [head, tail] = command.name.split(" ");
    if (head !== first || (tail ?? second) !== second) continue;
    return { command, length: extra + (tail === undefined ? 1 : 2), help };
  }
  const asksHelp = help || argv.includes("--help") || argv.includes("-h");
  if (first === "new" && !asksHelp) throw wrongUse.unknownKind(second);
  const [create] = commands;
  if (create === undefined) throw new Error("There is no command.");
  return { command: create, length: extra, help };
}

/** What the parser would take without a word: `--json=maybe` as false, `-yes` as -y -e -s. */
function checkTokens(argv: readonly string[], command: Command): void {
  for (const token of argv) {
    if (token === "--") return;
    const [, dashes = "", name = "", value] =
      /^(--?)([^=]*)(?:=(.*))?$/s.exec(token) ?? [];
    if (dashes === "" || name === "") continue;
    const bare = name.replace(/^no-/, "");
    const flag = command.flags.find(
      ({ name: known, short }) =>
        known === (dashes === "--" ? bare : name) ||
        (dashes === "-" && short === name),
    );
    if (flag === undefined || (dashes === "-" && name.length > 1)) {
      throw wrongUse.unknownFlag(dashes + name, command);
    }
    if (flag.kind !== "switch" && bare !== name) {
      throw wrongUse.unknownFlag(dashes + name, command);
    }
    if (
      flag.kind === "switch" &&
      value !== undefined &&
      !["true", "false"].includes(value)
    ) {
      throw wrongUse.noValueExpected(flag, value);
    }
  }
}

function readValue(
  command: Command,
  name: string,
  value: unknown,
): string | boolean | readonly string[] {
  const flag = command.flags.find((candidate) => candidate.name === name);
  if (flag === undefined) throw wrongUse.unknownFlag(`--${name}`, command);
  if (flag.kind === "switch") {
    return Array.isArray(value) ? value.at(-1) === true : value === true;
  }
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (values.includes("")) throw wrongUse.valueExpected(flag);
  if (flag.kind === "list") return values;
  const [only, ...more] = values;
  if (only === undefined || more.length > 0)
    throw wrongUse.givenTwice(flag, values);
  return only;
}

function checkWords(invocation: Invocation, command: Command): Invocation {
  const { words, flags } = invocation;
  if (flags.help === true || flags.version === true) return invocation;
  const missing = command.positionals.find(
    ({ required }, index) => required && words[index] === undefined,
  );
  if (missing !== undefined) throw wrongUse.wordExpected(missing, command);
  const takesAll = command.positionals.some(({ many }) => many);
  const extra = takesAll ? undefined : words[command.positionals.length];
  if (extra !== undefined) throw wrongUse.unknownWord(extra, command);
  if (words.includes("")) throw wrongUse.emptyWord(command);
  if (command.name === "create") checkMisspeltCommand(words[0]);
  return invocation;
}

/** `upgarde` would otherwise become a folder. */
function checkMisspeltCommand(word: string | undefined): void {
  if (word === undefined || /[./\\=]/.test(word)) return;
  const names = commands.map(({ name }) => name.split(" ")[0] ?? name);
  const close = nearest(word, [...new Set(names)]);
  if (close === undefined) return;
  throw new ToolError({
    code: "wrong-use",
    exitCode: 2,
    message: `There is no command ${JSON.stringify(word)}. Did you mean ${close}?`,
    remedy: `See create-bento-db --help. To create a folder of that name, write ./${word}.`,
  });
}
