import { ToolError } from "../errors.ts";
import { missingRight } from "./missing-right.ts";

const explanations: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ["no space is left on the disk", "Free some space"],
  EDQUOT: ["the disk quota is used up", "Free some space"],
  EACCES: ["permission denied", "Make the folder writable for you"],
  EPERM: ["the operation is not permitted", "Make the folder writable for you"],
  EROFS: ["the file system is read-only", "Use a folder that can be written"],
  ENAMETOOLONG: ["the path is too long", "Use a folder with a shorter path"],
  EMFILE: ["too many files are open", "Raise the limit (ulimit -n)"],
  ENOTDIR: ["a file is where a folder is needed", "Move that file away"],
  EISDIR: ["a folder is where a file is needed", "Move that folder away"],
  EBUSY: ["it is in use", "Close what has it open"],
  EIO: ["the disk reports an error", "Check the disk"],
};

/** What differs on Windows, which answers so for files that are in use or have the attribute read-only, too. */
const denial = [
  "Windows does not permit it, or another program has it open",
  "Close what has it open, and see that it is not read-only",
] as const;
const onWindows: typeof explanations = {
  EACCES: denial,
  EPERM: denial,
  EBUSY: denial,
  ENAMETOOLONG: [
    "the path is too long",
    "Use a folder with a shorter path, or switch on long paths (LongPathsEnabled)",
  ],
};

/** The `code` of a system error such as ENOENT, or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Whether the error says that the file or folder is not there. */
export function missing(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Whether the error says that permission is missing. */
export function isDenied(error: unknown): boolean {
  const code = systemCode(error);
  return code === "EACCES" || code === "EPERM";
}

/**
 * Turns a failed file operation into an error for the user; anything else comes back as it is.
 *
 * @param state what has become of the project
 */
export function explainFailure(
  error: unknown,
  state: string,
  verb: "write" | "open" = "write",
  platform: NodeJS.Platform = process.platform,
): unknown {
  if (error instanceof ToolError || !(error instanceof Error)) return error;
  const code = systemCode(error);
  if (code === undefined) return error;
  const known = { ...explanations, ...(platform === "win32" && onWindows) };
  const [reason, advice] = known[code] ?? [
    `the system answered ${code}`,
    "Put that right",
  ];
  const denied = isDenied(error);
  const place = placeOf(error);
  const right =
    denied && verb === "open"
      ? missingRight(place.trimStart(), platform)
      : undefined;
  const what = [`Cannot ${verb}${place}: ${reason}.`, right?.reason, state];
  return new ToolError({
    code: `${verb}-failed`,
    message: what.filter((part) => (part ?? "") !== "").join(" "),
    remedy: `${right?.advice ?? (denied && verb === "open" ? "Make it readable for you" : advice)}, then run the same command again.`,
    cause: error,
  });
}

/** Of a rename, where to: what is moved lies in the tool's own folder. */
function placeOf(error: Error): string {
  if ("dest" in error) return ` ${String(error.dest)}`;
  return "path" in error ? ` ${String(error.path)}` : "";
}
