import type { Kind } from "./kind.ts";
import { certificate, privateKey } from "./postgres-pem.ts";
import { defineSetting } from "./setting.ts";
import { choice } from "./text-kinds.ts";

/** How far TLS goes; every mode does what it says, none falls back to plain text. */
export type SslMode = "disable" | "require" | "verify-ca" | "verify-full";

/** What stands between the program and the server: nothing, or PgBouncer in transaction mode. */
export type Pooler = "none" | "transaction";

const fallsBack =
  "it may fall back to plain text unnoticed: choose require, or disable where no TLS is wanted";

const sslModeKind: Kind<SslMode> = choice(
  ["disable", "require", "verify-ca", "verify-full"],
  { allow: fallsBack, prefer: fallsBack, true: "did you mean require?" },
);

export const sslMode = defineSetting<SslMode | undefined>({
  env: "DB_SSL_MODE",
  kind: sslModeKind,
  fallback: undefined,
  doc: "TLS: disable, require (encrypts, trusts any server), verify-ca (checks the certificate), verify-full (the host name too). Unset means verify-full with DB_SSL_CA, otherwise disable.",
});

export const sslCa = defineSetting<string | undefined>({
  env: "DB_SSL_CA",
  kind: certificate,
  fallback: undefined,
  doc: "Certificate authorities to trust for verify-ca and verify-full: a PEM file or PEM text. Unset means those of Node.",
});

export const sslCert = defineSetting<string | undefined>({
  env: "DB_SSL_CERT",
  kind: certificate,
  fallback: undefined,
  doc: "Client certificate: a PEM file or PEM text.",
});

export const sslKey = defineSetting<string | undefined>({
  env: "DB_SSL_KEY",
  kind: privateKey,
  fallback: undefined,
  doc: "Private key of the client certificate: a PEM file or PEM text, without passphrase.",
  secret: true,
});

export const pooler = defineSetting<Pooler>({
  env: "DB_POOLER",
  kind: choice(["none", "transaction"], {
    session: "write none: session pooling needs no care",
    pgbouncer: "write transaction or none, after its pool_mode",
  }),
  fallback: "none",
  doc: "Set transaction behind PgBouncer in transaction mode: nothing is then sent as a startup parameter, which it refuses.",
});
