/**
 * A URL with everything that may be a password masked, fit for messages even when the URL is
 * malformed: without an `@` nobody knows where a password ends, so all after the first `:` goes.
 */
export function maskUrl(url: string): string {
  const [head = ""] = /^([a-z][a-z0-9+.-]*:)?\/*/i.exec(url) ?? [];
  const rest = url.slice(head.length);
  const at = rest.lastIndexOf("@");
  const colon = rest.indexOf(":");
  if (at < 0 || colon < 0 || colon > at) return url;
  return `${head}${rest.slice(0, colon)}:***${rest.slice(at)}`;
}
