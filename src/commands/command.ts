/** One flag of the command line, without its dashes. */
export interface Flag {
  readonly name: string;
  /** `switch` takes no value; `list` may be given more than once, or with commas. */
  readonly kind: "switch" | "text" | "list";
  readonly description: string;
  readonly short?: string;
  /** What stands for the value in the help, such as `folder`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Shown in the help; the default itself is decided elsewhere. */
  readonly fallback?: string;
}

/** One word of the command line that has no dashes. */
export interface Positional {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Takes all words that follow. */
  readonly many: boolean;
}

export const commandNames = [
  "create",
  "upgrade",
  "status",
  "diff",
  "add",
  "remove",
  "undo",
  "adopt",
  "new migration",
  "new model",
  "doctor",
  "completion",
] as const;

export type CommandName = (typeof commandNames)[number];

/** What a command understands: the parser, the help and the completion all read this. */
export interface Command {
  readonly name: CommandName;
  readonly description: string;
  readonly positionals: readonly Positional[];
  readonly flags: readonly Flag[];
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [string, string])[];
}

/** A command line that was understood; values are still to be checked by the command. */
export interface Invocation {
  readonly command: CommandName;
  readonly words: readonly string[];
  readonly flags: Readonly<
    Record<string, string | boolean | readonly string[]>
  >;
}
