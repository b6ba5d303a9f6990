import { defaultAnswers, type Answers } from "../answers.ts";
import { moveLayer } from "../plan/landing.ts";
import { escapeFor } from "../render/escape.ts";
import type { RenderedFile } from "../render/rendered-file.ts";
import { rewrite } from "../render/rewrite.ts";
import type { Release } from "./release.ts";
import type { Output } from "./snapshot.ts";

/**
 * What a release emitted for any answers. Snapshots cover the choices that decide which code there is; the names that
 * people choose freely, and what only spells things otherwise, are put into the nearest output.
 */
export function outputOf(
  release: Release,
  answers: Answers,
): Output | undefined {
  const found = nearest(answers)
    .map((candidate) => release.output(candidate))
    .find((output) => output !== undefined);
  if (found === undefined) return undefined;
  const move = (file: RenderedFile): RenderedFile =>
    moveFile(file, found.answers, answers);
  const { fragment, files } = found;
  return { answers, fragment: move(fragment), files: files.map(move) };
}

/** The answers themselves, then those that differ in spelling only. */
function nearest(answers: Answers): readonly Answers[] {
  const { applicationName, path, packageManager } = defaultAnswers;
  const named = { ...answers, applicationName };
  const placed = { ...named, path };
  const plain = {
    ...placed,
    importExtension: answers.module === "cjs" ? "" : ".ts",
  } as const;
  return [named, placed, plain, { ...plain, packageManager }];
}

function moveFile(
  file: RenderedFile,
  from: Answers,
  to: Answers,
): RenderedFile {
  const { id } = file;
  const target = moveLayer(id, to.path);
  const escape = escapeFor(target);
  const named = file.text.replaceAll(from.applicationName, () =>
    escape(to.applicationName),
  );
  const text = id.endsWith(".md")
    ? named.replaceAll(
        new RegExp(`\\b${from.packageManager} (?=run |install)`, "g"),
        `${to.packageManager} `,
      )
    : named;
  return { ...file, path: target, text: rewrite(text, { id, target }, to) };
}
