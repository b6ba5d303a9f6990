import type { RenderedFile } from "../render/rendered-file.ts";
import { similarity } from "../upgrade/plan-similarity.ts";

/** The texts on the disk by path. */
export type TextOf = (path: string) => string | undefined;

/** How a project looks beside an output. */
export interface Resemblance {
  /** Files with the same words, however they are formatted. */
  readonly same: number;
  /** Rises with each file that is there and the likeness of its text, sinks with each that is missing. */
  readonly score: number;
}

/** Compares outputs with one project; what was compared once is remembered. */
export class Comparison {
  readonly #textOf: TextOf;
  readonly #bare = new Map<string, string>();
  readonly #shares = new Map<string, number>();

  constructor(textOf: TextOf) {
    this.#textOf = textOf;
  }

  resemblance(files: readonly RenderedFile[]): Resemblance {
    const shares = files.map((file) => this.share(file));
    const same = shares.filter((share) => share === 1).length;
    // A file too many weighs as much as one that is missing.
    const score = shares.reduce<number>(
      (sum, share) => sum + (share ?? 0) - 0.5,
      0,
    );
    return { same, score };
  }

  /** From 0 to 1, where 1 means the same words; undefined where there is no file. */
  share({ path, text }: RenderedFile): number | undefined {
    const yours = this.#textOf(path);
    if (yours === undefined) return undefined;
    const key = `${path}\n${text}`;
    const known = this.#shares.get(key);
    if (known !== undefined) return known;
    const equal = this.#wordsOf(yours) === this.#wordsOf(text);
    const share = equal ? 1 : 0.9 * similarity(text, yours);
    this.#shares.set(key, share);
    return share;
  }

  #wordsOf(text: string): string {
    const known = this.#bare.get(text);
    if (known !== undefined) return known;
    const bare = wordsOf(text);
    this.#bare.set(text, bare);
    return bare;
  }
}

/** Whether two texts differ at most in what a formatter changes. */
export function haveSameWords(a: string, b: string): boolean {
  return wordsOf(a) === wordsOf(b);
}

function wordsOf(text: string): string {
  return text.replaceAll(/['"`]/g, '"').replaceAll(/[\s,;()\uFEFF]/g, "");
}
