import {
  chmodSync,
  chownSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEngineFromConfig } from "../../templates/infrastructure/database/engine.ts";
import { createAuthority } from "../support/certificates.ts";
import { serverAccount } from "../support/postgres-binaries.ts";
import { PostgresServer } from "../support/postgres-server.ts";
import { configure } from "./config-attempt.ts";

const authority = createAuthority("Right");
const stranger = createAuthority("Wrong");
const certificate = authority.issue({ name: "db", addresses: ["127.0.0.1"] });
const client = authority.issue({ name: "postgres" });

interface Session {
  readonly ssl: boolean;
  readonly client: string | null;
}

/** What PostgreSQL says about a connection made with these settings. */
async function sessionOf(
  server: PostgresServer,
  env: Readonly<Record<string, string>>,
  host = "127.0.0.1",
): Promise<Session | undefined> {
  const url = server.url().replace("127.0.0.1", host);
  const config = configure({ env: { DB_URL: url, ...env } });
  await using engine = createEngineFromConfig(config);
  const rows = await engine.connect((connection) =>
    connection.query<Session>(
      "SELECT ssl, client_dn AS client FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
    ),
  );
  return rows[0];
}

async function startWithTls(folder: string): Promise<PostgresServer> {
  const place = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    chmodSync(file, 0o600);
    const { uid, gid } = serverAccount;
    if (uid !== undefined) chownSync(file, uid, gid ?? 0);
    return file;
  };
  const { uid, gid } = serverAccount;
  if (uid !== undefined) chownSync(folder, uid, gid ?? 0);
  return PostgresServer.start({
    settings: {
      ssl: "on",
      ssl_cert_file: place("server.pem", certificate.cert),
      ssl_key_file: place("server.key", certificate.key),
      ssl_ca_file: place("ca.pem", authority.cert),
    },
  });
}

test("each TLS mode means what it says on a real server", async () => {
  const folder = mkdtempSync(join(tmpdir(), "config-tls-"));
  const server = await startWithTls(folder);
  try {
    const ca = { DB_SSL_CA: authority.cert };
    const none = { ssl: false, client: null };
    const encrypted = { ssl: true, client: null };
    assert.equal(await sessionOf(server, {}), none);
    assert.equal(
      await sessionOf(server, { DB_SSL_MODE: "require" }),
      encrypted,
    );
    assert.equal(await sessionOf(server, ca), encrypted);
    const byName = { ...ca, DB_SSL_MODE: "verify-ca" };
    assert.equal(await sessionOf(server, byName, "localhost"), encrypted);
    const known = {
      ...ca,
      DB_SSL_CERT: client.cert,
      DB_SSL_KEY: client.key,
    };
    assert.equal(await sessionOf(server, known), {
      ssl: true,
      client: "/CN=postgres",
    });
    const wrong = { DB_SSL_CA: stranger.cert };
    const refused = await Promise.allSettled([
      sessionOf(server, wrong),
      sessionOf(server, { DB_SSL_MODE: "verify-full" }),
      sessionOf(server, ca, "localhost"),
    ]);
    for (const outcome of refused) {
      assert.is(outcome.status, "rejected");
      if (outcome.status === "fulfilled") continue;
      assert.instance(outcome.reason, Error);
      assert.not.match(String(outcome.reason), "secret");
    }
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
