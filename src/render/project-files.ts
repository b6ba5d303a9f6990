import type { Answers } from "../answers.ts";
import type { MergeKind } from "../plan.ts";
import { newPackageJson } from "../requirements/package-json.ts";
import { allowFormsOf } from "../requirements/allow-forms.ts";
import { newTsconfig } from "../requirements/tsconfig.ts";
import { printJson } from "./print-json.ts";
import type { RenderedFile } from "./rendered-file.ts";

/** The files of a new project that are data rather than text. */
export function renderProjectFiles(answers: Answers): readonly RenderedFile[] {
  return [
    projectFile("package.json", packageText(answers), "keys"),
    projectFile("tsconfig.json", printJson(newTsconfig(answers)), "keys"),
    ...workspaceFile(answers),
  ];
}

/** npm writes package.json in this layout, and Prettier leaves it so: no list on one line. */
function packageText(answers: Answers): string {
  return `${JSON.stringify(newPackageJson(answers), null, 2)}\n`;
}

/** pnpm reads the permission for install scripts in its workspace file and nowhere else. */
function workspaceFile(answers: Answers): readonly RenderedFile[] {
  const forms = allowFormsOf(answers).filter(
    (form) => form.file === "pnpm-workspace.yaml",
  );
  if (forms.length === 0) return [];
  const lines = forms.map((form) => `  ${form.keys.at(-1) ?? ""}: true\n`);
  const text = `allowBuilds:\n${lines.join("")}`;
  return [projectFile("pnpm-workspace.yaml", text, "lines")];
}

function projectFile(
  path: string,
  text: string,
  merge: MergeKind,
): RenderedFile {
  return { id: path, path, text, owner: "tool", merge };
}
