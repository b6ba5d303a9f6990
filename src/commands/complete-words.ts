import type { Command, Flag } from "./command.ts";
import { commands } from "./table.ts";

/**
 * The words that could stand in place of the last one; `line` is what the shell has, the program's name first. The
 * shell itself leaves out what does not begin as typed.
 */
export function completeWords(line: readonly string[]): readonly string[] {
  const words = line.slice(1);
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const command = commandOf(before);
  const [, flagName = "", typed] = /^--([\w-]+)=(.*)$/s.exec(current) ?? [];
  const previous = before.at(-1) ?? "";
  const name = typed === undefined ? previous.replace(/^--/, "") : flagName;
  const flag = command.flags.find((candidate) => candidate.name === name);
  if (
    flag?.kind !== "switch" &&
    (typed !== undefined || previous === `--${name}`)
  ) {
    const values = valuesOf(flag, typed ?? current);
    return typed === undefined
      ? values
      : values.map((value) => `--${name}=${value}`);
  }
  if (current.startsWith("-")) return flagsOf(command, before);
  return nextNames(before);
}

/** After `sqlite,` the list goes on. */
function valuesOf(flag: Flag | undefined, current: string): readonly string[] {
  const choices = flag?.choices ?? [];
  if (flag?.kind !== "list" || !current.includes(",")) return choices;
  const chosen = current.split(",").slice(0, -1);
  return choices
    .filter((choice) => !chosen.includes(choice))
    .map((choice) => [...chosen, choice].join(","));
}

function flagsOf({ flags }: Command, before: readonly string[]): string[] {
  return flags
    .filter(
      ({ name, kind }) => kind === "list" || !before.includes(`--${name}`),
    )
    .map(({ name }) => (name === "install" ? "--no-install" : `--${name}`));
}

function commandOf(words: readonly string[]): Command {
  const plain = words.filter((word) => !word.startsWith("-"));
  const [first = "", second = ""] = plain;
  const found = commands.find(({ name }) =>
    [first, `${first} ${second}`].includes(name),
  );
  const fallback = commands[0];
  if (found !== undefined) return found;
  if (fallback === undefined) throw new Error("There is no command.");
  return fallback;
}

/** The commands' names where one can stand, and the kinds of `new`. */
function nextNames(before: readonly string[]): readonly string[] {
  const plain = before.filter((word) => !word.startsWith("-"));
  const names = commands.map(({ name }) => name.split(" "));
  const matching = names.filter((parts) =>
    plain.every((word, index) => parts[index] === word),
  );
  const next = matching.flatMap((parts) => parts[plain.length] ?? []);
  return [...new Set(next)];
}
