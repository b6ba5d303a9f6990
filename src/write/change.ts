import { createHash } from "node:crypto";

/** What the path must hold before the change: the SHA-256 of its bytes, or null when nothing may be there. */
export type Expected = string | null;

/** Puts a file at a path, new or in place of the one that is there. */
export interface WriteChange {
  readonly kind: "write";
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly expected: Expected;
  /** Permission bits; a replaced file keeps its own, a new one gets 0o666 less the umask. */
  readonly mode?: number;
}

/** Takes a file away. */
export interface DeleteChange {
  readonly kind: "delete";
  readonly path: string;
  readonly expected: string;
}

export type Change = WriteChange | DeleteChange;

/** SHA-256 of a file's bytes, in hexadecimal. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
