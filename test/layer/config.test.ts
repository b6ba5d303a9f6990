import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, parseEnv } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ConfigurationError } from "../../templates/infrastructure/database/config/configuration-error.ts";
import {
  DatabaseConfig,
  getDatabaseConfig,
} from "../../templates/infrastructure/database/config/database-config.ts";
import {
  settingNames,
  settings,
} from "../../templates/infrastructure/database/config/settings.ts";
import { defaults } from "../../templates/infrastructure/database/defaults.ts";
import { DatabaseLayerError } from "../../templates/infrastructure/database/errors.ts";
import { configure, refusalOf } from "./config-attempt.ts";

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  const before = process.cwd();
  process.chdir(folder);
  try {
    work(folder);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

test("defaults are those of the guide", () => {
  const config = configure();
  assert.equal(Object.fromEntries(Object.entries(config)), {
    applicationName: "{{applicationName}}",
    echo: false,
    poolSize: 5,
    maxOverflow: 10,
    poolTimeout: 30,
    poolRecycle: 3600,
    poolPrePing: true,
    poolPrePingIdle: 0.5,
    connectTimeout: 10,
    commandTimeout: 60,
    leakThreshold: 60,
    pooler: "none",
  });
  assert.is(config.url, "sqlite:///app.db");
});

test("the project's defaults agree with the table's", () => {
  const own = { applicationName: defaults.applicationName, url: defaults.url };
  for (const [name, value] of Object.entries({ ...defaults, ...own })) {
    if (name in own) continue;
    assert.is(settings[name as keyof typeof settings].fallback, value, name);
  }
});

test("overrides before environment before dotenv file before defaults", () => {
  inFolder(() => {
    writeFileSync(
      ".env",
      "\uFEFFDB_POOL_SIZE=1\nDB_MAX_OVERFLOW='2'\nexport DB_ECHO=yes # loud\n",
    );
    const env = { DB_POOL_SIZE: "3", DB_POOL_TIMEOUT: "4" };
    const config = new DatabaseConfig({ poolTimeout: 5 }, { env });
    assert.is(config.poolSize, 3);
    assert.is(config.maxOverflow, 2);
    assert.is(config.poolTimeout, 5);
    assert.is(config.echo, true);
    assert.is(config.poolRecycle, 3600);
  });
});

test("a dotenv file is optional, unless it is named", () => {
  inFolder(() => {
    assert.is(new DatabaseConfig({}, { env: {} }).poolSize, 5);
    writeFileSync("other.env", "DB_POOL_SIZE=6");
    const named = { env: {}, envFile: "other.env" };
    assert.is(new DatabaseConfig({}, named).poolSize, 6);
    writeFileSync(".env", "DB_POOL_SIZE=7");
    assert.is(new DatabaseConfig({}, { env: {} }).poolSize, 7);
    const none = { env: {}, envFile: false } as const;
    assert.is(new DatabaseConfig({}, none).poolSize, 5);
  });
});

test("getDatabaseConfig reads this process's environment", () => {
  inFolder(() => {
    process.env.DB_POOL_SIZE = "8";
    try {
      assert.is(getDatabaseConfig().poolSize, 8);
      assert.is(getDatabaseConfig({ poolSize: 9 }).poolSize, 9);
    } finally {
      delete process.env.DB_POOL_SIZE;
    }
  });
});

test("variables count in any case, the upper-case one first", () => {
  assert.is(configure({ env: { db_pool_size: "2" } }).poolSize, 2);
  assert.is(configure({ env: { Db_Pool_Size: "2" } }).poolSize, 2);
  for (const env of [
    { DB_POOL_SIZE: "3", db_pool_size: "2" },
    { db_pool_size: "2", DB_POOL_SIZE: "3" },
  ]) {
    assert.is(configure({ env }).poolSize, 3);
  }
});

test("empty variables count as unset", () => {
  inFolder((folder) => {
    const envFile = join(folder, "some.env");
    writeFileSync(envFile, "DB_POOL_SIZE=\nDB_MAX_OVERFLOW=2\n");
    const env = { DB_URL: "", DB_MAX_OVERFLOW: " ", DB_POOLSIZE: "" };
    const config = configure({ env, envFile });
    assert.is(config.url, "sqlite:///app.db");
    assert.is(config.poolSize, 5);
    assert.is(config.maxOverflow, 2);
  });
});

test("undefined overrides count as absent", () => {
  const overrides = { poolSize: undefined, commandTimeout: undefined };
  const config = configure({ overrides, env: { DB_POOL_SIZE: "2" } });
  assert.is(config.poolSize, 2);
  assert.is(config.commandTimeout, 60);
});

test("numbers, booleans and none are read as pydantic reads them", () => {
  const integers = {
    "7": 7,
    " 7 ": 7,
    "+7": 7,
    "7.0": 7,
    "1_0": 10,
    "1e1": 10,
  };
  for (const [text, value] of Object.entries(integers)) {
    assert.is(configure({ env: { DB_POOL_SIZE: text } }).poolSize, value);
  }
  const durations = { ".5": 0.5, "5.": 5, "1e-1": 0.1, "3600": 3600 };
  for (const [text, value] of Object.entries(durations)) {
    assert.is(configure({ env: { DB_POOL_TIMEOUT: text } }).poolTimeout, value);
  }
  for (const text of ["true", "TRUE", "t", "1", "yes", "Y", "on", " On "]) {
    assert.is(configure({ env: { DB_ECHO: text } }).echo, true);
  }
  for (const text of ["false", "F", "0", "no", "n", "OFF"]) {
    const env = { DB_POOL_PRE_PING: text };
    assert.is(configure({ env }).poolPrePing, false);
  }
  for (const text of ["none", "None", "NULL"]) {
    const env = { DB_COMMAND_TIMEOUT: text, DB_LEAK_THRESHOLD: text };
    const config = configure({ env });
    assert.is(config.commandTimeout, undefined);
    assert.is(config.leakThreshold, undefined);
  }
  assert.is(
    configure({ overrides: { commandTimeout: null } }).commandTimeout,
    undefined,
  );
});

test("the bounds themselves are allowed", () => {
  const edges: Record<string, readonly number[]> = {
    poolSize: [1, 100],
    maxOverflow: [0, 100],
    poolTimeout: [0.001, 3600],
    poolRecycle: [-1, 0, 604_800],
    poolPrePingIdle: [0, 3600],
    connectTimeout: [0.001, 3600],
    commandTimeout: [0.001, 3600],
  };
  for (const [name, values] of Object.entries(edges)) {
    for (const value of values) {
      const config = configure({ overrides: { [name]: value } });
      assert.is(config[name as "poolSize"], value);
    }
  }
});

test("a configuration is frozen", () => {
  const url = "postgresql://me:pw@h/db?sslmode=require&lock_timeout=5";
  const config = configure({ overrides: { url } });
  assert.ok(Object.isFrozen(config));
  assert.ok(Object.isFrozen(config.connection));
  assert.throws(() => Object.assign(config, { poolSize: 1 }), TypeError);
  assert.throws(() => Object.assign(config, { url: "x" }), TypeError);
});

test("the password is in url and connection, and nowhere else", () => {
  const url = "postgresql://me:hunter2@h/db?application_name=x";
  const config = configure({ overrides: { url } });
  const { connection } = config;
  assert.is(config.url, url);
  assert.is("password" in connection && connection.password, "hunter2");
  assert.is(config.safeUrl, "postgresql://me:***@h/db?application_name=x");
  const shown = [
    config.safeUrl,
    String(config),
    JSON.stringify(config),
    JSON.stringify({ config, connection }),
    inspect(config, { showHidden: true, depth: 9 }),
    inspect({ nested: { config } }, { depth: 9, getters: false }),
    inspect(connection, { showHidden: true, depth: 9 }),
    // eslint-disable-next-line @typescript-eslint/no-misused-spread -- that is what people do
    JSON.stringify({ ...config }),
    JSON.stringify({ ...connection }),
    Object.keys(config).join(),
    JSON.stringify(Object.entries(config)),
    JSON.stringify(structuredClone(config)),
    JSON.stringify(Object.assign({}, config, connection)),
  ];
  for (const text of shown) assert.not.match(text, "hunter2");
  assert.not.ok(Object.keys(config).includes("url"));
});

test("toJSON tells the masked URL and every setting", () => {
  const config = configure({
    overrides: { url: "postgresql://me:hunter2@h/db", commandTimeout: "none" },
  });
  const told = JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
  assert.is(told.url, "postgresql://me:***@h/db");
  assert.is(told.databaseType, "postgresql");
  assert.is(told.poolSize, 5);
  assert.match(inspect(config), "url: 'postgresql://me:***@h/db'");
  assert.is(String(config), "DatabaseConfig(postgresql://me:***@h/db)");
});

test("the error is one of the layer's, with a code", () => {
  const { problems } = refusalOf({ env: { DB_POOL_SIZE: "ten" } });
  const error = new ConfigurationError(problems);
  assert.instance(error, DatabaseLayerError);
  assert.is(error.name, "ConfigurationError");
  assert.is(error.code, "CONFIGURATION");
  assert.is(
    error.message,
    'The database configuration has 1 problem:\n  DB_POOL_SIZE: expected an integer from 1 to 100, got "ten"',
  );
  assert.equal(problems, [
    {
      name: "DB_POOL_SIZE",
      expected: "an integer from 1 to 100",
      received: '"ten"',
      hint: undefined,
    },
  ]);
});

test("a URL that no source gives is asked for", () => {
  // A project for PostgreSQL alone has no URL among its defaults.
  const withoutUrl = defaults as { url?: string };
  const { url } = withoutUrl;
  try {
    delete withoutUrl.url;
    assert.equal(refusalOf({}).lines, [
      "DB_URL: expected a URL such as sqlite:///app.db or postgresql://user:password@localhost:5432/app, got nothing",
    ]);
  } finally {
    if (url !== undefined) withoutUrl.url = url;
  }
});

test(".env.example names exactly the variables of the table, with their defaults", () => {
  const text = readFileSync(
    join(import.meta.dirname, "../../templates/.env.example"),
    "utf8",
  );
  const variables = [...text.matchAll(/^# (DB_[A-Z_]+)=(.*)$/gm)];
  const expected = settingNames.map((name) => settings[name].env);
  const named = new Set(variables.map(([, name]) => name));
  assert.equal([...named].sort(), [...expected].sort());
  const mentioned = new Set(text.match(/\bDB_[A-Z_]+/g));
  assert.equal([...mentioned].sort(), [...expected].sort());
  for (const [, name = "", value = ""] of variables) {
    const setting = settingNames.find((key) => settings[key].env === name);
    assert.ok(setting);
    if (/URL|SSL|APPLICATION/.test(name)) continue;
    assert.is(value, String(settings[setting].fallback), name);
  }
});

test(".env.example works once its lines are uncommented", () => {
  const text = readFileSync(
    join(import.meta.dirname, "../../templates/.env.example"),
    "utf8",
  );
  assert.equal(parseEnv(text), {});
  const lines = text.match(/(?<=^# )DB_(?!SSL)[A-Z_]+=.*$/gm) ?? [];
  const parsed = { ...parseEnv(lines.join("\n")) } as Record<string, string>;
  assert.ok(configure({ env: parsed }).isPostgres);
});

test.run();
