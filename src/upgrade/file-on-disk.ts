import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync, type Stats } from "node:fs";
import { join } from "node:path";
import { isSpelledOtherwise } from "../platform/spelling.ts";

/** What lies at a path. Whatever is no plain UTF-8 text is never merged and never written. */
export type FileOnDisk =
  | {
      readonly kind: "text";
      readonly bytes: Buffer;
      readonly text: string;
      readonly mode: number;
    }
  | { readonly kind: "binary"; readonly bytes: Buffer; readonly mode: number }
  /** `link` where the file or a folder on the way is one. */
  | { readonly kind: "link" | "folder" | "none" };

/** Looks at a path below the root without following a link. */
export function readFileOnDisk(root: string, path: string): FileOnDisk {
  const names = path.split("/");
  let stats: Stats | undefined;
  for (const index of names.keys()) {
    const place = join(root, ...names.slice(0, index + 1));
    stats = lstatSync(place, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: "none" };
    if (stats.isSymbolicLink()) return { kind: "link" };
    // What lies below a file is not there.
    if (index < names.length - 1 && !stats.isDirectory())
      return { kind: "none" };
  }
  if (isSpelledOtherwise(root, path)) return { kind: "none" };
  if (stats?.isFile() !== true) return { kind: "folder" };
  const bytes = readFileSync(join(root, path));
  const mode = stats.mode & 0o7777;
  const text = decode(bytes);
  return text === undefined
    ? { kind: "binary", bytes, mode }
    : { kind: "text", bytes, text, mode };
}

/** The text of UTF-8 bytes, byte order mark and all; undefined for anything else. */
function decode(bytes: Buffer): string | undefined {
  return bytes.includes(0) || !isUtf8(bytes) ? undefined : bytes.toString();
}
