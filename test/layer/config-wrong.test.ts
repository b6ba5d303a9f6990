import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { settings } from "../../templates/infrastructure/database/config/settings.ts";
import { type Attempt, configure, refusalOf } from "./config-attempt.ts";
import {
  foreignVariables,
  wrongProperties,
  wrongTypes,
  wrongValues,
  wrongVariables,
} from "./config-wrong-settings.ts";
import { wrongUrls } from "./config-wrong-urls.ts";

let cases = 0;

/** The exact lines of the message; no password, no stack, and the problems say the same. */
function assertRefused(attempt: Attempt, lines: readonly string[]): void {
  cases += 1;
  const refusal = refusalOf(attempt);
  assert.equal(refusal.lines, lines);
  assert.is(refusal.problems.length, lines.length);
  for (const [index, problem] of refusal.problems.entries()) {
    const { name, expected, received, hint } = problem;
    const line = `${name}: expected ${expected}, got ${received}`;
    assert.is(hint === undefined ? line : `${line}; ${hint}`, lines[index]);
  }
  assert.not.match(refusal.shown, /hunter2|ter2/);
  assert.not.match(refusal.lines.join("\n"), /^\s+at /m);
}

test("a wrong value names its variable, what is expected and the way out", () => {
  for (const { name, expected, values } of wrongValues) {
    for (const [value, hint] of values) {
      const line = `${name}: expected ${expected}, got ${JSON.stringify(value)}`;
      const whole = hint === undefined ? line : `${line}; ${hint}`;
      assertRefused({ env: { [name]: value } }, [whole]);
    }
  }
});

test("the same value in code names the property", () => {
  for (const { name, expected, values } of wrongValues) {
    const property = Object.entries(settings).find(
      ([, setting]) => setting.env === name,
    )?.[0];
    assert.ok(property);
    for (const [value, hint] of values) {
      const line = `${property}: expected ${expected}, got ${JSON.stringify(value)}`;
      const whole = hint === undefined ? line : `${line}; ${hint}`;
      assertRefused({ overrides: { [property]: value } }, [whole]);
    }
  }
});

test("a misspelt variable is named with its nearest neighbour", () => {
  for (const [wrong, right] of wrongVariables) {
    assertRefused({ env: { [wrong]: "5" } }, [
      `${wrong}: expected a known DB_ variable, got an unknown one; did you mean ${right}?`,
    ]);
  }
});

test("variables of other software are left alone", () => {
  for (const name of foreignVariables) configure({ env: { [name]: "5" } });
  configure({ env: { DB_URI: "mongodb://x", DB_URL: "sqlite://" } });
});

test("a misspelt property is named with its nearest neighbour", () => {
  for (const [wrong, right] of wrongProperties) {
    assertRefused({ overrides: { [wrong]: 5 } }, [
      `${wrong}: expected a known setting, got an unknown one; did you mean ${right}?`,
    ]);
  }
  const all = Object.keys(settings).join(", ");
  for (const name of ["password", "toString", "__proto__x", "size"]) {
    assertRefused({ overrides: { [name]: "hunter2" } }, [
      `${name}: expected a known setting, got an unknown one; the settings are ${all}`,
    ]);
  }
});

test("a value of the wrong type is called by its type", () => {
  for (const [property, value, shown] of wrongTypes) {
    const [line = "", ...more] = refusalOf({
      overrides: { [property]: value },
    }).lines;
    assert.equal(more, []);
    assert.match(line, `${property}: expected `);
    assert.match(line, `, got ${shown}`);
    assert.not.match(line, "hunter2");
    cases += 1;
  }
});

test("overrides must be a plain object", () => {
  const url = "postgresql://me:hunter2@h/db";
  const wrong: readonly (readonly [unknown, string])[] = [
    [url, '"postgresql://me:***@h/db"'],
    [null, "null"],
    [[], "an array"],
    [5, "5"],
    [() => ({}), "a function"],
    [new Date(0), "an object"],
    [configure(), "an object"],
  ];
  for (const [overrides, shown] of wrong) {
    assertRefused({ overrides }, [
      `overrides: expected a plain object such as { url: "…" }, got ${shown}`,
    ]);
  }
  assert.is(configure({ overrides: Object.create(null) }).poolSize, 5);
});

test("a wrong URL is shown without its password, with the way out", () => {
  for (const [url, ...lines] of wrongUrls) {
    assertRefused({ env: { DB_URL: url } }, lines);
    assertRefused(
      { overrides: { url } },
      lines.map((line) => line.replace("DB_URL", "url")),
    );
  }
});

test("certificates and keys that cannot be read say why", () => {
  const certificate =
    "expected a certificate: the path of a PEM file, or PEM text, got";
  const key =
    "expected a private key without passphrase: the path of a PEM file, or PEM text, got";
  const missing =
    "there is no such file; relative paths start at the working directory";
  const unreadable = "the PEM text cannot be read: is it complete?";
  const wrong: readonly (readonly [string, string, string])[] = [
    [
      "DB_SSL_CA",
      "/nowhere/ca.pem",
      `${certificate} "/nowhere/ca.pem"; ${missing}`,
    ],
    ["DB_SSL_CA", "/", `${certificate} "/"; the file cannot be read (EISDIR)`],
    [
      "DB_SSL_CA",
      "package.json",
      `${certificate} "package.json"; the file holds something else`,
    ],
    [
      "DB_SSL_CERT",
      "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----",
      `${certificate} PEM text; ${unreadable}`,
    ],
    ["DB_SSL_KEY", "hunter2", `${key} a text of 7 characters; ${missing}`],
    [
      "DB_SSL_KEY",
      "-----BEGIN PRIVATE KEY-----\\nhunter2\\n-----END PRIVATE KEY-----",
      `${key} a text of 63 characters; ${unreadable}`,
    ],
  ];
  for (const [name, value, line] of wrong) {
    assertRefused({ env: { [name]: value } }, [`${name}: ${line}`]);
  }
});

test("settings that contradict each other are refused", () => {
  const url = "postgresql://me:hunter2@h/db";
  assertRefused(
    { env: { DB_URL: `${url}?sslmode=require`, DB_SSL_MODE: "verify-full" } },
    [
      'DB_SSL_MODE: expected the same as DB_URL parameter sslmode, "require", got "verify-full"; keep one of the two',
    ],
  );
  const expected =
    "expected no startup parameter behind a transaction pooler, got one; set it on the server: ALTER ROLE … SET …";
  assertRefused(
    {
      env: {
        DB_URL: `${url}?options=-c%20a%3Db&lock_timeout=5`,
        DB_POOLER: "transaction",
      },
    },
    [
      `DB_URL parameter options: ${expected}`,
      `DB_URL parameter lock_timeout: ${expected}`,
    ],
  );
});

test("problems in a dotenv file say so", () => {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  const envFile = join(folder, ".env");
  try {
    writeFileSync(envFile, "DB_POOL_SIZE=ten\nDB_POOLTIMEOUT=5\nDB_HOST=x\n");
    assertRefused({ envFile }, [
      "DB_POOLTIMEOUT: expected a known DB_ variable, got an unknown one; did you mean DB_POOL_TIMEOUT?",
      `DB_POOL_SIZE: expected an integer from 1 to 100, got "ten" in ${envFile}`,
    ]);
    for (const [url, shown] of [
      ["mysql://me:hunter2@h/db", "mysql://me:***@h/db"],
      ["postgresql://me:hunter2@h", "postgresql://me:***@h"],
      ["sqlite://me:hunter2@h/db", "sqlite://me:***@h/db"],
    ]) {
      writeFileSync(envFile, `DB_URL="${url ?? ""}"\n`);
      const { lines, shown: all } = refusalOf({ envFile });
      assert.match(lines[0] ?? "", `got "${shown ?? ""}" in ${envFile}`);
      assert.not.match(all, "hunter2");
    }
    const none = join(folder, "none");
    assertRefused({ envFile: none }, [
      `${none}: expected a readable file, got ENOENT; there is no such file: correct envFile, or pass false for none`,
    ]);
    assertRefused({ envFile: folder }, [
      `${folder}: expected a readable file, got EISDIR`,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("everything wrong is told at once", () => {
  assertRefused(
    {
      env: {
        DB_URL: "postgresql://me:hunter2@h:port/?sslmode=prefer&foo=1",
        DB_POOL_SIZE: "ten",
        DB_POOLTIMEOUT: "5",
      },
      overrides: { maxOverflow: -1, poolTimout: 5 },
    },
    [
      "DB_POOLTIMEOUT: expected a known DB_ variable, got an unknown one; did you mean DB_POOL_TIMEOUT?",
      "poolTimout: expected a known setting, got an unknown one; did you mean poolTimeout?",
      "DB_URL parameter foo: expected a known parameter, got an unknown one; the parameters are application_name, connect_timeout, sslmode, sslrootcert, sslcert, sslkey, options, lock_timeout, idle_in_transaction_session_timeout, host, port",
      'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***@h:***"',
      'DB_URL: expected a database name after the host, got "postgresql://me:***@h:***"; for example postgresql://user:password@localhost:5432/app',
      'DB_POOL_SIZE: expected an integer from 1 to 100, got "ten"',
      "maxOverflow: expected an integer from 0 to 100, got -1",
      'DB_URL parameter sslmode: expected one of disable, require, verify-ca, verify-full, got "prefer"; it may fall back to plain text unnoticed: choose require, or disable where no TLS is wanted',
    ],
  );
});

test("any number of wrong settings gives as many problems", () => {
  const env: Record<string, string> = {};
  for (const [index, { name, values }] of wrongValues.entries()) {
    env[name] = values[0]?.[0] ?? "";
    assert.is(refusalOf({ env }).problems.length, index + 1);
  }
});

test("the table is long enough to mean something", () => {
  assert.ok(cases >= 100, `${cases} wrong configurations`);
  console.log(`${cases} wrong configurations`);
});

test.run();
