import type { Command, Positional } from "./command.ts";
import { answerFlags, commonFlags } from "./flags.ts";
import { changeCommands } from "./change-commands.ts";

/** All commands of the tool; the first is what runs without a name. */
export const commands: readonly Command[] = [
  {
    name: "create",
    description: "Put a database layer into a project, new or existing",
    positionals: [
      optional(
        "directory",
        "Folder of the project; the current one if left out",
      ),
      many(
        "answers",
        "Answers as words, such as sqlite express; npm takes flags for itself",
      ),
    ],
    flags: [...answerFlags, ...commonFlags],
    examples: [
      ["create-bento-db my-app", "Ask the questions, then create my-app"],
      ["create-bento-db my-app --yes", "Create my-app with the defaults"],
      [
        "create-bento-db --database postgres --without draining --example none",
        "Add a layer to the project in this folder",
      ],
      [
        "npm create bento-db my-app sqlite fastify yes",
        "The same without flags",
      ],
    ],
  },
  ...changeCommands,
  {
    name: "status",
    description: "Show what you changed and what is new",
    positionals: [],
    flags: [...commonFlags],
    examples: [
      ["create-bento-db status", "Your changes, and what an upgrade touches"],
      ["create-bento-db status --json", "For a script"],
    ],
  },
  {
    name: "diff",
    description: "Show your changes line by line",
    positionals: [optional("file", "Only this file, or those in this folder")],
    flags: [
      {
        name: "upstream",
        kind: "switch",
        description: "Show what is new in this version instead",
      },
      ...commonFlags,
    ],
    examples: [
      ["create-bento-db diff", "All files of the layer"],
      ["create-bento-db diff --upstream", "What an upgrade brings"],
    ],
  },
  {
    name: "undo",
    description: "Put back what the last upgrade, add or remove changed",
    positionals: [],
    flags: [...commonFlags],
    examples: [
      ["create-bento-db undo", "Byte for byte; later edits of yours stay"],
      ["create-bento-db undo --diff", "Show what would be put back"],
    ],
  },
  {
    name: "adopt",
    description: "Give a layer whose record is lost or damaged a new one",
    positionals: [
      optional("folder", "The layer's folder; looked for if left out"),
    ],
    flags: [...commonFlags],
    examples: [
      ["create-bento-db adopt --dry-run", "Say which version it is most like"],
      ["create-bento-db adopt src/database", "The layer in this folder"],
    ],
  },
  {
    name: "new migration",
    description: "Create a migration",
    positionals: [required("name", "What it does, such as add-index-to-notes")],
    flags: [...commonFlags],
    examples: [
      [
        "create-bento-db new migration add-index-to-notes",
        "An empty migration",
      ],
    ],
  },
  {
    name: "new model",
    description: "Create a model, its migration, and its line in the index",
    positionals: [
      required("name", "Name of the model, such as Book"),
      many("fields", "name:type, such as title:string(120) price:decimal?"),
    ],
    flags: [...commonFlags],
    examples: [
      [
        'create-bento-db new model Book title:string "price:decimal(10,2)?"',
        "A model with two fields",
      ],
    ],
  },
  {
    name: "doctor",
    description: "Check Node.js, driver, record, environment and database",
    positionals: [],
    flags: [...commonFlags],
    examples: [
      ["create-bento-db doctor", "Exit code 1 when something is wrong"],
    ],
  },
  {
    name: "completion",
    description: "Print a script that completes command lines in your shell",
    positionals: [
      optional("shell", "bash, zsh or fish; that of $SHELL if left out"),
    ],
    flags: [...commonFlags],
    examples: [
      [
        "create-bento-db completion bash >> ~/.bashrc",
        "Complete with Tab in each new bash",
      ],
    ],
  },
];

function optional(name: string, description: string): Positional {
  return { name, description, required: false, many: false };
}

function required(name: string, description: string): Positional {
  return { name, description, required: true, many: false };
}

function many(name: string, description: string): Positional {
  return { name, description, required: false, many: true };
}
