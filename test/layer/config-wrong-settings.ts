/** Values that a variable refuses: what is expected, then each value with the hint it gets, if any. */
export const wrongValues: readonly {
  readonly name: string;
  readonly expected: string;
  readonly values: readonly (readonly [value: string, hint?: string])[];
}[] = [
  {
    name: "DB_POOL_SIZE",
    expected: "an integer from 1 to 100",
    values: [
      ["ten"],
      ["0"],
      ["101"],
      ["5.5"],
      ["-1"],
      ["1e9"],
      ["0x10"],
      ["5 connections"],
      ['"5"', "remove the quotes around it"],
      ["NaN"],
      ["1,000"],
      ["1__0"],
    ],
  },
  {
    name: "DB_MAX_OVERFLOW",
    expected: "an integer from 0 to 100",
    values: [["-1"], ["101"], ["many"], ["none"]],
  },
  {
    name: "DB_POOL_TIMEOUT",
    expected: "seconds over 0, up to 3600",
    values: [
      ["0"],
      ["-5"],
      ["30000", "seconds, not milliseconds? 30000 ms are 30 s"],
      ["3601", "seconds, not milliseconds? 3601 ms are 3.601 s"],
      ["30s", "write the number alone, in seconds: 30"],
      ["500ms", "write the number alone, in seconds: 0.5"],
      ["2 min", "write the number alone, in seconds: 120"],
      ["0,5", "write 0.5"],
      ["'30'", "remove the quotes around it"],
      ["none"],
      ["forever"],
      ["Infinity"],
    ],
  },
  {
    name: "DB_POOL_RECYCLE",
    expected: "seconds from 0 to 604800, or -1 for never",
    values: [
      ["-2"],
      ["3600000", "seconds, not milliseconds? 3600000 ms are 3600 s"],
      ["never"],
      ["1h", "write the number alone, in seconds: 3600"],
    ],
  },
  {
    name: "DB_POOL_PRE_PING_IDLE",
    expected: "seconds from 0 to 3600",
    values: [
      ["-0.1"],
      ["5000", "seconds, not milliseconds? 5000 ms are 5 s"],
      ["500 ms", "write the number alone, in seconds: 0.5"],
    ],
  },
  {
    name: "DB_CONNECT_TIMEOUT",
    expected: "seconds over 0, up to 3600",
    values: [
      ["0"],
      ["10000", "seconds, not milliseconds? 10000 ms are 10 s"],
      ["10s", "write the number alone, in seconds: 10"],
    ],
  },
  {
    name: "DB_COMMAND_TIMEOUT",
    expected: "seconds over 0, up to 3600, or none",
    values: [
      ["0", "write none for no limit"],
      ["-1"],
      ["60000", "seconds, not milliseconds? 60000 ms are 60 s"],
      ["60s", "write the number alone, in seconds: 60"],
      ["unlimited"],
    ],
  },
  {
    name: "DB_LEAK_THRESHOLD",
    expected: "seconds over 0, up to 86400, or none",
    values: [
      ["0", "write none for no limit"],
      ["90000", "seconds, not milliseconds? 90000 ms are 90 s"],
      ["off"],
    ],
  },
  {
    name: "DB_ECHO",
    expected: "true or false (or yes/no, on/off, 1/0)",
    values: [
      ["maybe"],
      ["2"],
      ["enabled"],
      ["'true'", "remove the quotes around it"],
    ],
  },
  {
    name: "DB_POOL_PRE_PING",
    expected: "true or false (or yes/no, on/off, 1/0)",
    values: [["sometimes"], ["-1"]],
  },
  {
    name: "DB_APPLICATION_NAME",
    expected: "a name",
    values: [
      ["two\nlines", "remove the control characters, such as line breaks"],
    ],
  },
  {
    name: "DB_SSL_MODE",
    expected: "one of disable, require, verify-ca, verify-full",
    values: [
      [
        "prefer",
        "it may fall back to plain text unnoticed: choose require, or disable where no TLS is wanted",
      ],
      [
        "allow",
        "it may fall back to plain text unnoticed: choose require, or disable where no TLS is wanted",
      ],
      ["full"],
      ["verify-ful", "did you mean verify-full?"],
      ["true", "did you mean require?"],
    ],
  },
  {
    name: "DB_POOLER",
    expected: "one of none, transaction",
    values: [
      ["session", "write none: session pooling needs no care"],
      ["pgbouncer", "write transaction or none, after its pool_mode"],
      ["transactions", "did you mean transaction?"],
      ["yes"],
    ],
  },
];

/** Misspelt variables and what they must be taken for. */
export const wrongVariables: readonly (readonly [string, string])[] = [
  ["DB_POOLSIZE", "DB_POOL_SIZE"],
  ["DB_POOL_SIZ", "DB_POOL_SIZE"],
  ["db_pool_szie", "DB_POOL_SIZE"],
  ["DB_MAXOVERFLOW", "DB_MAX_OVERFLOW"],
  ["DB_URI", "DB_URL"],
  ["DB_COMAND_TIMEOUT", "DB_COMMAND_TIMEOUT"],
  ["DB_SSLMODE", "DB_SSL_MODE"],
  ["DB_APLICATION_NAME", "DB_APPLICATION_NAME"],
  ["Db_Ehco", "DB_ECHO"],
];

/** Misspelt properties and what they must be taken for. */
export const wrongProperties: readonly (readonly [string, string])[] = [
  ["poolsize", "poolSize"],
  ["pool_size", "poolSize"],
  ["pollTimeout", "poolTimeout"],
  ["uri", "url"],
  ["DB_POOL_SIZE", "poolSize"],
  ["comandTimeout", "commandTimeout"],
  ["max-overflow", "maxOverflow"],
];

/** Variables of other software, which are none of our business. */
export const foreignVariables: readonly string[] = [
  "DB_HOST",
  "DB_PORT",
  "DB_NAME",
  "DB_USER",
  "DB_USERNAME",
  "DB_PASS",
  "DB_PASSWORD",
  "DB_DATABASE",
  "DB_CONNECTION",
  "DB_DIALECT",
  "DB_SSL",
  "DB_POOL",
  "DB_POOL_MIN",
  "DB_POOL_MAX",
  "DB_URL_2",
  "MYDB_URL",
  "DB",
];

/** Values of the wrong type in code: property, value, what the message calls it. */
export const wrongTypes: readonly (readonly [string, unknown, string])[] = [
  ["poolSize", "ten", '"ten"'],
  ["poolSize", Number.NaN, "NaN"],
  ["poolSize", null, "null"],
  ["poolSize", true, "true"],
  ["poolSize", 10n, "the bigint 10"],
  ["poolSize", Symbol("five"), "a symbol"],
  ["poolSize", 101, "101"],
  ["poolTimeout", [], "an array"],
  ["poolTimeout", {}, "an object"],
  ["poolTimeout", () => 30, "a function"],
  ["poolTimeout", "", '""'],
  ["echo", "perhaps", '"perhaps"'],
  ["echo", null, "null"],
  ["echo", 2, "2"],
  ["url", 5, "5"],
  ["url", "", "a text of 0 characters"],
  ["url", null, "null"],
  ["applicationName", "", '""'],
  ["sslMode", true, "true"],
  ["pooler", 1, "1"],
  ["poolSize", "postgresql://me:hunter2@h/db", '"postgresql://me:***@h/db"'],
  ["sslCa", "-----BEGIN PRIVATE KEY-----\nhunter2", "PEM text"],
];
