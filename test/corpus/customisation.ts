import type { Code } from "./code.ts";
import { splice, type Splice } from "./splice.ts";

/** The same change of a person's, made in any version of a file; undefined where its place is not there. */
export type Edit = (code: Code) => string | undefined;

/** One place in a file where a customisation can be made. */
export interface Site {
  /** The declaration that it is in or beside; empty where it concerns the whole file. */
  readonly declaration: string;
  readonly edit: Edit;
}

/** Whose change it is; what two people add to one file has different names and contents. */
export interface Author {
  /** Begins the names of what is added. */
  readonly prefix: string;
  /** Is added to numbers. */
  readonly step: number;
}

export const user: Author = { prefix: "own", step: 7 };
export const upstream: Author = { prefix: "next", step: 100 };

/** A mechanical change as people make them: where it can be made, found by the tree, applied by splicing text. */
export interface Customisation {
  readonly name: string;
  readonly sites: (base: Code, author: Author) => readonly Site[];
}

/** An edit that finds its splices, or nothing. */
export function spliced(
  find: (code: Code) => readonly Splice[] | undefined,
): Edit {
  return (code) => {
    const splices = find(code);
    return splices === undefined || splices.length === 0
      ? undefined
      : splice(code.text, splices);
  };
}

/** One edit after the other; each must find its place. */
export function inTurn(
  edits: readonly Edit[],
  parse: (text: string) => Code,
): Edit {
  return (code) => {
    let text: string | undefined = code.text;
    for (const edit of edits) {
      text = edit(text === code.text ? code : parse(text));
      if (text === undefined) return undefined;
    }
    return text;
  };
}

export function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
