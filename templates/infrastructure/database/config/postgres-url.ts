import type { Report } from "./configuration-error.ts";
import { type GivenSettings, inFile } from "./given.ts";
import { maskMalformedUrl, showValue } from "./mask.ts";
import {
  readCredentials,
  readPlace,
  type ReportFault,
} from "./postgres-address.ts";
import {
  type PostgresOptions,
  readPostgresParameters,
} from "./postgres-parameters.ts";
import { PostgresConnection } from "./postgres-target.ts";
import { resolveTls } from "./postgres-tls.ts";
import type { SettingValues } from "./settings.ts";
import type { ParsedUrl, UrlFormat, UrlRequest } from "./url-format.ts";
import { decodePart, readParameters } from "./url-parameters.ts";

const example = "postgresql://user:password@localhost:5432/app";

/** libpq's URLs: `postgresql://user:password@host:port/database?parameter=value`. */
export const postgresUrlFormat: UrlFormat = {
  title: "PostgreSQL",
  example,
  parse,
  guess,
};

function parse(request: UrlRequest): ParsedUrl | undefined {
  const { name, report } = request;
  const fault = faultsOf(request);
  const parts = splitUrl(request.url, fault);
  if (parts === null) return undefined;
  const found = readParameters(parts.query, name, report);
  const options = readPostgresParameters(found, report);
  const credentials = readCredentials(parts.credentials, fault);
  const place = readPlace(parts.address, found, fault);
  const database = readDatabase(parts.path, fault);
  checkSslMode(request.given, options.given, report);
  const given = { ...request.given, ...options.given };
  return {
    given: options.given,
    connect(values) {
      checkPooler(values, options, name, report);
      const tls = resolveTls(place?.host ?? "", values, given, report);
      if (credentials === null || place === null) return undefined;
      if (database === null) return undefined;
      const { parameters } = options;
      const address = { ...credentials, ...place, database };
      return new PostgresConnection({ ...address, tls, parameters });
    },
  };
}

function faultsOf({ url, name, given, report }: UrlRequest): ReportFault {
  return (expected, hint) => {
    const received = inFile(`"${maskMalformedUrl(url)}"`, given.url?.file);
    report({ name, expected, received, hint });
    return null;
  };
}

interface UrlParts {
  readonly credentials: string | undefined;
  readonly address: string;
  readonly path: string;
  readonly query: string;
}

/** An `@` after the host is refused: the URL would have two readings, one with parts of a password elsewhere. */
function splitUrl(url: string, fault: ReportFault): UrlParts | null {
  const match = /^[^:]+:\/\/([^/?#]*)([^?#]*)\??(.*)$/s.exec(url);
  if (match === null) return fault(`two slashes after the scheme: ${example}`);
  const [, authority = "", path = "", query = ""] = match;
  if (`${path}${query}`.includes("@")) {
    return fault(
      "percent-encoded characters in user, password and parameters",
      "write / as %2F, ? as %3F, # as %23 and @ as %40",
    );
  }
  if (url.includes("#")) return fault("no # in the URL", "write # as %23");
  const at = authority.lastIndexOf("@");
  return {
    credentials: at < 0 ? undefined : authority.slice(0, at),
    address: authority.slice(at + 1),
    path,
    query,
  };
}

function readDatabase(path: string, fault: ReportFault): string | null {
  const database = decodePart(path.slice(1));
  if (database === undefined) {
    return fault("a percent-encoded database name", "write % as %25");
  }
  if (database === "") {
    return fault("a database name after the host", `for example ${example}`);
  }
  return path.includes("/", 1) || /\p{Cc}/u.test(database)
    ? fault("one database name after the host", "write a / in it as %2F")
    : database;
}

/** Two TLS modes that differ are a problem: none may weaken the other unnoticed. */
function checkSslMode(
  { sslMode: elsewhere }: GivenSettings,
  { sslMode: inUrl }: GivenSettings,
  report: Report,
): void {
  if (inUrl === undefined || elsewhere === undefined) return;
  if (elsewhere.raw === inUrl.raw) return;
  report({
    name: elsewhere.name,
    expected: `the same as ${inUrl.name}, ${showValue(inUrl.raw)}`,
    received: showValue(elsewhere.raw),
    hint: "keep one of the two",
  });
}

function checkPooler(
  { pooler }: SettingValues,
  { parameters }: PostgresOptions,
  name: string,
  report: Report,
): void {
  if (pooler === "none") return;
  for (const key of Object.keys(parameters)) {
    report({
      name: `${name} parameter ${key}`,
      expected: "no startup parameter behind a transaction pooler",
      received: "one",
      hint: "set it on the server: ALTER ROLE … SET …",
    });
  }
}

function guess(text: string): string | undefined {
  if (/^(pg|psql|postgre)[a-z0-9]*:\/\//i.test(text)) {
    return "did you mean postgresql://?";
  }
  if (/^jdbc:/i.test(text)) return "leave jdbc: out";
  if (/\b(host|dbname)=/i.test(text)) return `write it as a URL: ${example}`;
  const looksLikeServer = /^(\/\/|[^/]*@|[\w.-]+:\d+(\/|$)|localhost\b)/i;
  return !text.includes("://") && looksLikeServer.test(text)
    ? "put postgresql:// in front of it"
    : undefined;
}
