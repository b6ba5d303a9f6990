import { extname } from "node:path/posix";
import {
  fileStates,
  type FileState,
  type RecordProblem,
  type RecordedFile,
} from "../record.ts";
import { layerFolder } from "../plan/landing.ts";
import { isVersion } from "./version-text.ts";

const mostFiles = 2000;

/** Reads the record's list of files; whatever is wrong is added to `problems`. */
export function readRecordedFiles(
  value: unknown,
  knownIds: ReadonlySet<string>,
  problems: RecordProblem[],
): readonly RecordedFile[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push("record.json has no list of files.");
    return [];
  }
  const entries = Object.entries(value).slice(0, mostFiles);
  const files = entries.flatMap(([id, entry]): readonly RecordedFile[] => {
    const file = readFile(id, entry);
    const problem =
      typeof file === "string" ? file : fileProblem(file, knownIds);
    if (problem === undefined && typeof file !== "string") return [file];
    problems.push(`record.json, ${JSON.stringify(id)}: ${problem ?? ""}`);
    return [];
  });
  const paths = new Set<string>();
  for (const { id, path } of files) {
    if (paths.size === paths.add(path.toLowerCase()).size) {
      problems.push(`record.json, ${id}: another file is at ${path} too.`);
    }
  }
  return files.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readFile(id: string, entry: unknown): RecordedFile | string {
  if (typeof entry !== "object" || entry === null) return "expected an object.";
  const { path, hash, version, state, own } = entry as Record<string, unknown>;
  if (typeof path !== "string") return "expected a path.";
  if (typeof hash !== "string" || !/^[\da-f]{64}$/.test(hash)) {
    return "expected a SHA-256 in hex as its hash.";
  }
  if (typeof version !== "string" || !isVersion(version)) {
    return "expected a version.";
  }
  const known: readonly FileState[] = fileStates;
  const found = known.find((candidate) => candidate === state);
  if (found === undefined) {
    return `expected one of ${fileStates.join(", ")} as its state.`;
  }
  if (own === undefined) return { id, path, hash, version, state: found };
  if (!isWordList(own)) return "expected a list of texts as what is your own.";
  return { id, path, hash, version, state: found, own };
}

function isWordList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= mostFiles &&
    value.every((item) => typeof item === "string")
  );
}

function fileProblem(
  { id, path }: RecordedFile,
  knownIds: ReadonlySet<string>,
): string | undefined {
  if (!knownIds.has(id)) return "no version of create-bento-db emits it.";
  if (path.length > 500 || !isInside(path)) {
    return "its path does not stay inside the project.";
  }
  // A file may be moved and renamed, but it may not stand for one of another kind.
  if (mayMove(id) ? extname(path) !== extname(id) : path !== id) {
    return `${JSON.stringify(path)} cannot be that file.`;
  }
  return undefined;
}

/** Whether a user may have moved or renamed it: a file of the project, such as its README, has one place only. */
export function mayMove(id: string): boolean {
  return id.startsWith(`${layerFolder}/`) || id.startsWith("src/");
}

function isInside(path: string): boolean {
  return path.split("/").every((segment) => {
    const name = segment.toLowerCase();
    return (
      !/[\p{Cc}\\:]/u.test(segment) &&
      !["", ".", "..", ".git", ".bento", "node_modules"].includes(name)
    );
  });
}
