import type { Answers } from "./answers.ts";

/** A script of package.json. */
export interface ScriptLine {
  readonly name: string;
  readonly command: string;
  /** The name to take when the project has another script of that name; without it the script is left out. */
  readonly otherwise?: string;
}

/** One value in a configuration file by which a package manager learns that a package may run its install script. */
export interface AllowForm {
  readonly file: "package.json" | "pnpm-workspace.yaml";
  /** The keys that lead to the value. */
  readonly keys: readonly string[];
  /** A list item is to be added to the list that is there. */
  readonly value: true | readonly string[];
}

/** What the emitted code needs from the project around it. */
export interface Requirements {
  /** Ranges by package, sorted by name. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: readonly ScriptLine[];
  readonly allowForms: readonly AllowForm[];
}
