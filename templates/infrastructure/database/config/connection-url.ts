import type { Report } from "./configuration-error.ts";
import {
  databaseTypeOf,
  type DatabaseType,
  schemeOf,
} from "./database-type.ts";
import { type GivenSettings, inFile } from "./given.ts";
import { maskMalformedUrl } from "./mask.ts";
import { nearestName } from "./nearest-name.ts";
// {{#if postgres}}
import { postgresUrlFormat } from "./postgres-url.ts";
// {{/if}}
import { settings } from "./settings.ts";
// {{#if sqlite}}
import { sqliteUrlFormat } from "./sqlite-url.ts";
// {{/if}}
import type { ParsedUrl, UrlFormat } from "./url-format.ts";

/** The databases that this project was generated for. */
const formats: Readonly<Partial<Record<DatabaseType, UrlFormat>>> = {
  // {{#if sqlite}}
  sqlite: sqliteUrlFormat,
  // {{/if}}
  // {{#if postgres}}
  postgresql: postgresUrlFormat,
  // {{/if}}
};

const supported: readonly UrlFormat[] = Object.values(formats);

const expected = `a URL such as ${supported.map(({ example }) => example).join(" or ")}`;

/** Parses the URL among the settings by the rules of its database; undefined when it has none. */
export function parseConnectionUrl(
  given: GivenSettings,
  report: Report,
): ParsedUrl | undefined {
  if (given.url === undefined) {
    report({ name: settings.url.env, expected, received: "nothing" });
    return undefined;
  }
  const { name, raw, file } = given.url;
  const url = settings.url.kind.read(raw).value;
  // A value that is no text at all is reported where all settings are read.
  if (url === undefined) return undefined;
  const format = formats[databaseTypeOf(url)];
  if (format !== undefined) return format.parse({ url, name, given, report });
  const received = inFile(showUnknown(url), file);
  report({ name, expected, received, hint: explainScheme(url) });
  return undefined;
}

/** A text without a scheme may be a password in the wrong place, so it is not shown. */
function showUnknown(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url)
    ? `"${maskMalformedUrl(url)}"`
    : `a text of ${url.length} characters that is no such URL`;
}

function explainScheme(url: string): string | undefined {
  if (/^(["']).*\1$/s.test(url)) return "remove the quotes around it";
  const titles = supported.map(({ title }) => title).join(" and ");
  switch (databaseTypeOf(url)) {
    case "mysql":
      return `MySQL is not supported, only ${titles}`;
    case "unknown":
      return guess(url);
    default:
      return `this project was generated for ${titles}: run create-bento-db again to add the other database`;
  }
}

function guess(url: string): string | undefined {
  const scheme = schemeOf(url) ?? "";
  const near = url.includes("://")
    ? nearestName(scheme, Object.keys(formats))
    : undefined;
  if (near !== undefined) return `did you mean ${near}:// for ${scheme}://?`;
  return supported
    .map((format) => format.guess(url))
    .find((hint) => hint !== undefined);
}
