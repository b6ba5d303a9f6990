import fc from "fast-check";
import { inspect } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { targetFor } from "../../templates/infrastructure/database/config/connection-target.ts";
import { ConfigurationError } from "../../templates/infrastructure/database/config/configuration-error.ts";
import type { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";
import { configure } from "./config-attempt.ts";
import {
  settingNames,
  settings,
} from "../../templates/infrastructure/database/config/settings.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.log(`seed: ${seed}`);

/** Nothing else in a test contains it. */
const secret = "Tr0ub4dor";

function check<Input>(property: fc.IProperty<Input>, numRuns: number): void {
  fc.assert(property, { seed, numRuns });
}

/** The configuration, or the refusal; any other error is a failure. */
function attempt(
  overrides: unknown,
  env: Readonly<Record<string, string>> = {},
): DatabaseConfig | ConfigurationError {
  try {
    return configure({ overrides, env });
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

function shownOf(outcome: DatabaseConfig | ConfigurationError): string {
  const extra =
    outcome instanceof ConfigurationError
      ? [outcome.message, inspect(outcome.problems)]
      : [outcome.safeUrl, inspect(outcome.connection)];
  return [String(outcome), JSON.stringify(outcome), ...extra].join("\n");
}

/** Whether it can be percent-encoded: no half of a surrogate pair stands alone. */
function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}

/** Each character of a text. */
function anyOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(characters));
}

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .filter((value) => isWellFormed(value) && !/\p{Cc}/u.test(value));

const junk = fc.string({
  unit: anyOf("@:/?#%&=+$ {}[],;!\\\"'~*é🔑aZ09.-_|<>^`"),
  maxLength: 6,
});

/** A password as people paste it: not encoded, with the secret somewhere inside. */
const rawPassword = fc
  .tuple(junk, junk)
  .map(([before, after]) => `${before}${secret}${after}`);

const scheme = fc.constantFrom(
  "postgresql",
  "postgres",
  "postgresql+asyncpg",
  "postgress",
  "sqlite",
  "file",
  "mysql",
  "jdbc:postgresql",
  "nonsense",
);

const tail = fc.constantFrom(
  "@localhost:5432/app",
  "@h/db?sslmode=verify-full",
  "@h/db?application_name=x&foo=1",
  "@h:port/db",
  "@h",
  "@[::1]:1/db",
  "@h/a/b#c",
  "@",
);

test("an encoded URL gives back exactly what went in", () => {
  check(
    fc.property(text, fc.string(), text, (user, password, database) => {
      fc.pre(isWellFormed(password) && !password.includes("\0"));
      const parts = [user, password, database].map(encodeURIComponent);
      const [name = "", pass = "", db = ""] = parts;
      const outcome = attempt({ url: `postgresql://${name}:${pass}@h/${db}` });
      if (outcome instanceof ConfigurationError) throw outcome;
      const target = targetFor(outcome.connection, "postgresql");
      assert.is(target.user, user);
      assert.is(target.password, password);
      assert.is(target.database, database);
    }),
    3000,
  );
});

test("no password shows, however it is pasted", () => {
  check(
    fc.property(scheme, rawPassword, tail, (protocol, password, rest) => {
      const url = `${protocol}://me:${password}${rest}`;
      assert.not.match(shownOf(attempt({ url })), secret);
      assert.not.match(shownOf(attempt({}, { DB_URL: url })), secret);
      for (const value of [{ poolSize: url }, { applicationName: [url] }]) {
        assert.not.match(shownOf(attempt(value)), secret);
      }
      assert.not.match(shownOf(attempt(url)), secret);
    }),
    4000,
  );
});

interface Slip {
  readonly at: number;
  readonly insert: string;
  readonly remove: number;
}

const slip: fc.Arbitrary<Slip> = fc.record({
  at: fc.nat(80),
  insert: junk,
  remove: fc.nat(2),
});

/** Spoils the URL outside of the secret; user and secret stay apart by a colon. */
function spoil(url: string, { at, insert, remove }: Slip): string {
  const position = at % (url.length + 1);
  const spoilt = url.slice(0, position) + insert + url.slice(position + remove);
  return spoilt.includes(`me:${secret}`) ? spoilt : url;
}

test("no password shows, however the URL is misspelt", () => {
  check(
    fc.property(
      fc.constantFrom("postgresql", "postgres+x", "mysql", "nonsense"),
      tail,
      fc.array(slip, { minLength: 1, maxLength: 4 }),
      (protocol, rest, slips) => {
        const url = slips.reduce(spoil, `${protocol}://me:${secret}${rest}`);
        const outcome = attempt({ url });
        assert.not.match(shownOf(outcome), secret, url);
      },
    ),
    8000,
  );
});

test("whatever comes, only a ConfigurationError is thrown", () => {
  const name = fc.oneof(
    fc.constantFrom(...settingNames),
    fc.string({ maxLength: 12 }),
  );
  const variable = fc.oneof(
    fc.constantFrom(...settingNames.map((key) => settings[key].env)),
    fc.string({ maxLength: 8 }).map((end) => `DB_${end}`),
  );
  check(
    fc.property(
      fc.oneof(fc.anything(), fc.dictionary(name, fc.anything())),
      fc.dictionary(variable, fc.string({ unit: "binary", maxLength: 30 })),
      (overrides, env) => {
        const outcome = attempt(overrides, env);
        if (!(outcome instanceof ConfigurationError)) return;
        assert.ok(outcome.problems.length > 0);
        for (const { name: culprit, expected, received } of outcome.problems) {
          assert.ok(culprit !== "" && expected !== "" && received !== "");
        }
      },
    ),
    4000,
  );
});

test("any text as a URL is accepted or refused, in no time", () => {
  const url = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .tuple(scheme, fc.constantFrom(":", "://", ":///", ":////"), junk, junk)
      .map((parts) => parts.join("")),
    fc
      .string({ unit: anyOf("@:/?#%&=[]"), maxLength: 60 })
      .map((end) => `postgresql://${end}`),
    fc
      .string({ unit: anyOf("a:/?#%&=.~"), maxLength: 60 })
      .map((end) => `sqlite:${end}`),
  );
  check(
    fc.property(url, (value) => {
      attempt({ url: value });
    }),
    8000,
  );
  for (const unit of ["@", ":", "/", "%", "?a=", "&", "a", "[", "-"]) {
    attempt({ url: `postgresql://me:${unit.repeat(50_000)}` });
    attempt({ url: unit.repeat(50_000) });
    attempt({ poolSize: unit.repeat(50_000) });
    attempt({ [unit.repeat(50_000)]: 1 });
  }
});

test.run();
