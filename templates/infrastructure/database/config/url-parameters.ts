import type { Report } from "./configuration-error.ts";
import type { Given } from "./given.ts";
import { nearestName } from "./nearest-name.ts";

/** The parameters of a URL by name, each with a raw value to be read. */
export type UrlParameters = ReadonlyMap<
  string,
  Given & { readonly raw: string }
>;

/** Text with its percent-encoding decoded; undefined when that is malformed. */
export function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Reads `a=1&b=2` behind the `?` of the URL in setting `name`; a `+` stays a plus, as in libpq. */
export function readParameters(
  query: string,
  name: string,
  report: Report,
): UrlParameters {
  const parameters = new Map<string, Given & { readonly raw: string }>();
  for (const piece of query.split("&")) {
    if (piece === "") continue;
    const [key = "", ...rest] = piece.split("=");
    const known = /^[\w.-]{1,40}$/.test(key);
    const where = `${name} parameter ${known ? key : "(name not shown)"}`;
    const raw = decodePart(rest.join("="));
    if (!known || raw === undefined || raw === "") {
      report({
        name: where,
        expected: "name=value, percent-encoded",
        received: raw === "" ? "no value" : "something else",
      });
    } else if (parameters.has(key)) {
      report({ name: where, expected: "one value", received: "two" });
    } else {
      parameters.set(key, { name: where, raw });
    }
  }
  return parameters;
}

/** The parameters that the URLs of a database may have. */
export interface KnownParameters {
  readonly known: readonly string[];
  /** Parameters that other software knows, and what to do instead. */
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** Reports a parameter without a meaning here, with what it may have meant. */
export function reportUnknownParameter(
  key: string,
  { name }: Given,
  { known, elsewhere }: KnownParameters,
  report: Report,
): void {
  const near = nearestName(key, known);
  const otherwise =
    near === undefined
      ? `the parameters are ${known.join(", ")}`
      : `did you mean ${near}?`;
  report({
    name,
    expected: "a known parameter",
    received: "an unknown one",
    hint: elsewhere.get(key) ?? otherwise,
  });
}
