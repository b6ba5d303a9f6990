const nothing =
  "DB_URL: expected a URL such as sqlite:///app.db or postgresql://user:password@localhost:5432/app,";
const example = "; for example postgresql://user:password@localhost:5432/app";

/** URLs that are refused, each with the lines that say so. */
export const wrongUrls: readonly (readonly [
  url: string,
  ...lines: string[],
])[] = [
  [
    "app.db",
    `${nothing} got a text of 6 characters that is no such URL; for a file write sqlite:///app.db`,
  ],
  [
    "./data/app.sqlite",
    `${nothing} got a text of 17 characters that is no such URL; for a file write sqlite:///./data/app.sqlite`,
  ],
  [
    ":memory:",
    `${nothing} got a text of 8 characters that is no such URL; write sqlite:///:memory:`,
  ],
  [
    "C:\\data\\app.db",
    `${nothing} got a text of 14 characters that is no such URL; for a file write sqlite:///C:\\data\\app.db`,
  ],
  [
    "localhost:5432/app",
    `${nothing} got a text of 18 characters that is no such URL; put postgresql:// in front of it`,
  ],
  [
    "me:hunter2@h/db",
    `${nothing} got a text of 15 characters that is no such URL; put postgresql:// in front of it`,
  ],
  [
    "//me:hunter2@h/db",
    `${nothing} got a text of 17 characters that is no such URL; put postgresql:// in front of it`,
  ],
  [
    "host=h dbname=db password=hunter2",
    `${nothing} got a text of 33 characters that is no such URL; write it as a URL: postgresql://user:password@localhost:5432/app`,
  ],
  ["hunter2", `${nothing} got a text of 7 characters that is no such URL`],
  [
    '"sqlite:///app.db"',
    `${nothing} got a text of 18 characters that is no such URL; remove the quotes around it`,
  ],
  [
    "postgress://me:hunter2@h/db",
    `${nothing} got "postgress://me:***@h/db"; did you mean postgresql:// for postgress://?`,
  ],
  [
    "postgre://me:hunter2@h/db",
    `${nothing} got "postgre://me:***@h/db"; did you mean postgresql://?`,
  ],
  [
    "psql://me:hunter2@h/db",
    `${nothing} got "psql://me:***@h/db"; did you mean postgresql://?`,
  ],
  [
    "pg://me:hunter2@h/db",
    `${nothing} got "pg://me:***@h/db"; did you mean postgresql://?`,
  ],
  [
    "sqlit:///app.db",
    `${nothing} got "sqlit:///app.db"; did you mean sqlite:// for sqlit://?`,
  ],
  [
    "sqllite:///app.db",
    `${nothing} got "sqllite:///app.db"; did you mean sqlite:// for sqllite://?`,
  ],
  [
    "jdbc:postgresql://h/db?password=hunter2",
    `${nothing} got a text of 39 characters that is no such URL; leave jdbc: out`,
  ],
  [
    "mysql://me:hunter2@h/db",
    `${nothing} got "mysql://me:***@h/db"; MySQL is not supported, only SQLite and PostgreSQL`,
  ],
  [
    "mysql+pymysql://me:hunter2@h/db",
    `${nothing} got "mysql+pymysql://me:***@h/db"; MySQL is not supported, only SQLite and PostgreSQL`,
  ],
  [
    "mariadb://me:hunter2@h/db",
    `${nothing} got "mariadb://me:***@h/db"; MySQL is not supported, only SQLite and PostgreSQL`,
  ],
  ["mongodb://me:hunter2@h/db", `${nothing} got "mongodb://me:***@h/db"`],
  ["https://h/db", `${nothing} got "https://h/db"`],
  [
    "://me:hunter2@h/db",
    `${nothing} got a text of 18 characters that is no such URL`,
  ],
  [
    "postgresql:me:hunter2@h/db",
    'DB_URL: expected two slashes after the scheme: postgresql://user:password@localhost:5432/app, got "postgresql:me:***@h/db"',
  ],
  [
    "postgresql:/me:hunter2@h/db",
    'DB_URL: expected two slashes after the scheme: postgresql://user:password@localhost:5432/app, got "postgresql:/me:***@h/db"',
  ],
  [
    "postgresql://me:hun/ter2@h/db",
    'DB_URL: expected percent-encoded characters in user, password and parameters, got "postgresql://me:***@h/db"; write / as %2F, ? as %3F, # as %23 and @ as %40',
  ],
  [
    "postgresql://me:hun?ter2@h/db",
    'DB_URL: expected percent-encoded characters in user, password and parameters, got "postgresql://me:***@h/db"; write / as %2F, ? as %3F, # as %23 and @ as %40',
  ],
  [
    "postgresql://me:hun#ter2@h/db",
    'DB_URL: expected percent-encoded characters in user, password and parameters, got "postgresql://me:***@h/db"; write / as %2F, ? as %3F, # as %23 and @ as %40',
  ],
  [
    "postgresql://me:hunter2%zz@h/db",
    'DB_URL: expected a percent-encoded password, got "postgresql://me:***@h/db"; write % as %25',
  ],
  [
    "postgresql://m%e:hunter2@h/db",
    'DB_URL: expected a percent-encoded user name, got "postgresql://m%e:***@h/db"; write % as %25',
  ],
  [
    "postgresql://:hunter2@h/db",
    'DB_URL: expected a user name before the @, got "postgresql://:***@h/db"',
  ],
  [
    "postgresql://me:hunter2%00@h/db",
    'DB_URL: expected credentials without a zero byte, got "postgresql://me:***@h/db"; leave %00 out',
  ],
  [
    "postgresql://me:hunter2",
    'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***"',
    `DB_URL: expected a database name after the host, got "postgresql://me:***"${example}`,
  ],
  [
    "postgresql://me:hunter2/db",
    'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***"',
  ],
  [
    "postgresql://me:hunter2@h",
    `DB_URL: expected a database name after the host, got "postgresql://me:***@h"${example}`,
  ],
  [
    "postgresql://me:hunter2@h/",
    `DB_URL: expected a database name after the host, got "postgresql://me:***@h/"${example}`,
  ],
  [
    "postgresql://me:hunter2@h:/db",
    'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***@h:/db"; leave the : out',
  ],
  [
    "postgresql://me:hunter2@h:0/db",
    'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***@h:0/db"',
  ],
  [
    "postgresql://me:hunter2@h:65536/db",
    'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***@h:65536/db"',
  ],
  [
    "postgresql://me:hunter2@h:port/db",
    'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***@h:***"',
  ],
  [
    "postgresql://me:hunter2@h:54321234/db",
    'DB_URL: expected a port from 1 to 65535, got "postgresql://me:***@h:***"',
  ],
  [
    "postgresql://me:hunter2@h o/db",
    'DB_URL: expected a host name, an IP address or the folder of a socket, got "postgresql://me:***@h o/db"',
  ],
  [
    "postgresql://me:hunter2@${HOST}/db",
    'DB_URL: expected a host name, an IP address or the folder of a socket, got "postgresql://me:***@${HOST}/db"; variables are not expanded here: write the value',
  ],
  [
    "postgresql://me:hunter2@h%/db",
    'DB_URL: expected a percent-encoded host, got "postgresql://me:***@h%/db"; write % as %25',
  ],
  [
    "postgresql://me:hunter2@h/d%b",
    'DB_URL: expected a percent-encoded database name, got "postgresql://me:***@h/d%b"; write % as %25',
  ],
  [
    "postgresql://me:hunter2@h/a/b",
    'DB_URL: expected one database name after the host, got "postgresql://me:***@h/a/b"; write a / in it as %2F',
  ],
  [
    "postgresql://me:hunter2@h/db/",
    'DB_URL: expected one database name after the host, got "postgresql://me:***@h/db/"; write a / in it as %2F',
  ],
  [
    "postgresql://me:hunter2@h/db#main",
    'DB_URL: expected no # in the URL, got "postgresql://me:***@h/db#***"; write # as %23',
  ],
  [
    "postgresql://me:hunter2@::1/db",
    'DB_URL: expected host or host:port, got "postgresql://me:***@:***"; write an IPv6 address in brackets: [::1]',
  ],
  [
    "postgresql://me:hunter2@::1:5432/db",
    'DB_URL: expected host or host:port, got "postgresql://me:***@:***"; write an IPv6 address in brackets: [::1]',
  ],
  [
    "postgresql://me:hunter2@[::g]/db",
    'DB_URL: expected an IPv6 address in the brackets, got "postgresql://me:***@[::g]/db"',
  ],
  [
    "postgresql://me:hunter2@a,b/db",
    'DB_URL: expected a host name, an IP address or the folder of a socket, got "postgresql://me:***@a,b/db"; give one host: several are not supported',
  ],
  [
    "postgresql://me:hunter2@a:1,b:2/db",
    'DB_URL: expected host or host:port, got "postgresql://me:***@a:***"; give one host: several are not supported',
  ],
  [
    "postgresql://me:hunter2@h/db?foo=1",
    "DB_URL parameter foo: expected a known parameter, got an unknown one; the parameters are application_name, connect_timeout, sslmode, sslrootcert, sslcert, sslkey, options, lock_timeout, idle_in_transaction_session_timeout, host, port",
  ],
  [
    "postgresql://me:hunter2@h/db?sslmod=require",
    "DB_URL parameter sslmod: expected a known parameter, got an unknown one; did you mean sslmode?",
  ],
  [
    "postgresql://me:hunter2@h/db?ssl=true",
    "DB_URL parameter ssl: expected a known parameter, got an unknown one; write sslmode=require or sslmode=verify-full",
  ],
  [
    "postgresql://me:hunter2@h/db?sslmode=prefer",
    'DB_URL parameter sslmode: expected one of disable, require, verify-ca, verify-full, got "prefer"; it may fall back to plain text unnoticed: choose require, or disable where no TLS is wanted',
  ],
  [
    "postgresql://me:hunter2@h/db?sslmode=verify_full_",
    'DB_URL parameter sslmode: expected one of disable, require, verify-ca, verify-full, got "verify_full_"; did you mean verify-full?',
  ],
  [
    "postgresql://me:hunter2@h/db?sslmode=",
    "DB_URL parameter sslmode: expected name=value, percent-encoded, got no value",
  ],
  [
    "postgresql://me:hunter2@h/db?sslmode",
    "DB_URL parameter sslmode: expected name=value, percent-encoded, got no value",
  ],
  [
    "postgresql://me:hunter2@h/db?sslmode=require&sslmode=disable",
    "DB_URL parameter sslmode: expected one value, got two",
  ],
  [
    "postgresql://me:hunter2@h/db?application_name=%zz",
    "DB_URL parameter application_name: expected name=value, percent-encoded, got something else",
  ],
  [
    "postgresql://me:hunter2@h/db?connect_timeout=10s",
    'DB_URL parameter connect_timeout: expected seconds over 0, up to 3600, got "10s"; write the number alone, in seconds: 10',
  ],
  [
    "postgresql://me:hunter2@h/db?connect_timeout=0",
    'DB_URL parameter connect_timeout: expected seconds over 0, up to 3600, got "0"',
  ],
  [
    "postgresql://me:hunter2@h/db?connect_timeout=10000",
    'DB_URL parameter connect_timeout: expected seconds over 0, up to 3600, got "10000"; seconds, not milliseconds? 10000 ms are 10 s',
  ],
  [
    "postgresql://me:hunter2@h/db?lock_timeout=5s",
    'DB_URL parameter lock_timeout: expected an integer from 0 to 86400000, got "5s"',
  ],
  [
    "postgresql://me:hunter2@h/db?statement_timeout=5000",
    "DB_URL parameter statement_timeout: expected a known parameter, got an unknown one; set DB_COMMAND_TIMEOUT, in seconds",
  ],
  [
    "postgresql://me:hunter2@h/db?channel_binding=require",
    "DB_URL parameter channel_binding: expected a known parameter, got an unknown one; the driver cannot promise it: leave it out and write sslmode=verify-full",
  ],
  [
    "postgresql://me:hunter2@h/db?pgbouncer=true",
    "DB_URL parameter pgbouncer: expected a known parameter, got an unknown one; set DB_POOLER=transaction",
  ],
  [
    "postgresql://me:hunter2@h/db?schema=public",
    "DB_URL parameter schema: expected a known parameter, got an unknown one; write options=-c%20search_path%3Dapp",
  ],
  [
    "postgresql://me:hunter2@h/db?connection_limit=5",
    "DB_URL parameter connection_limit: expected a known parameter, got an unknown one; set DB_POOL_SIZE",
  ],
  [
    "postgresql://me:hunter2@h/db?password=hunter2",
    "DB_URL parameter password: expected a known parameter, got an unknown one; write it before the host: postgresql://user:password@host/database",
  ],
  [
    "postgresql://me:hunter2@h/db?host=/tmp",
    'DB_URL: expected one host, got "postgresql://me:***@h/db?***"; leave out the parameter host or the host',
  ],
  [
    "postgresql://me:hunter2@h:5/db?port=5",
    'DB_URL: expected one port, got "postgresql://me:***@h:5/db?***"; leave out the parameter port or the port',
  ],
  [
    "postgresql://me:hunter2@/db?host=a%20b",
    'DB_URL: expected a host name, an IP address or the folder of a socket, got "postgresql://me:***@/db?***"',
  ],
  [
    "postgresql://me:hunter2@h/db?sslrootcert=/nowhere/ca.pem",
    'DB_URL parameter sslrootcert: expected a certificate: the path of a PEM file, or PEM text, got "/nowhere/ca.pem"; there is no such file; relative paths start at the working directory',
  ],
  [
    "postgresql://me:hunter2@h/db?%20=1",
    "DB_URL parameter (name not shown): expected name=value, percent-encoded, got something else",
  ],
  [
    "sqlite:",
    'DB_URL: expected the path of a file, got "sqlite:"; name a file after the slashes, or write sqlite:///:memory:',
  ],
  [
    "sqlite:///",
    'DB_URL: expected the path of a file, got "sqlite:///"; name a file after the slashes, or write sqlite:///:memory:',
  ],
  [
    "sqlite://app.db",
    'DB_URL: expected three slashes before a relative path, four before an absolute one, got "sqlite://app.db"; did you mean sqlite:///app.db?',
  ],
  [
    "sqlite://./data/app.db",
    'DB_URL: expected three slashes before a relative path, four before an absolute one, got "sqlite://./data/app.db"; did you mean sqlite:///./data/app.db?',
  ],
  [
    "sqlite://me:hunter2@h/db",
    'DB_URL: expected three slashes before a relative path, four before an absolute one, got "sqlite://me:***@h/db"; a SQLite URL has no host, user or password',
  ],
  [
    "sqlite:///data/",
    'DB_URL: expected the path of a file, got "sqlite:///data/"; this is a folder: add the name of the file',
  ],
  [
    "sqlite:////",
    'DB_URL: expected the path of a file, got "sqlite:////"; this is a folder: add the name of the file',
  ],
  [
    "sqlite:///..",
    'DB_URL: expected the path of a file, got "sqlite:///.."; this is a folder: add the name of the file',
  ],
  [
    "sqlite:///100%.db",
    'DB_URL: expected the path of a file, got "sqlite:///100%.db"; write % as %25',
  ],
  [
    "sqlite:///a#b.db",
    'DB_URL: expected the path of a file, got "sqlite:///a#***"; write # as %23',
  ],
  [
    "sqlite:///~/app.db",
    'DB_URL: expected the path of a file, got "sqlite:///~/app.db"; ~ is not expanded: write the whole path',
  ],
  [
    "sqlite:////:memory:",
    'DB_URL: expected the path of a file, got "sqlite:////:***"; for a database in memory write sqlite:///:memory:',
  ],
  [
    "sqlite:///file:app.db",
    'DB_URL: expected the path of a file, got "sqlite:///file:***"; leave sqlite:/// out, a URL may begin with file:',
  ],
  [
    "sqlite:///a%00b",
    'DB_URL: expected the path of a file, got "sqlite:///a%00b"; remove the control characters',
  ],
  [
    "file:",
    'DB_URL: expected the path of a file, got "file:"; name a file after the slashes, or write sqlite:///:memory:',
  ],
  [
    "file://app.db",
    'DB_URL: expected a file on this machine, got "file://app.db"; did you mean file:app.db?',
  ],
  [
    "file://server/app.db",
    'DB_URL: expected a file on this machine, got "file://server/app.db"; did you mean file:server/app.db?',
  ],
  [
    "file://me:hunter2@h/app.db",
    'DB_URL: expected a file on this machine, got "file://me:***@h/app.db"; a file URL has no user or password',
  ],
  [
    "file:///data/",
    'DB_URL: expected the path of a file, got "file:///data/"; this is a folder: add the name of the file',
  ],
  [
    "sqlite:///app.db?foo=1",
    "DB_URL parameter foo: expected a known parameter, got an unknown one; the parameters are mode, busy_timeout, cache_size, foreign_keys, journal_mode, journal_size_limit, mmap_size, synchronous, temp_store, wal_autocheckpoint",
  ],
  [
    "sqlite:///app.db?jurnal_mode=wal",
    "DB_URL parameter jurnal_mode: expected a known parameter, got an unknown one; did you mean journal_mode?",
  ],
  [
    "sqlite:///app.db?journal_mode=walrus",
    'DB_URL parameter journal_mode: expected one of WAL, DELETE, TRUNCATE, PERSIST, MEMORY, OFF, got "walrus"',
  ],
  [
    "sqlite:///app.db?journal_mode=WAL;DROP",
    'DB_URL parameter journal_mode: expected one of WAL, DELETE, TRUNCATE, PERSIST, MEMORY, OFF, got "WAL;DROP"',
  ],
  [
    "sqlite:///app.db?synchronous=2",
    'DB_URL parameter synchronous: expected one of OFF, NORMAL, FULL, EXTRA, got "2"',
  ],
  [
    "sqlite:///app.db?busy_timeout=5s",
    'DB_URL parameter busy_timeout: expected an integer from 0 to 3600000, got "5s"',
  ],
  [
    "sqlite:///app.db?busy_timeout=-1",
    'DB_URL parameter busy_timeout: expected an integer from 0 to 3600000, got "-1"',
  ],
  [
    "sqlite:///app.db?foreign_keys=perhaps",
    'DB_URL parameter foreign_keys: expected true or false (or yes/no, on/off, 1/0), got "perhaps"',
  ],
  [
    "sqlite:///app.db?cache_size=2.5",
    'DB_URL parameter cache_size: expected an integer from -9007199254740991 to 9007199254740991, got "2.5"',
  ],
  [
    "sqlite:///app.db?mode=r",
    'DB_URL parameter mode: expected one of rwc, rw, ro, memory, got "r"; did you mean rw?',
  ],
  [
    "sqlite:///app.db?mode=readonly",
    'DB_URL parameter mode: expected one of rwc, rw, ro, memory, got "readonly"; write ro',
  ],
  [
    "sqlite:///app.db?timeout=5",
    "DB_URL parameter timeout: expected a known parameter, got an unknown one; write busy_timeout, in milliseconds",
  ],
  [
    "sqlite:///app.db?uri=true",
    "DB_URL parameter uri: expected a known parameter, got an unknown one; leave it out: mode works without it",
  ],
  [
    "sqlite:///app.db?cache=shared",
    "DB_URL parameter cache: expected a known parameter, got an unknown one; leave it out: only a :memory: database has cache=shared",
  ],
  [
    "sqlite:///app.db?check_same_thread=false",
    "DB_URL parameter check_same_thread: expected a known parameter, got an unknown one; leave it out: it means nothing here",
  ],
  [
    "sqlite:///app.db?mode=ro&mode=rw",
    "DB_URL parameter mode: expected one value, got two",
  ],
  [
    "sqlite:///:memory:?mode=ro",
    "DB_URL parameter mode: expected a file, or no mode for :memory:, got ro",
  ],
];
