import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectSocket, type AddressInfo, isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { targetFor } from "../../templates/infrastructure/database/config/connection-target.ts";
import { createAuthority } from "../support/certificates.ts";
import { configure, refusalOf } from "./config-attempt.ts";

const authority = createAuthority("Right");
const stranger = createAuthority("Wrong");
const server = authority.issue({
  name: "db.example",
  dnsNames: ["db.example"],
  addresses: ["127.0.0.1"],
});
const client = authority.issue({ name: "me" });

type Env = Readonly<Record<string, string>>;

function sslOf(env: Env, host = "db.example"): false | tls.ConnectionOptions {
  const url = `postgresql://me:hunter2@${host}/db`;
  const { connection } = configure({ env: { DB_URL: url, ...env } });
  return targetFor(connection, "postgresql").ssl;
}

/** Connects to a TLS server as the driver does; resolves to the client name that the server saw. */
async function handshake(env: Env, host: string): Promise<string> {
  const ssl = sslOf(env, host);
  if (ssl === false) throw new Error("no TLS");
  const listener = tls.createServer({
    ...server,
    ca: authority.cert,
    requestCert: true,
    rejectUnauthorized: false,
  });
  listener.on("tlsClientError", () => undefined);
  listener.on("secureConnection", (socket) => {
    socket.on("error", () => undefined);
    const name = socket.authorized
      ? socket.getPeerCertificate().subject.CN
      : "nobody";
    socket.end(String(name));
  });
  await new Promise<void>((resolve) => {
    listener.listen(0, "127.0.0.1", resolve);
  });
  const { port } = listener.address() as AddressInfo;
  try {
    return await new Promise<string>((resolve, reject) => {
      const socket = connectSocket(port, "127.0.0.1");
      const servername = isIP(host) === 0 ? { servername: host } : {};
      const secure = tls.connect({ socket, ...ssl, ...servername });
      secure.on("data", (data: Buffer) => {
        resolve(data.toString());
      });
      secure.on("error", (error: Error) => {
        socket.destroy();
        reject(error);
      });
    });
  } finally {
    listener.close();
  }
}

async function refusedWith(env: Env, host: string): Promise<string> {
  try {
    await handshake(env, host);
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "";
  }
  return "accepted";
}

test("require encrypts and trusts any server", async () => {
  const env = { DB_SSL_MODE: "require" };
  assert.is(await handshake(env, "db.example"), "nobody");
  assert.is(await handshake(env, "elsewhere.example"), "nobody");
});

test("verify-ca checks the certificate, not the name", async () => {
  const env = { DB_SSL_MODE: "verify-ca", DB_SSL_CA: authority.cert };
  assert.is(await handshake(env, "db.example"), "nobody");
  assert.is(await handshake(env, "elsewhere.example"), "nobody");
  const wrong = { ...env, DB_SSL_CA: stranger.cert };
  assert.match(await refusedWith(wrong, "db.example"), /UNABLE_TO|SELF_SIGNED/);
});

test("verify-full checks the certificate and the name", async () => {
  const env = { DB_SSL_MODE: "verify-full", DB_SSL_CA: authority.cert };
  assert.is(await handshake(env, "db.example"), "nobody");
  assert.is(await handshake(env, "127.0.0.1"), "nobody");
  for (const host of ["elsewhere.example", "127.0.0.2"]) {
    assert.is(await refusedWith(env, host), "ERR_TLS_CERT_ALTNAME_INVALID");
  }
  const wrong = { ...env, DB_SSL_CA: stranger.cert };
  assert.match(await refusedWith(wrong, "db.example"), /UNABLE_TO|SELF_SIGNED/);
});

test("verify-full without an authority trusts those of Node only", async () => {
  const env = { DB_SSL_MODE: "verify-full" };
  assert.match(await refusedWith(env, "db.example"), /UNABLE_TO|SELF_SIGNED/);
});

test("an authority without a mode means verify-full", async () => {
  const env = { DB_SSL_CA: authority.cert };
  assert.is(await handshake(env, "db.example"), "nobody");
  assert.is(
    await refusedWith(env, "elsewhere.example"),
    "ERR_TLS_CERT_ALTNAME_INVALID",
  );
});

test("a client certificate is shown to the server", async () => {
  const env = {
    DB_SSL_CA: authority.cert,
    DB_SSL_CERT: client.cert,
    DB_SSL_KEY: client.key,
  };
  assert.is(await handshake(env, "db.example"), "me");
  const oneLine = { ...env, DB_SSL_KEY: client.key.replaceAll("\n", "\\n") };
  assert.is(await handshake(oneLine, "db.example"), "me");
});

test("certificates may be files, named by settings or by the URL", async () => {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  try {
    const path = (name: string, content: string): string => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    };
    const ca = path("ca.pem", `${stranger.cert}${authority.cert}`);
    const cert = path("client.pem", client.cert);
    const key = path("client.key", client.key);
    const env = { DB_SSL_CA: ca, DB_SSL_CERT: cert, DB_SSL_KEY: key };
    assert.is(await handshake(env, "db.example"), "me");
    const query = `sslmode=verify-full&sslrootcert=${ca}&sslcert=${cert}&sslkey=${key}`;
    const url = `postgresql://me:hunter2@db.example/db?${query}`;
    assert.is(await handshake({ DB_URL: url }, "db.example"), "me");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("no TLS without a mode, with disable, and on a Unix socket", () => {
  assert.is(sslOf({}), false);
  assert.is(sslOf({ DB_SSL_MODE: "disable" }), false);
  const env = { DB_SSL_MODE: "disable", DB_SSL_CA: authority.cert };
  assert.is(sslOf(env), false);
  assert.is(sslOf({ DB_SSL_MODE: "verify-full" }, "%2Ftmp"), false);
});

test("every read gives a copy that the driver may change", () => {
  const { connection } = configure({
    env: {
      DB_URL: "postgresql://h/db",
      DB_SSL_CA: authority.cert,
      DB_SSL_CERT: client.cert,
      DB_SSL_KEY: client.key,
    },
  });
  const target = targetFor(connection, "postgresql");
  const { ssl: first } = target;
  assert.ok(first !== false);
  delete first.key;
  const { ssl: second } = target;
  assert.ok(second !== false);
  assert.is(second.key, client.key.trim());
  assert.not.match(JSON.stringify(target), "PRIVATE");
});

test("settings that cannot go together are refused", () => {
  const url = { DB_URL: "postgresql://me:hunter2@h/db" };
  const wrong: readonly (readonly [Env, string])[] = [
    [
      { DB_SSL_MODE: "require", DB_SSL_CA: authority.cert },
      'DB_SSL_MODE: expected verify-ca or verify-full together with DB_SSL_CA, got "require"; require trusts any server, so the certificate authority would check nothing',
    ],
    [
      { DB_SSL_MODE: "require", DB_SSL_CERT: client.cert },
      "DB_SSL_KEY: expected a value together with DB_SSL_CERT, got nothing",
    ],
    [
      { DB_SSL_MODE: "require", DB_SSL_KEY: client.key },
      "DB_SSL_CERT: expected a value together with DB_SSL_KEY, got nothing",
    ],
    [
      { DB_SSL_CERT: client.cert, DB_SSL_KEY: server.key },
      "DB_SSL_KEY: expected the private key of DB_SSL_CERT, got the key of another certificate",
    ],
    [
      { DB_SSL_CA: client.key },
      "DB_SSL_CA: expected a certificate: the path of a PEM file, or PEM text, got PEM text; the PEM text cannot be read: is it complete?",
    ],
  ];
  for (const [env, line] of wrong) {
    const { lines, shown } = refusalOf({ env: { ...url, ...env } });
    assert.equal(lines, [line]);
    assert.not.match(shown, /hunter2|PRIVATE/);
  }
});

test.run();
