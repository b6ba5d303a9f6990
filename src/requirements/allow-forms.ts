import type { Answers } from "../answers.ts";

/** One value by which a package manager learns that a package may run its install script. */
export interface AllowForm {
  readonly file: "package.json" | "pnpm-workspace.yaml";
  /** The keys that lead to the value. */
  readonly keys: readonly string[];
  /** A list holds items to add to the list that is there. */
  readonly value: true | readonly string[];
}

/** The permissions in the form that the chosen package manager reads; the newest of each blocks them unless told. */
export function allowFormsOf(answers: Answers): readonly AllowForm[] {
  const names = packagesWithInstallScripts(answers);
  switch (answers.packageManager) {
    case "npm":
      return names.map((name) => allow("package.json", "allowScripts", name));
    case "pnpm":
      return names.map((name) =>
        allow("pnpm-workspace.yaml", "allowBuilds", name),
      );
    case "yarn":
      return names.map((name) =>
        allow("package.json", "dependenciesMeta", name, "built"),
      );
    case "bun":
      return [
        { file: "package.json", keys: ["trustedDependencies"], value: names },
      ];
  }
}

/** The permissions that some answers need and others do not. */
export function newAllowForms(
  before: Answers,
  after: Answers,
): readonly AllowForm[] {
  const known = new Set(allowFormsOf(before).flatMap(singly).map(nameOf));
  return allowFormsOf(after)
    .flatMap(singly)
    .filter((form) => !known.has(nameOf(form)));
}

/** A list of packages as a list for each of them. */
function singly(form: AllowForm): readonly AllowForm[] {
  const { value } = form;
  return value === true
    ? [form]
    : value.map((name) => ({ ...form, value: [name] }));
}

function nameOf(form: AllowForm): string {
  return JSON.stringify(form);
}

function allow(file: AllowForm["file"], ...keys: string[]): AllowForm {
  return { file, keys, value: true };
}

/** tsx brings esbuild, and pnpm fails an install that leaves out any script. */
function packagesWithInstallScripts(answers: Answers): readonly string[] {
  if (!answers.databases.includes("sqlite")) return ["esbuild"];
  switch (answers.sqliteDriver) {
    case "sqlite3":
      return ["esbuild", "sqlite3"];
    case "better-sqlite3":
      return ["better-sqlite3", "esbuild"];
    case "node":
      return ["esbuild"];
  }
}
