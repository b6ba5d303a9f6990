import { integer, orNone, seconds } from "./number-kinds.ts";
// {{#if postgres}}
import {
  pooler,
  sslCa,
  sslCert,
  sslKey,
  sslMode,
} from "./postgres-settings.ts";
// {{/if}}
import { defineSetting, type Setting } from "./setting.ts";
import { boolean, text } from "./text-kinds.ts";

/**
 * Every setting, by property: its variable, kind, default and meaning. Reading, messages and the
 * check of `.env.example` derive from this table. Durations are in seconds.
 */
export const settings = {
  url: defineSetting({
    env: "DB_URL",
    kind: text("a database URL"),
    fallback: "",
    secret: true,
    doc: "Where the database is; the one setting without a default but that of defaults.ts.",
  }),
  applicationName: defineSetting({
    env: "DB_APPLICATION_NAME",
    kind: text("a name"),
    fallback: "app",
    doc: "The name that the database server shows for our connections.",
  }),
  echo: defineSetting({
    env: "DB_ECHO",
    kind: boolean,
    fallback: false,
    doc: "Whether every SQL statement is logged.",
  }),
  poolSize: defineSetting({
    env: "DB_POOL_SIZE",
    kind: integer(1, 100),
    fallback: 5,
    doc: "Connections kept open.",
  }),
  maxOverflow: defineSetting({
    env: "DB_MAX_OVERFLOW",
    kind: integer(0, 100),
    fallback: 10,
    doc: "Connections opened on top under load, closed when returned.",
  }),
  poolTimeout: defineSetting({
    env: "DB_POOL_TIMEOUT",
    kind: seconds({ over: 0, max: 3600 }),
    fallback: 30,
    doc: "Seconds to wait for a connection, connecting included.",
  }),
  poolRecycle: defineSetting({
    env: "DB_POOL_RECYCLE",
    kind: seconds({ from: 0, max: 604_800, never: true }),
    fallback: 3600,
    doc: "Seconds after which a connection is replaced, -1 for never.",
  }),
  poolPrePing: defineSetting({
    env: "DB_POOL_PRE_PING",
    kind: boolean,
    fallback: true,
    doc: "Whether a connection is tested before it is handed out.",
  }),
  poolPrePingIdle: defineSetting({
    env: "DB_POOL_PRE_PING_IDLE",
    kind: seconds({ from: 0, max: 3600 }),
    fallback: 0.5,
    doc: "Seconds a connection may have lain idle without being tested, 0 to test always.",
  }),
  connectTimeout: defineSetting({
    env: "DB_CONNECT_TIMEOUT",
    kind: seconds({ over: 0, max: 3600 }),
    fallback: 10,
    doc: "Seconds to wait for the database to let us in.",
  }),
  commandTimeout: defineSetting<number | undefined>({
    env: "DB_COMMAND_TIMEOUT",
    kind: orNone(seconds({ over: 0, max: 3600 })),
    fallback: 60,
    doc: "Seconds a statement may run, none for no limit.",
  }),
  leakThreshold: defineSetting<number | undefined>({
    env: "DB_LEAK_THRESHOLD",
    kind: orNone(seconds({ over: 0, max: 86_400 })),
    fallback: 60,
    doc: "Seconds after which a connection still in use is reported with the stack that took it, none for never.",
  }),
  // {{#if postgres}}
  pooler,
  sslMode,
  sslCa,
  sslCert,
  sslKey,
  // {{/if}}
} as const;

/** The properties that can be configured. */
export type SettingName = keyof typeof settings;

/** The properties in the order of the table. */
export const settingNames = Object.keys(settings) as readonly SettingName[];

/** What the settings are once read. */
export type SettingValues = {
  readonly [Name in SettingName]: ValueOf<(typeof settings)[Name]>;
};

/** What may be passed in code: each property as it is read; a duration that can be off also as `none`. */
export type DatabaseConfigInput = {
  readonly [Name in SettingName]?: InputOf<SettingValues[Name]> | undefined;
};

type ValueOf<Line> = Line extends Setting<infer Value> ? Value : never;

type InputOf<Value> = undefined extends Value
  ? number extends Value
    ? Value | "none" | null
    : Value
  : Value;
