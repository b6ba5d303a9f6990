/**
 * Makes the k-th file operation below a folder go wrong. Loaded by `node --import`, with
 *
 *     BENTO_FAULT=<kind>:<k>    kind: count, kill, torn, full, broken, interrupt, dead
 *     BENTO_FAULT_ROOT=<folder> operations elsewhere do not count
 *     BENTO_FAULT_LOG=<file>    where `count` writes how many there were
 *
 * or by `import` in a test, which then calls `arm(kind, k, root)` and `disarm()`.
 */
import { Buffer } from "node:buffer";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import process from "node:process";

/** Operations by what they need: `space` ones fail on a full disk, the others do not. */
const operations = {
  appendFile: "space",
  chmod: "plain",
  copyFile: "space",
  cp: "space",
  fsync: "plain",
  link: "space",
  mkdir: "space",
  mkdtemp: "space",
  rename: "plain",
  rm: "plain",
  rmdir: "plain",
  symlink: "space",
  truncate: "plain",
  unlink: "plain",
  utimes: "plain",
  writeFile: "space",
};

const original = { writeFileSync: fs.writeFileSync };
let fault;

/** Starts counting anew. */
export function arm(kind, at, root) {
  fault = { kind, at, root: path.resolve(root), count: 0, calls: [] };
}

/** Ends it and tells how many operations there were. */
export function disarm() {
  const count = fault === undefined ? 0 : fault.count;
  fault = undefined;
  return count;
}

function isInside(target) {
  if (typeof target === "number") return true;
  if (typeof target !== "string") return false;
  const place = path.resolve(target);
  return place === fault.root || place.startsWith(fault.root + path.sep);
}

/** The operations since `arm`, each with its first arguments. */
export function calls() {
  return fault === undefined ? [] : fault.calls;
}

/** Counts an operation and does what is due before it; an error to throw, or undefined. */
function meet(name, args) {
  if (fault === undefined || !isInside(args[0])) return undefined;
  fault.count += 1;
  fault.calls.push([name, ...args.slice(0, 2).map(String)]);
  const due = fault.count === fault.at;
  const call = `${name} ${String(args[0])}`;
  switch (fault.kind) {
    case "kill":
      if (due) process.kill(process.pid, "SIGKILL");
      return undefined;
    case "torn":
      if (!due) return undefined;
      if (name === "writeFile" && typeof args[0] === "string") {
        const text = Buffer.from(args[1]);
        original.writeFileSync(args[0], text.subarray(0, text.length / 2));
      }
      process.kill(process.pid, "SIGKILL");
      return undefined;
    case "dead":
      // As a kill in the middle of a write leaves the disk, without the end of this process.
      if (due && name === "writeFile" && typeof args[0] === "string") {
        const text = Buffer.from(args[1]);
        original.writeFileSync(args[0], text.subarray(0, text.length / 2));
      }
      return fault.count >= fault.at
        ? systemError("EIO", "dead", call)
        : undefined;
    case "interrupt":
      if (due) process.kill(process.pid, "SIGINT");
      return undefined;
    case "broken":
      return due ? systemError("EIO", "i/o error", call) : undefined;
    case "full":
      return fault.count >= fault.at && operations[name] === "space"
        ? systemError("ENOSPC", "no space left on device", call)
        : undefined;
    default:
      return undefined;
  }
}

function systemError(code, text, call) {
  const error = new Error(`${code}: ${text}, ${call}`);
  return Object.assign(error, { code, errno: -1, path: call.split(" ")[1] });
}

/** What reached the system outlives the process; forcing it to the disk is for a power loss, and takes most of the time. */
function skips(name) {
  return fault !== undefined && name === "fsync";
}

for (const name of Object.keys(operations)) {
  const sync = fs[`${name}Sync`];
  if (typeof sync === "function") {
    fs[`${name}Sync`] = function (...args) {
      const error = meet(name, args);
      if (error) throw error;
      return skips(name) ? undefined : sync.apply(this, args);
    };
  }
  const withCallback = fs[name];
  if (typeof withCallback === "function") {
    fs[name] = function (...args) {
      const error = meet(name, args);
      if (!error && !skips(name)) return withCallback.apply(this, args);
      const done = args.at(-1);
      return void process.nextTick(() => done(error ?? null));
    };
  }
  const promised = fs.promises[name];
  if (typeof promised === "function") {
    fs.promises[name] = async function (...args) {
      const error = meet(name, args);
      if (error) throw error;
      return promised.apply(this, args);
    };
  }
}
syncBuiltinESMExports();

const [kind, at] = (process.env.BENTO_FAULT ?? "").split(":");
if (kind) {
  arm(kind, Number(at), process.env.BENTO_FAULT_ROOT);
  process.on("exit", () => {
    const log = process.env.BENTO_FAULT_LOG;
    if (log) original.writeFileSync(log, String(disarm()));
  });
}
