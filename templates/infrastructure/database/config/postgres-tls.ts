import type { ConnectionOptions } from "node:tls";
import type { Report } from "./configuration-error.ts";
import type { GivenSettings } from "./given.ts";
import { keyFits } from "./postgres-pem.ts";
import { type SettingName, settings, type SettingValues } from "./settings.ts";

/**
 * The TLS options of a server, undefined for none. A Unix socket never has TLS, as in libpq;
 * a certificate authority without a mode means verify-full.
 */
export function resolveTls(
  host: string,
  values: SettingValues,
  given: GivenSettings,
  report: Report,
): ConnectionOptions | undefined {
  const { sslCa: ca, sslCert: cert, sslKey: key } = values;
  const mode = values.sslMode ?? (ca === undefined ? "disable" : "verify-full");
  const nameOf = (setting: SettingName): string =>
    given[setting]?.name ?? settings[setting].env;
  checkAuthority(values, nameOf, report);
  checkClientCertificate(values, nameOf, report);
  if (mode === "disable" || host.startsWith("/")) return undefined;
  return {
    // Node compares the certificate with this when the driver sends no server name.
    host,
    rejectUnauthorized: mode !== "require",
    ...(mode === "verify-ca" && { checkServerIdentity: () => undefined }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

/** require with a certificate authority would look like verification and be none. */
function checkAuthority(
  { sslMode, sslCa }: SettingValues,
  nameOf: (setting: SettingName) => string,
  report: Report,
): void {
  if (sslCa === undefined || sslMode !== "require") return;
  report({
    name: nameOf("sslMode"),
    expected: `verify-ca or verify-full together with ${nameOf("sslCa")}`,
    received: '"require"',
    hint: "require trusts any server, so the certificate authority would check nothing",
  });
}

function checkClientCertificate(
  { sslCert, sslKey }: SettingValues,
  nameOf: (setting: SettingName) => string,
  report: Report,
): void {
  if (sslCert === undefined && sslKey === undefined) return;
  if (sslCert === undefined || sslKey === undefined) {
    const missing = sslCert === undefined ? "sslCert" : "sslKey";
    const present = sslCert === undefined ? "sslKey" : "sslCert";
    report({
      name: nameOf(missing),
      expected: `a value together with ${nameOf(present)}`,
      received: "nothing",
    });
  } else if (!keyFits(sslCert, sslKey)) {
    report({
      name: nameOf("sslKey"),
      expected: `the private key of ${nameOf("sslCert")}`,
      received: "the key of another certificate",
    });
  }
}
