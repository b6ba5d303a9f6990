import type { Answers } from "../answers.ts";
import type { Json } from "../render/print-json.ts";
import { requirementsOf } from "../requirements.ts";
import { minimumNode } from "./versions.ts";

/** The package.json of a new project, its keys in the order that npm writes them. */
export function newPackageJson(answers: Answers): Record<string, Json> {
  return {
    name: answers.applicationName,
    version: "0.1.0",
    private: true,
    type: answers.module === "esm" ? "module" : "commonjs",
    engines: { node: `>=${minimumNode(answers)}` },
    ...packageFragment(answers),
  };
}

/** The part of package.json that the emitted code asks for, in an existing project as well. */
export function packageFragment(answers: Answers): Record<string, Json> {
  const requirements = requirementsOf(answers);
  return {
    scripts: Object.fromEntries(
      requirements.scripts.map(({ name, command }) => [name, command]),
    ),
    dependencies: requirements.dependencies,
    devDependencies: requirements.devDependencies,
    ...permissions(answers),
  };
}

function permissions(answers: Answers): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const { file, keys, value } of requirementsOf(answers).allowForms) {
    if (file === "package.json") assign(result, keys, value);
  }
  return result;
}

function assign(
  target: Record<string, Json>,
  [key = "", ...rest]: readonly string[],
  value: Json,
): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = (target[key] ?? {}) as Record<string, Json>;
  assign(inner, rest, value);
  target[key] = inner;
}
