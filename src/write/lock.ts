import {
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { ToolError } from "../errors.ts";
import { missing, systemCode } from "./file-system-error.ts";
import {
  isAlive,
  isRunning,
  readOwner,
  sameOwner,
  thisOwner,
  type Owner,
} from "./owner.ts";
import { rename } from "./rename.ts";

/** The folder in the project's root that is the lock and holds everything staged. */
export const transactionFolder = ".bento-txn";

/** The folders that this process works in; one that it has given up is no longer among them. */
const held = new Set<string>();

const nobody: Owner = { pid: 0, host: "", birth: "0" };

/**
 * Takes the folder as a lock. What a dead process left in it is handed to `recover` before it is cleared away.
 *
 * @throws ToolError `locked` while another process has it
 */
export function acquire(folder: string, recover: () => void): void {
  const self = thisOwner();
  clearLitter(folder);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (create(folder, self)) {
      held.add(folder);
      return;
    }
    if (!takeOver(folder, self)) continue;
    recover();
    release(folder);
  }
  throw locked(folder, currentOwner(folder));
}

/** Clears what a dead process left, without taking the lock; false when nothing was left. */
export function clearStale(folder: string, recover: () => void): boolean {
  clearLitter(folder);
  if (!exists(folder) || !takeOver(folder, thisOwner())) return false;
  recover();
  release(folder);
  return true;
}

/** Leaves the folder, journal and all, to the next run. */
export function abandon(folder: string): void {
  held.delete(folder);
}

/** Gives the lock back and clears the folder: from the rename on, what is left is litter. */
export function release(folder: string): void {
  held.delete(folder);
  const litter = `${folder}.${process.pid}`;
  rmSync(litter, { recursive: true, force: true });
  rename(folder, litter);
  try {
    rmSync(litter, { recursive: true, force: true });
  } catch {
    // The next run clears it.
  }
}

/** The folder appears with its owner in it or not at all. */
function create(folder: string, self: Owner): boolean {
  if (exists(folder)) return false;
  const draft = `${folder}.${self.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  try {
    writeFileSync(join(draft, "lock.json"), `${JSON.stringify(self)}\n`);
    rename(draft, folder);
    return true;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (exists(folder) && taken(error)) return false;
    throw error;
  }
}

/**
 * Of several processes that find a dead owner, one creates the file that names the dead one, and goes on.
 * False when the folder went away meanwhile.
 */
function takeOver(folder: string, self: Owner): boolean {
  const owner = currentOwner(folder);
  if (sameOwner(owner, self) && !held.has(folder)) return true;
  if (isAlive(owner)) throw locked(folder, owner);
  try {
    writeFileSync(successorFile(folder, owner), `${JSON.stringify(self)}\n`, {
      flag: "wx",
    });
  } catch (error) {
    if (missing(error)) return false;
    if (systemCode(error) !== "EEXIST") throw error;
  }
  const successor = currentOwner(folder);
  if (!sameOwner(successor, self)) throw locked(folder, successor);
  return true;
}

/** The last of the chain that starts at lock.json; a file that names nobody of the chain counts for nothing. */
function currentOwner(folder: string): Owner {
  let owner = readOwner(join(folder, "lock.json")) ?? nobody;
  for (;;) {
    const next = readOwner(successorFile(folder, owner));
    if (next === undefined) return owner;
    owner = next;
  }
}

function successorFile(folder: string, owner: Owner): string {
  return join(folder, `after-${owner.pid}-${owner.birth}.json`);
}

/** Drafts and cleared folders of processes that are gone. */
function clearLitter(folder: string): void {
  const prefix = `${basename(folder)}.`;
  for (const name of readNames(dirname(folder))) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    const litter = join(dirname(folder), name);
    if (/^\d+$/.test(pid) && !isInUse(litter, Number(pid))) {
      rmSync(litter, { recursive: true, force: true });
    }
  }
}

/** A number may belong to another process by now, so that the owner inside counts where there is one. */
function isInUse(litter: string, pid: number): boolean {
  if (pid === process.pid) return false;
  const owner = readOwner(join(litter, "lock.json"));
  return owner === undefined ? isRunning(pid) : isAlive(owner);
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // What cannot be listed cannot be cleared; whether it can be written shows later.
    return [];
  }
}

function exists(folder: string): boolean {
  try {
    return lstatSync(folder).isDirectory();
  } catch (error) {
    if (missing(error)) return false;
    throw error;
  }
}

function taken(error: unknown): boolean {
  const code = systemCode(error) ?? "";
  return ["EEXIST", "ENOTEMPTY", "EPERM", "EACCES"].includes(code);
}

function locked(folder: string, owner: Owner): ToolError {
  return new ToolError({
    code: "locked",
    message: `Another create-bento-db works in ${dirname(folder)} (process ${owner.pid} on ${owner.host}). Nothing was changed.`,
    remedy: `Wait until it has ended and run the command again. When it no longer runs, delete ${join(folder, "lock.json")} first.`,
  });
}
