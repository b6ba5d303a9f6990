import { test } from "uvu";
import * as assert from "uvu/assert";
import { postgresStatementTokens } from "../../templates/infrastructure/database/engines/postgres-statement-tokens.ts";
import { sqliteStatementTokens } from "../../templates/infrastructure/database/engines/sqlite-statement-tokens.ts";
import type { Engine } from "../../templates/infrastructure/database/engine.ts";
import { statementText } from "../../templates/infrastructure/database/observability/statement-text.ts";
import { engineFor, withPostgres } from "../support/engines.ts";
import { stopOwnServer } from "../support/postgres.ts";
import { announcedSeed, randomFrom } from "../support/random.ts";

test.after(stopOwnServer);

const tokens = {
  postgres: postgresStatementTokens,
  sqlite: sqliteStatementTokens,
};

const both: readonly [string, string][] = [
  ["SELECT 'it''s', 1, .5, 1e-7, 0xFF, -3", "SELECT ?, ?, ?, ?, ?, -?"],
  ["SELECT x'ab', true, FALSE, NULL, truest", "SELECT ?, ?, ?, NULL, truest"],
  ['SELECT "it\'s ""1""", t1.col2', 'SELECT "it\'s ""1""", t1.col2'],
  ["SELECT 1 -- it's\n, 'a'", "SELECT ? , ?"],
  ["SELECT /* it's */ 'a' /**/, b", "SELECT ? , b"],
  ["SELECT 'a\n\u001b[31mb', c\n FROM d", "SELECT ?, c FROM d"],
  ["SELECT $1, a$2", "SELECT $1, a$2"],
  ["SELECT 'not closed, 1", "SELECT ?"],
  ["SELECT \"not closed '1'", "SELECT ?"],
  ["SELECT 1 /* not closed 'a'", "SELECT ? ?"],
];

const cases = {
  postgres: [
    ...both.slice(0, -1),
    ["SELECT E'it\\'s', e'\\\\', 'a\\', 'b'", "SELECT ?, ?, ?, ?"],
    ["SELECT E'a'\n  -- it's\n 'b\\'c', d", "SELECT ?, d"],
    ["SELECT $$it's$$, $q$a $$ b$q$, $A$x$a$y$A$, z", "SELECT ?, ?, ?, z"],
    ["SELECT U&'\\0041', B'01', n'a', name'b'", "SELECT ?, ?, ?, name?"],
    ["SELECT /* a /* it's */ 'b' */ 'c'", "SELECT ?"],
    ["SELECT -- a\r'b' -- c'\r, 'd'", "SELECT ? , ?"],
    ["SELECT ARRAY['a','b'], c[1]", "SELECT ARRAY[?,?], c[?]"],
    ["SELECT a->>'key', 'b'::text", "SELECT a->>?, ?::text"],
  ],
  sqlite: [
    ...both.slice(0, -1),
    ["SELECT `it's ``1```, [it's], 'a'", "SELECT `it's ``1```, [it's], ?"],
    ["SELECT /* a /* b */ 'c', d", "SELECT ?, d"],
    ["SELECT ?, ?1, :name, @name, $name", "SELECT ?, ?1, :name, @name, $name"],
    ["SELECT -- a\rb's\n'c'", "SELECT ?"],
    ["SELECT 'a\\', b, [not closed 'c'", "SELECT ?, b, ?"],
    ["SELECT 1 /* not closed 'a'", "SELECT ?"],
  ],
} as const;

for (const [dialect, list] of Object.entries(cases)) {
  test(`${dialect} – values become question marks, names stay`, () => {
    for (const [sql, expected] of list)
      assert.is(
        statementText(sql, tokens[dialect as keyof typeof tokens]),
        expected,
        sql,
      );
  });
}

test("a long statement is cut, and no half of a value is shown", () => {
  const rows = Array.from({ length: 10_000 }, () => "('secret')").join(", ");
  const text = statementText(`INSERT INTO t VALUES ${rows}`, tokens.postgres);
  assert.ok(text.length < 2100, String(text.length));
  assert.match(text, /^INSERT INTO t VALUES \(\?\), .* …$/);
  assert.not.match(text, /sec/);
});

test("without tokens nothing of a statement is shown", () => {
  assert.is(statementText("SELECT a"), "?");
});

/** Characters that mean something to a lexer, and some that do not. */
const alphabet = "'\"`\\$[]-/*;,?:@eExX0 1aé\n\r".split("");
const pieces = ["''", "--", "/*", "*/", "$$", "$q$", "E'", "\\'"];

type Random = () => number;

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

function noise(random: Random): string {
  const length = Math.floor(random() * 12);
  return Array.from({ length }, () =>
    pick(random, random() < 0.2 ? pieces : alphabet),
  ).join("");
}

/** How one column is written, and the value that the database must read in it. */
interface Column {
  readonly write: (secret: string) => string;
  readonly read: (secret: string) => unknown;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const text: Column = { write: quoted, read: (secret) => secret };
const escaped: Column = {
  write: (secret) =>
    `E'${secret.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
  read: (secret) => secret,
};
const continued: Column = {
  write: (secret) =>
    `${escaped.write("").slice(0, -1)}'\n${escaped.write(secret).slice(1)}`,
  read: (secret) => secret,
};
const number: Column = {
  write: (secret) => String(secret.length * 7919 + 123_456),
  read: (secret) => secret.length * 7919 + 123_456,
};
/** The tag ends with a letter that no secret has, so that no secret ends it. */
const dollar: Column = {
  write: (secret) => `$tagZ$${secret}$tagZ$`,
  read: (secret) => secret,
};
const comment: Column = {
  write: (secret) => `NULL -- ${secret.replaceAll(/[\n\r]/g, "")}\n`,
  read: () => null,
};
const remark: Column = {
  write: (secret) => `/*${secret.replaceAll(/[/*]/g, "")}*/NULL`,
  read: () => null,
};

const dialects = {
  postgres: {
    columns: [text, escaped, continued, number, dollar, comment, remark],
    names: ['"', '"'],
  },
  sqlite: { columns: [text, number, comment, remark], names: ["`", "["] },
} as const;

/** A statement as a function of its secrets, with the values that it yields. */
function statement(
  random: Random,
  { columns, names }: (typeof dialects)[keyof typeof dialects],
): (secrets: readonly string[]) => { sql: string; values: unknown[] } {
  const chosen = [0, 1, 2, 3].map((index) => {
    const open = pick(random, names);
    const close = open === "[" ? "]" : open;
    const inside = noise(random).replaceAll(/["`[\]?:$@\n\r]/g, "");
    const column: Column = pick<Column>(random, columns);
    return { column, name: `${open}c${index}${inside}${close}` };
  });
  return (secrets) => ({
    sql: `SELECT ${chosen
      .map(
        ({ column, name }, i) => `${column.write(secrets[i] ?? "")} AS ${name}`,
      )
      .join(", ")}`,
    values: chosen.map(({ column }, i) => column.read(secrets[i] ?? "")),
  });
}

const seed = announcedSeed();

async function fuzz(
  engine: Engine,
  dialect: keyof typeof dialects,
): Promise<void> {
  const random = randomFrom(seed);
  for (let round = 0; round < 400; round += 1) {
    const make = statement(random, dialects[dialect]);
    const secrets = [1, 2, 3, 4].map(() => noise(random));
    const { sql, values } = make(secrets);
    // The database reads the values where the statement was meant to have them.
    const [row] = await engine.connect((connection) =>
      connection.query<Record<string, unknown>>(sql),
    );
    assert.equal(Object.values(row ?? {}), values, sql);
    // Other values give the same text, so nothing of them is in it.
    const shown = statementText(sql, tokens[dialect]);
    const others = secrets.map(() => noise(random));
    assert.is(statementText(make(others).sql, tokens[dialect]), shown, sql);
    const names = shown.match(/AS ["`[]c\d/g) ?? [];
    assert.is(names.length, 4, `${sql}\n${shown}`);
  }
}

test("fuzzed statements – no value survives, every name does (PostgreSQL)", () =>
  withPostgres((engine) => fuzz(engine, "postgres")));

test("fuzzed statements – no value survives, every name does (SQLite)", async () => {
  const engine = engineFor({ url: "sqlite:///:memory:" });
  try {
    await fuzz(engine, "sqlite");
  } finally {
    await engine.dispose();
  }
});

test.run();
