import type { SqliteTarget } from "./connection-target.ts";
import { inFile } from "./given.ts";
import { maskMalformedUrl } from "./mask.ts";
import { readSqliteParameters } from "./sqlite-parameters.ts";
import { findSqliteFile } from "./sqlite-path.ts";
import type { ParsedUrl, UrlFormat, UrlRequest } from "./url-format.ts";
import { readParameters } from "./url-parameters.ts";

/** SQLAlchemy's URLs (three slashes relative, four absolute) and SQLite's own `file:` ones. */
export const sqliteUrlFormat: UrlFormat = {
  title: "SQLite",
  example: "sqlite:///app.db",
  parse,
  guess,
};

function parse(request: UrlRequest): ParsedUrl | undefined {
  const { url, name, given, report } = request;
  const [address = "", ...rest] = url.split("?");
  const found = findSqliteFile(address);
  if (found.file === undefined) {
    const received = inFile(`"${maskMalformedUrl(url)}"`, given.url?.file);
    report({ name, expected: found.expected, received, hint: found.hint });
    return undefined;
  }
  const parameters = readParameters(rest.join("?"), name, report);
  const inMemory =
    found.file === ":memory:" || parameters.get("mode")?.raw === "memory";
  const options = readSqliteParameters(parameters, inMemory, report);
  const target: SqliteTarget = Object.freeze({
    scheme: "sqlite",
    file: inMemory ? ":memory:" : found.file,
    ...options,
  });
  return { given: {}, connect: () => target };
}

function guess(text: string): string | undefined {
  if (text === ":memory:") return "write sqlite:///:memory:";
  // A text with a colon or an @ may hold a password: it is not repeated.
  const looksLikeFile =
    /^([a-z]:[\\/])?[^:@]*$/i.test(text) &&
    /^([./~]|[a-z]:)|\.(db|sqlite3?|s3db)$/i.test(text);
  return looksLikeFile ? `for a file write sqlite:///${text}` : undefined;
}
