import type { Answers } from "../answers.ts";

/** A script of package.json. */
export interface ScriptLine {
  readonly name: string;
  readonly command: string;
  /** The name to take when the project has another script of that name; without it the script is left out. */
  readonly otherwise?: string;
}

/** The scripts that the emitted code comes with, in the order of package.json. */
export function scriptsOf(answers: Answers): readonly ScriptLine[] {
  const start: ScriptLine = {
    name: "start",
    command: "node --import tsx src/server.ts",
    otherwise: "start:database",
  };
  return [
    ...(answers.example === "none" ? [] : [start]),
    { name: "test", command: testCommand(answers), otherwise: "test:database" },
    { name: "typecheck", command: "tsc --noEmit" },
    ...(answers.parts.includes("migrations") ? migrationScripts(answers) : []),
  ];
}

function testCommand(answers: Answers): string {
  const { testRunner, path } = answers;
  const commands = {
    // No backslash and no dollar: yarn 4 has a shell of its own, which reads them differently.
    uvu: `node --import tsx ${uvuProgram(answers)} ${path}/tests "[.]test[.]ts"`,
    // Unquoted on purpose: the shell expands it where Node.js 20 would not.
    node: `node --import tsx --test ${path}/tests/*.test.ts`,
    vitest: `vitest run ${path}/tests`,
  };
  return commands[testRunner];
}

/** Yarn's Plug'n'Play has no node_modules; it says itself where a program is. */
function uvuProgram({ packageManager }: Answers): string {
  return packageManager === "yarn"
    ? "$(yarn bin uvu)"
    : "node_modules/uvu/bin.js";
}

function migrationScripts({ path }: Answers): readonly ScriptLine[] {
  const commands = ["migrate", "rollback", "status", "new"];
  return commands.map((command) => ({
    name: `db:${command}`,
    command: `node --import tsx ${path}/migrations/cli.ts ${command}`,
  }));
}
