import type { Answers } from "../../src/answers.ts";
import { loadTemplates } from "../../src/templates.ts";
import { Rendering } from "../combinations/rendering.ts";
import { releaseAnswers, releaseFiles, releases } from "../support/releases.ts";
import type { ReleasePair } from "./merge-case.ts";

/** What one version emits for some answers. */
type Output = (answers: Answers) => readonly EmittedFile[];

interface EmittedFile {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** One in so many of the combinations that the snapshots have; their files repeat. */
const stride = 150;

/**
 * Every step that a file of ours took from a release to a later one or to the templates as they are now, and every file
 * of now as a step without a change; in each form that the files have over many combinations of answers.
 */
export async function emittedPairs(): Promise<readonly ReleasePair[]> {
  const [oldest = ""] = releases;
  const all = releaseAnswers(oldest);
  const chosen = all.filter((_, index) => index % stride === 0);
  const rendering = new Rendering(await loadTemplates());
  const outputs: readonly Output[] = [
    ...releases.map(
      (version): Output =>
        (answers) =>
          releaseFiles(version, answers),
    ),
    (answers) => rendering.files(answers),
  ];
  const pairs = new Map<string, ReleasePair>();
  for (const answers of chosen) {
    const emitted = outputs.map((output) => codeById(output(answers)));
    const now = emitted.at(-1) ?? new Map<string, EmittedFile>();
    for (const [id, file] of now) {
      add(pairs, file, file);
      for (const [from, older] of emitted.entries()) {
        for (const newer of emitted.slice(from + 1)) {
          const [base, theirs] = [older.get(id), newer.get(id)];
          if (
            base !== undefined &&
            theirs !== undefined &&
            base.text !== theirs.text
          )
            add(pairs, base, theirs);
        }
      }
    }
  }
  return [...pairs.values()];
}

function codeById(
  files: readonly EmittedFile[],
): ReadonlyMap<string, EmittedFile> {
  return new Map(
    files
      .filter(({ path }) => path.endsWith(".ts"))
      .map((file) => [file.id, file]),
  );
}

function add(
  pairs: Map<string, ReleasePair>,
  base: EmittedFile,
  theirs: EmittedFile,
): void {
  pairs.set(JSON.stringify([theirs.id, base.text, theirs.text]), {
    path: theirs.path,
    base: base.text,
    theirs: theirs.text,
  });
}
