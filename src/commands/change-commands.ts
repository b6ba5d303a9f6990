import type { Command } from "./command.ts";
import { changeFlags, commonFlags, mergeFlags, upgradeFlags } from "./flags.ts";

/** What a list of parts may name. */
function parts(example: string): Command["positionals"][number] {
  return {
    name: "part",
    description: `Parts, databases, or an example, such as ${example}`,
    required: false,
    many: true,
  };
}

/** The commands that regenerate and merge. */
export const changeCommands: readonly Command[] = [
  {
    name: "upgrade",
    description: "Regenerate with this version and merge",
    positionals: [],
    flags: [...upgradeFlags, ...mergeFlags, ...changeFlags, ...commonFlags],
    examples: [
      ["create-bento-db upgrade --dry-run", "Show the plan only"],
      ["create-bento-db upgrade", "Carry it out, and ask about conflicts"],
      [
        "create-bento-db upgrade --conflicts markers",
        "Write conflicts into the files, to resolve them in an editor",
      ],
      ["create-bento-db upgrade --continue", "Go on once they are resolved"],
      [
        "create-bento-db upgrade --test-runner vitest",
        "Change an answer in the same run",
      ],
      ["create-bento-db upgrade --check", "In CI: exit code 1 when behind"],
    ],
  },
  {
    name: "add",
    description: "Add parts to the layer, or bring back files",
    positionals: [parts("migrations")],
    flags: [
      {
        name: "restore",
        kind: "list",
        value: "files",
        description: "Bring back files of the layer that you deleted",
      },
      ...mergeFlags,
      ...commonFlags,
    ],
    examples: [
      ["create-bento-db add migrations", "Add the migrations"],
      ["create-bento-db add observability", "Add metrics and slow statements"],
      ["create-bento-db add postgres", "Speak to PostgreSQL too"],
      ["create-bento-db add express", "Add the example on Express"],
      [
        "create-bento-db add --restore infrastructure/database/logger.ts",
        "Bring back a file that you deleted",
      ],
    ],
  },
  {
    name: "remove",
    description: "Remove parts from the layer",
    positionals: [
      {
        ...parts("draining"),
        required: true,
      },
    ],
    flags: [...mergeFlags, ...commonFlags],
    examples: [
      [
        "create-bento-db remove draining",
        "Remove the draining; what you changed in it stays",
      ],
    ],
  },
];
