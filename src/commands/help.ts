import yargs, { type Argv, type Options } from "yargs";
import type { Command, CommandName, Flag, Positional } from "./command.ts";
import { commands } from "./table.ts";

/** The help of a command, one entry a line; that of `create` lists the other commands too. */
export async function renderHelp(name: CommandName): Promise<string> {
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return "";
  const main = command.name === "create";
  const program = base()
    .usage(`$0 ${usageOf(command)}\n\n${command.description}`)
    .command(`$0 ${usageOf(command, true)}`, false, (builder) =>
      describe(builder, command),
    );
  if (main) listCommands(program);
  for (const [line, text] of command.examples) program.example(line, text);
  return `${await program.getHelp()}\n`;
}

function base(): Argv {
  return yargs([])
    .scriptName("create-bento-db")
    .locale("en")
    .wrap(null)
    .help(false)
    .version(false)
    .exitProcess(false);
}

function listCommands(program: Argv): void {
  for (const { name, description, positionals } of commands) {
    if (name === "create") continue;
    const words = positionals.map(usageWord).join(" ");
    program.command(`${name} ${words}`.trim(), description);
  }
}

function describe(builder: Argv, command: Command): Argv {
  for (const { name, description } of command.positionals) {
    builder.positional(name, { describe: description, type: "string" });
  }
  for (const flag of command.flags) builder.option(flag.name, optionOf(flag));
  return builder;
}

function optionOf(flag: Flag): Options {
  const { kind, description, short, choices } = flag;
  return {
    describe: description,
    type: kind === "switch" ? "boolean" : "string",
    ...(short === undefined ? {} : { alias: short }),
    ...(choices === undefined ? {} : { choices: [...choices] }),
  };
}

function usageOf(command: Command, bare = false): string {
  const name = bare || command.name === "create" ? "" : command.name;
  const words = command.positionals.map(usageWord).join(" ");
  return `${name} ${words}`.trim();
}

function usageWord({ name, required, many }: Positional): string {
  const text = many ? `${name}..` : name;
  return required ? `<${text}>` : `[${text}]`;
}
