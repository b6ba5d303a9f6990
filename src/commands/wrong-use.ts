import { nearest } from "../answers/nearest.ts";
import { ToolError } from "../errors.ts";
import type { Command, Flag, Positional } from "./command.ts";

/** The errors of a command line: each names the culprit, what was expected, and the way out; exit code 2. */
export const wrongUse = {
  unknownFlag(given: string, command: Command): ToolError {
    const name = given.replace(/^-+/, "");
    const names = command.flags.flatMap((flag) =>
      flag.kind === "switch" ? [flag.name, `no-${flag.name}`] : [flag.name],
    );
    const close = nearest(name, names);
    const hint = close === undefined ? "" : ` Did you mean --${close}?`;
    return error(
      `There is no flag ${given}${of(command)}.${hint}`,
      seeHelp(command),
    );
  },

  noValueExpected({ name }: Flag, value: string): ToolError {
    return error(
      `--${name} takes no value, got ${JSON.stringify(value)}.`,
      `Write --${name} or --no-${name}.`,
    );
  },

  valueExpected(flag: Flag): ToolError {
    return error(
      `--${flag.name} expects a value, got none.`,
      `Write --${flag.name} ${example(flag)}.`,
    );
  },

  givenTwice({ name }: Flag, values: readonly string[]): ToolError {
    return error(
      `--${name} expects one value, got ${values.map((value) => JSON.stringify(value)).join(" and ")}.`,
      "Give it once.",
    );
  },

  wordExpected({ name, description }: Positional, command: Command): ToolError {
    return error(
      `${command.name} expects ${article(name)} ${name}: ${description}. Got none.`,
      seeHelp(command),
    );
  },

  unknownWord(word: string, command: Command): ToolError {
    return error(
      `${command.name} does not expect ${JSON.stringify(word)}.`,
      seeHelp(command),
    );
  },

  emptyWord(command: Command): ToolError {
    return error(
      `${command.name} got an empty word.`,
      "Leave it out, or check the variable that it came from.",
    );
  },

  unknownKind(given: string): ToolError {
    const close = nearest(given, ["migration", "model"]);
    const hint = close === undefined ? "" : ` Did you mean new ${close}?`;
    const got =
      given === "" || given.startsWith("-") ? "none" : JSON.stringify(given);
    return error(
      `new expects migration or model, got ${got}.${hint}`,
      'Write "create-bento-db new migration <name>" or "create-bento-db new model <Name> [field:type …]".',
    );
  },
};

function error(message: string, remedy: string): ToolError {
  return new ToolError({ code: "wrong-use", message, remedy, exitCode: 2 });
}

function of({ name }: Command): string {
  return name === "create" ? "" : ` in ${name}`;
}

function seeHelp({ name }: Command): string {
  const command = name === "create" ? "" : ` ${name}`;
  return `See create-bento-db${command} --help.`;
}

function example({ choices, value, kind }: Flag): string {
  if (choices === undefined) return `<${value ?? "text"}>`;
  return kind === "list" ? choices.join(",") : choices.join(" | ");
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? "an" : "a";
}
