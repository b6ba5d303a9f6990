import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { systemCode } from "./file-system-error.ts";

/** Who works, or worked, in a project. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same number: its start, in the kernel's ticks or our milliseconds. */
  readonly birth: string;
}

/** This process. */
export function thisOwner(): Owner {
  return {
    pid: process.pid,
    host: hostname(),
    birth:
      readBirth(process.pid) ?? Math.round(performance.timeOrigin).toString(),
  };
}

/** Whether two records name the same process. */
export function sameOwner(a: Owner, b: Owner): boolean {
  return a.pid === b.pid && a.host === b.host && a.birth === b.birth;
}

/** Whether the process still runs; one on another machine counts as running, for nobody here can tell. */
export function isAlive(owner: Owner): boolean {
  if (owner.pid === 0) return false;
  if (owner.host !== hostname()) return true;
  if (!isRunning(owner.pid)) return false;
  const birth = readBirth(owner.pid);
  return birth === undefined || birth === owner.birth;
}

/** Reads an owner's file; undefined when it is missing or no owner's file. */
export function readOwner(file: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isOwner(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process of that number runs on this machine; one that has ended and that nobody has waited for does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readStat(pid)?.[0] !== "Z";
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== "object" || value === null) return false;
  const { pid, host, birth } = value as Partial<Record<keyof Owner, unknown>>;
  return (
    typeof pid === "number" &&
    Number.isSafeInteger(pid) &&
    pid > 0 &&
    typeof host === "string" &&
    typeof birth === "string" &&
    /^\d+$/.test(birth)
  );
}

/** Field 22 of /proc/<pid>/stat (proc(5)); undefined where there is no such file. */
export function readBirth(pid: number): string | undefined {
  return readStat(pid)?.[19];
}

/** The fields of /proc/<pid>/stat from the third on, the state. */
function readStat(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command's name, in parentheses, may hold spaces: count from its end.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
