import type { Answers } from "../answers.ts";
import type { RenderedFile } from "../render/rendered-file.ts";
import type { Output, Snapshot, SnapshotOutput } from "./snapshot.ts";

/** One version of the tool by what it emitted. */
export class Release {
  readonly #snapshot: Snapshot;
  readonly #outputs: ReadonlyMap<string, SnapshotOutput>;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#outputs = new Map(
      snapshot.outputs.map((output) => [keyOf(output.answers), output]),
    );
  }

  get version(): string {
    return this.#snapshot.version;
  }

  /** The answers that the snapshot covers. */
  get answers(): readonly Answers[] {
    return this.#snapshot.outputs.map(({ answers }) => answers);
  }

  /** Every different file of any output. */
  get files(): readonly RenderedFile[] {
    return this.#snapshot.files;
  }

  /** What these answers brought, or undefined where the snapshot does not cover them. */
  output(answers: Answers): Output | undefined {
    const found = this.#outputs.get(keyOf(answers));
    if (found === undefined) return undefined;
    const [fragment, ...files] = [found.fragment, ...found.files].flatMap(
      (index) => this.#snapshot.files[index] ?? [],
    );
    if (fragment === undefined) return undefined;
    return { answers: found.answers, files, fragment };
  }
}

/** The same for equal answers, in whatever order their names stand. */
function keyOf(answers: Answers): string {
  const entries = Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}
