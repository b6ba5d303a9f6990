import type { Answers } from "../answers.ts";
import { ToolError } from "../errors.ts";
import { formatFiles } from "../format.ts";
import type { Project } from "../project/project.ts";
import { prefixOf } from "../project/workspace.ts";
import { createRecord, baseFile, recordFile } from "../record.ts";
import { recordOwnParts } from "../record/own-parts.ts";
import { printRecord } from "../record/print-record.ts";
import type { RenderedFile } from "../render.ts";
import { projectTargets } from "./project-targets.ts";
import { ownLinesOf, targetOf, written, type Target } from "./target.ts";

/** Everything that creating will do, before a byte is written. */
export interface CreatePlan {
  /** The folder that the targets' paths are counted from: the project, or the workspace around it. */
  readonly base: string;
  /** What leads from there to the project: "" or a path with a slash at its end. */
  readonly prefix: string;
  readonly targets: readonly Target[];
  readonly packages: readonly string[];
  readonly scripts: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Compares what was rendered with what is there.
 *
 * @throws ToolError `files-in-the-way` with exit code 3, naming all of them
 */
export async function planCreate(
  project: Project,
  answers: Answers,
  rendered: readonly RenderedFile[],
  version: string,
  signal?: AbortSignal,
): Promise<CreatePlan> {
  const own = await projectTargets(project, answers);
  const files = rendered
    .filter(({ path }) => !own.replaces.has(path))
    .map((file) => ownedBy(project.root, file));
  const ownLines = files.map(
    (file) => [file.id, ownLinesOf(project.root, file)] as const,
  );
  const record = printRecord(
    recordOwnParts(
      createRecord(version, answers, files),
      new Map([...ownLines, ...own.own]),
    ),
  );
  const recordPath = `${answers.path}/${recordFile}`;
  const { texts, note } = await formatFiles(
    project.root,
    project.details?.formatter,
    [...files, { path: recordPath, text: record.json }],
    signal,
  );
  const textOf = (path: string, text: string): string =>
    texts.get(path) ?? text;
  const targets = files.map((file) =>
    targetOf(project.root, file, textOf(file.path, file.text)),
  );
  refuseConflicts(targets, answers);
  const outside = own.outside.length > 0 ? project.workspaceRoot : undefined;
  const base = outside ?? project.root;
  const prefix = prefixOf(base, project.root);
  return {
    base,
    prefix,
    // The record comes last: with it, the layer is complete.
    targets: [
      ...own.outside,
      ...[
        ...targets,
        ...own.inside,
        written(`${answers.path}/${baseFile}`, null, record.base),
        written(recordPath, null, textOf(recordPath, record.json)),
      ].map((target) => ({ ...target, path: prefix + target.path })),
    ],
    packages: own.packages,
    scripts: own.scripts,
    notes: [
      ...own.notes,
      ...(note === undefined ? [] : [note]),
      ...targets.filter(({ action }) => action === "keep").map(keptNote),
    ],
  };
}

/** What is left alone now is recorded as the user's, so that no upgrade merges into it. */
function ownedBy(root: string, file: RenderedFile): RenderedFile {
  const { action } = targetOf(root, file, file.text);
  return action === "keep" ? { ...file, owner: "user" } : file;
}

function keptNote({ path }: Target): string {
  return `Your ${path} stays as it is.`;
}

function refuseConflicts(targets: readonly Target[], answers: Answers): void {
  const taken = targets
    .filter(({ action }) => action === "conflict")
    .map(({ path }) => path);
  if (taken.length === 0) return;
  const inLayer = taken.some((path) => path.startsWith(`${answers.path}/`));
  const example = taken.some((path) => !path.startsWith(`${answers.path}/`));
  const ways = [
    "move or rename them",
    ...(inLayer ? ["choose another folder with --path"] : []),
    ...(example ? ["leave the example out with --example none"] : []),
  ];
  const count =
    taken.length === 1 ? "This file is" : `These ${taken.length} files are`;
  throw new ToolError({
    code: "files-in-the-way",
    exitCode: 3,
    message: [
      `${count} yours, and the tool has another text for the same place:`,
      ...taken.map((path) => `  ${path}`),
      "Nothing was changed.",
    ].join("\n"),
    remedy: `To go on, ${ways.join(", or ")}.`,
  });
}
