import { isIP, isIPv6 } from "node:net";
import { decodePart, type UrlParameters } from "./url-parameters.ts";

/** Takes note of a fault of the URL: what was expected, and the way out; null stands for what cannot be read. */
export type ReportFault = (expected: string, hint?: string) => null;

/** User and password before the `@`, decoded. */
export interface Credentials {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** Reads `user:password`, percent-encoded; without them the driver chooses. */
export function readCredentials(
  text: string | undefined,
  fault: ReportFault,
): Credentials | null {
  if (text === undefined) return { user: undefined, password: undefined };
  const colon = text.indexOf(":");
  const user = decodePart(colon < 0 ? text : text.slice(0, colon));
  const password = colon < 0 ? undefined : decodePart(text.slice(colon + 1));
  if (user === undefined) {
    return fault("a percent-encoded user name", "write % as %25");
  }
  if (colon >= 0 && password === undefined) {
    return fault("a percent-encoded password", "write % as %25");
  }
  if (user === "") return fault("a user name before the @");
  if (`${user}${password ?? ""}`.includes("\0")) {
    return fault("credentials without a zero byte", "leave %00 out");
  }
  return { user, password };
}

/** Where a server listens; a host that starts with `/` is the folder of its Unix socket. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port`, or the parameters of these names, which a Unix socket needs. */
export function readPlace(
  text: string,
  parameters: UrlParameters,
  fault: ReportFault,
): Place | null {
  const address = splitAddress(text, fault);
  if (address === null) return null;
  const inHost = parameters.get("host")?.raw;
  const inPort = parameters.get("port")?.raw;
  if (address.host !== "" && inHost !== undefined) {
    return fault("one host", "leave out the parameter host or the host");
  }
  if (address.port !== undefined && inPort !== undefined) {
    return fault("one port", "leave out the parameter port or the port");
  }
  const rawHost = address.host === "" ? inHost : address.host;
  const host = rawHost === undefined ? "localhost" : readHost(rawHost, fault);
  const rawPort = address.port ?? inPort;
  const port = rawPort === undefined ? 5432 : readPort(rawPort, fault);
  return host === null || port === null ? null : { host, port };
}

/** Splits `host:port`, where an IPv6 address stands in brackets; decodes the host. */
function splitAddress(
  text: string,
  fault: ReportFault,
): { readonly host: string; readonly port: string | undefined } | null {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(text);
  if (bracketed !== null) {
    const host = decodePart(bracketed[1] ?? "");
    return host !== undefined && isIPv6(host)
      ? { host, port: bracketed[2] }
      : fault("an IPv6 address in the brackets");
  }
  const [rawHost = "", port, ...more] = text.split(":");
  if (more.length > 0) return fault("host or host:port", hintForColons(text));
  const host = decodePart(rawHost);
  return host === undefined
    ? fault("a percent-encoded host", "write % as %25")
    : { host, port };
}

function hintForColons(text: string): string | undefined {
  if (text.includes(",")) return "give one host: several are not supported";
  return isIPv6(text) || isIPv6(text.replace(/:\d+$/, ""))
    ? "write an IPv6 address in brackets: [::1]"
    : undefined;
}

function readHost(host: string, fault: ReportFault): string | null {
  const isSocketFolder = host.startsWith("/") && !/\p{Cc}/u.test(host);
  const isName = /^[\p{L}\p{N}_.-]+$/u.test(host);
  if (isSocketFolder || isName || isIP(host) !== 0) return host;
  return fault(
    "a host name, an IP address or the folder of a socket",
    hintForHost(host),
  );
}

function hintForHost(host: string): string | undefined {
  if (host.includes(",")) return "give one host: several are not supported";
  return /[${}]/.test(host)
    ? "variables are not expanded here: write the value"
    : undefined;
}

function readPort(text: string, fault: ReportFault): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  return fault(
    "a port from 1 to 65535",
    text === "" ? "leave the : out" : undefined,
  );
}
