import { basename, resolve } from "node:path";
import { decodePart } from "./url-parameters.ts";

/** The file that a SQLite URL names, or why it names none. */
export type FoundFile =
  | { readonly file: string }
  | {
      readonly file?: never;
      readonly expected: string;
      readonly hint: string;
    };

/** The absolute path behind `sqlite:` or `file:`, or `:memory:`; relative ones start at the working directory. */
export function findSqliteFile(address: string): FoundFile {
  const [scheme = ""] = address.split(":", 1);
  const rest = address.slice(scheme.length + 1);
  const path = /^file$/i.test(scheme) ? afterFile(rest) : afterSqlite(rest);
  return typeof path === "string" ? checkPath(path) : path;
}

/** `//` alone is SQLAlchemy's way to say `:memory:`; without slashes it is Sequelize's. */
function afterSqlite(rest: string): string | FoundFile {
  if (rest === "//" || rest === "//:memory:") return ":memory:";
  const parts = /^\/\/(?<host>[^/]*)\/?(?<path>.*)$/s.exec(rest)?.groups;
  if (parts === undefined) return rest;
  const { host = "", path = "" } = parts;
  if (host === "") return path;
  return {
    expected:
      "three slashes before a relative path, four before an absolute one",
    hint: /[@:]/.test(rest)
      ? "a SQLite URL has no host, user or password"
      : `did you mean sqlite:///${rest.slice(2)}?`,
  };
}

/** As SQLite documents it: `file:app.db` is relative, `file:/app.db` and `file:///app.db` are absolute. */
function afterFile(rest: string): string | FoundFile {
  const parts = /^\/\/(?<host>[^/]*)(?<path>.*)$/s.exec(rest)?.groups;
  const { host = "", path = "" } = parts ?? { path: rest };
  if (host === "" || host === "localhost") return withoutDriveSlash(path);
  return {
    expected: "a file on this machine",
    hint: /[@:]/.test(rest)
      ? "a file URL has no user or password"
      : `did you mean file:${rest.slice(2)}?`,
  };
}

function withoutDriveSlash(path: string): string {
  return process.platform === "win32"
    ? path.replace(/^\/(?=[a-z]:)/i, "")
    : path;
}

function checkPath(raw: string): FoundFile {
  const path = decodePart(raw);
  const expected = "the path of a file";
  if (path === undefined) return { expected, hint: "write % as %25" };
  const hint = faultOf(path, raw);
  if (hint !== undefined) return { expected, hint };
  return { file: path === ":memory:" ? path : resolve(path) };
}

function faultOf(path: string, raw: string): string | undefined {
  if (raw.includes("#")) return "write # as %23";
  if (path === "")
    return "name a file after the slashes, or write sqlite:///:memory:";
  if (/\p{Cc}/u.test(path)) return "remove the control characters";
  if (/(^|[\\/])\.{0,2}$/.test(path))
    return "this is a folder: add the name of the file";
  if (path.startsWith("~")) return "~ is not expanded: write the whole path";
  if (path.startsWith("file:"))
    return "leave sqlite:/// out, a URL may begin with file:";
  return path !== ":memory:" && basename(path) === ":memory:"
    ? "for a database in memory write sqlite:///:memory:"
    : undefined;
}
