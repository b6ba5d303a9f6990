import type { Answers } from "./answers.ts";
import { features } from "./features.ts";
import { allowFormsOf, type AllowForm } from "./requirements/allow-forms.ts";
import type { Json } from "./render/print-json.ts";
import { scriptsOf, type ScriptLine } from "./requirements/scripts.ts";
import { decoratorOptions } from "./requirements/tsconfig.ts";
import { versionOf, type PackageName } from "./requirements/versions.ts";
import { meets, tagsOf } from "./tags.ts";

/** What the emitted code needs from the project around it. */
export interface Requirements {
  /** Ranges by package, sorted by name. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: readonly ScriptLine[];
  readonly allowForms: readonly AllowForm[];
  /** Options that tsconfig.json must have. */
  readonly compilerOptions: Readonly<Record<string, Json>>;
}

/** Packages, scripts and permissions for these answers; only what they need. */
export function requirementsOf(answers: Answers): Requirements {
  const tags = tagsOf(answers);
  const chosen = features.filter((feature) => meets(tags, feature.needs));
  const ranges = (names: readonly PackageName[]): Record<string, string> =>
    Object.fromEntries(
      [...new Set(names)]
        .sort()
        .map((name) => [name, versionOf(name, answers)]),
    );
  return {
    dependencies: ranges(chosen.flatMap(({ packages = [] }) => packages)),
    devDependencies: ranges(
      chosen.flatMap(({ devPackages = [] }) => devPackages),
    ),
    scripts: scriptsOf(answers),
    allowForms: allowFormsOf(answers),
    compilerOptions: decoratorOptions(answers),
  };
}
