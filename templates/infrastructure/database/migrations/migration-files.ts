import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { MigrationRequestError } from "./migration-errors.ts";

/** A migration as it lies in the folder. */
export interface MigrationFile {
  /** The file's name without its extension: `.ts` and the compiled `.js` are one migration. */
  readonly name: string;
  readonly path: string;
  readonly extension: string;
  /** SHA-256 of the text, whatever its line endings. */
  readonly checksum: string;
}

export interface MigrationFolder {
  /** In the order in which they run. */
  readonly files: readonly MigrationFile[];
  /** Files that cannot be migrations, each in one sentence. */
  readonly problems: readonly string[];
}

const validName = /^\d+[-_][A-Za-z0-9][A-Za-z0-9_-]*$/;

/** What may lie beside migrations: notes, hidden files, and what a compiler leaves. */
const ignored = /^\.|\.(?:md|map|d\.ts)$/;

/** Reads the folder; of a `.ts` and a `.js` side by side it takes the one with `preferred`. */
export async function readMigrationFolder(
  folder: string,
  preferred: string,
): Promise<MigrationFolder> {
  const entries = (await listFiles(folder)).filter(
    (entry) => !ignored.test(entry),
  );
  const chosen = new Map<string, string>();
  const problems: string[] = [];
  for (const entry of entries) {
    const extension = extname(entry);
    const name = entry.slice(0, -extension.length || undefined);
    if (![".ts", ".js"].includes(extension) || !validName.test(name)) {
      problems.push(
        `${entry}: expected a name such as 20260131093000-add-email.ts (digits, a dash, words; .ts or .js).`,
      );
    } else if (extension === preferred || !chosen.has(name)) {
      chosen.set(name, extension);
    }
  }
  const names = [...chosen.keys()].sort(compareNames);
  problems.push(...sameNumber(names));
  const files = await Promise.all(
    names.map((name) => readMigrationFile(folder, name, chosen.get(name))),
  );
  return { files, problems };
}

/** By number first, so that 9-x runs before 10-x; then by the words. */
export function compareNames(a: string, b: string): number {
  const difference = numberOf(a) - numberOf(b);
  if (difference !== 0) return difference;
  return a < b ? -1 : Number(a > b);
}

/** A migration's name as people type it: with or without the extension or the folder. */
export function bareName(text: string): string {
  return text.replace(/^.*[\\/]/, "").replace(/\.[jt]s$/, "");
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => entry.name);
  } catch (error) {
    throw new MigrationRequestError(
      `The migrations are expected in ${folder}, and it cannot be read (${String(error)}). Create it, or pass { folder } to createMigrator.`,
    );
  }
}

async function readMigrationFile(
  folder: string,
  name: string,
  extension = ".ts",
): Promise<MigrationFile> {
  const path = join(folder, name + extension);
  const text = (await readFile(path, "utf8")).replaceAll("\r\n", "\n");
  const checksum = createHash("sha256").update(text).digest("hex");
  return { name, path, extension, checksum };
}

function sameNumber(names: readonly string[]): string[] {
  return names.flatMap((name, index) => {
    const before = names[index - 1];
    return before !== undefined && numberOf(before) === numberOf(name)
      ? [
          `${name} and ${before} have the same number: give one of them another, so that their order is certain.`,
        ]
      : [];
  });
}

function numberOf(name: string): number {
  return Number(/^\d+/.exec(name)?.[0]);
}
