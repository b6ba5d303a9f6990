/** A valid URL with its password masked. */
export function maskUrl(url: string): string {
  return url.replace(/^([a-z][^:]*:\/\/[^:/?#]*):.*@/is, "$1:***@");
}

/**
 * A URL fit for messages even when it is malformed. Nobody knows where a password ends in such a
 * URL: everything between the first `:` and the last `@` goes, without an `@` everything after
 * the first `:`, and parameters always.
 */
export function maskMalformedUrl(url: string): string {
  const head = /^[a-z][a-z0-9+.-]*:\/*/i.exec(url)?.[0] ?? "";
  const rest = url.slice(head.length);
  const at = rest.lastIndexOf("@");
  if (at >= 0) {
    const user = /^[^:]*(?=:)/.exec(rest.slice(0, at))?.[0];
    const tail = maskAfterHost(withoutParameters(rest.slice(at)));
    return shorten(
      user === undefined ? `${head}***${tail}` : `${head}${user}:***${tail}`,
    );
  }
  const colon = rest.indexOf(":");
  return shorten(
    colon < 0
      ? `${head}${withoutParameters(rest)}`
      : `${head}${rest.slice(0, colon)}:***`,
  );
}

/** A value as messages show it: short, and without what may be a password. */
export function showValue(raw: unknown, secret = false): string {
  if (typeof raw === "string") {
    if (secret) return `a text of ${raw.length} characters`;
    // It may be a private key in the wrong place.
    if (raw.includes("-----BEGIN")) return "PEM text";
    const harmless = !/@|:\/\//.test(raw);
    return JSON.stringify(harmless ? shorten(raw) : maskMalformedUrl(raw));
  }
  if (typeof raw === "bigint") return `the bigint ${raw}`;
  if (typeof raw === "object" && raw !== null) {
    return Array.isArray(raw) ? "an array" : "an object";
  }
  return typeof raw === "symbol" || typeof raw === "function"
    ? `a ${typeof raw}`
    : String(raw);
}

/** After a misplaced `@` a password may follow too: only a host and a port may be told by a `:`. */
function maskAfterHost(tail: string): string {
  const place = /^@(\[[^\]]*\]|[^:/?#]*)(:\d{0,5}(?=[/?#]|$))?/.exec(tail)?.[0];
  const rest = tail.slice(place?.length ?? 0);
  return `${place ?? ""}${rest.replace(/:.*$/s, ":***")}`;
}

function withoutParameters(text: string): string {
  return text.replace(/([?#]).*$/s, "$1***");
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
