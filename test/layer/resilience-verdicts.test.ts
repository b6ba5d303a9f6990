import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  ConnectionError,
  ConnectionRefusedError,
  DatabaseError,
  OptimisticLockError,
  TimeoutError,
  UniqueConstraintError,
  ValidationError,
} from "sequelize";
import {
  PoolClosedError,
  PoolTimeoutError,
} from "../../templates/infrastructure/database/errors.ts";
import {
  DatabaseErrorClassifier,
  judgeError,
} from "../../templates/infrastructure/database/resilience/classifier.ts";
import { CommitInDoubtError } from "../../templates/infrastructure/database/resilience/commit-in-doubt.ts";
import { TransactionLostError } from "../../templates/infrastructure/database/resilience/transaction-lost.ts";

function withCode(code: string, message = "übersetzt"): Error {
  return Object.assign(new Error(message), { code });
}

/** What every SQLSTATE of the list must mean: category, retry, whether the connection goes. */
const table = `
  connection always reconnect 08000 08003 08006 08001 08004 57P01 57P02 57P03 57P05 53000 53300 53400
  unknown    never  reconnect 08007 40003
  permanent  never  reconnect 08P01 57P04 28000 28P01 3D000 3F000 XX000 XX001 XX002 F0000 F0001
  transient  always keep      40000 40001 40P01 55P03 55006 72000
  transient  once   keep      53100 53200
  transient  once   reconnect 26000 42P05
  connection once   reconnect 58000 58030 58P01 58P02 25006
  timeout    never  keep      57014
  timeout    never  reconnect 25P03 25P04
  permanent  never  keep      55000 25P02 22001 22012 22P02 42601 42P01 42501 2F005 38000 39000 54001 P0001 0A000 25001
  integrity  never  keep      23000 23001 23502 23503 23505 23514 23P01 40002 44000
`;

test("every SQLSTATE of the list, alone and wrapped by Sequelize", () => {
  for (const line of table.trim().split("\n")) {
    const [category, retry, connection, ...states] = line.trim().split(/\s+/);
    for (const state of states) {
      const bare = Object.assign(withCode(state), { sql: "SELECT 1" });
      for (const error of [
        bare,
        new DatabaseError(bare),
        new Error("x", { cause: bare }),
      ]) {
        const verdict = judgeError(error);
        assert.is(verdict.category, category, state);
        assert.is(verdict.retry, retry, state);
        assert.is(verdict.reconnect, connection === "reconnect", state);
      }
    }
  }
});

test("an unlisted state goes by its class, an unknown class is unknown", () => {
  assert.is(DatabaseErrorClassifier.classify(withCode("22ZZZ")), "permanent");
  assert.is(DatabaseErrorClassifier.classify(withCode("08ZZZ")), "connection");
  assert.is(DatabaseErrorClassifier.classify(withCode("ZZ000")), "unknown");
});

test("messages in other languages change nothing", () => {
  const said: readonly (readonly [string, string, string])[] = [
    ["40P01", "Verklemmung (Deadlock) entdeckt", "transient"],
    [
      "40001",
      "не удалось сериализовать доступ из-за параллельного изменения",
      "transient",
    ],
    [
      "57P01",
      "arrêt des connexions suite à la demande de l'administrateur",
      "connection",
    ],
    ["28P01", "パスワード認証に失敗しました", "permanent"],
    ["23505", "llave duplicada viola restricción de unicidad", "integrity"],
    ["57014", "cancelando statement por causa do tempo de espera", "timeout"],
    ["53300", "对不起, 已经有太多的客户", "connection"],
  ];
  for (const [code, message, category] of said)
    assert.is(
      DatabaseErrorClassifier.classify(withCode(code, message)),
      category,
    );
});

test("a message never speaks against a code", () => {
  assert.is(
    DatabaseErrorClassifier.classify(withCode("42601", "deadlock detected")),
    "permanent",
  );
  assert.is(
    DatabaseErrorClassifier.classify(withCode("APP_RULE", "deadlock detected")),
    "unknown",
  );
});

test("codes of Node's network layer", () => {
  const always =
    "ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH EHOSTDOWN ENETDOWN EADDRNOTAVAIL ECONNRESET EPIPE ETIMEDOUT ECONNABORTED ENOTCONN ESHUTDOWN ERR_STREAM_DESTROYED ERR_STREAM_WRITE_AFTER_END ERR_SOCKET_CLOSED EPROTO";
  for (const code of always.split(" ")) {
    assert.is(
      DatabaseErrorClassifier.classify(withCode(code)),
      "connection",
      code,
    );
    assert.ok(DatabaseErrorClassifier.isRetryable(withCode(code)), code);
  }
  for (const code of ["EMFILE", "ENFILE", "ENOBUFS"])
    assert.is(judgeError(withCode(code)).retry, "once", code);
  for (const code of "EACCES EINVAL ERR_INVALID_URL CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_TLS_CERT_ALTNAME_INVALID".split(
    " ",
  ))
    assert.is(
      DatabaseErrorClassifier.classify(withCode(code)),
      "permanent",
      code,
    );
  assert.is(DatabaseErrorClassifier.classify(withCode("ENOENT")), "unknown");
  const socket = Object.assign(withCode("ENOENT"), { syscall: "connect" });
  assert.is(DatabaseErrorClassifier.classify(socket), "connection");
});

test("texts of the driver and of a pooler", () => {
  const texts: readonly (readonly [string, string, string, boolean])[] = [
    ["Connection terminated unexpectedly", "connection", "always", false],
    ["Connection terminated", "connection", "always", false],
    [
      "Client has encountered a connection error and is not queryable",
      "connection",
      "always",
      true,
    ],
    ["Client was closed and is not queryable", "connection", "always", true],
    ["timeout expired", "connection", "always", true],
    [
      "Connection terminated due to connection timeout",
      "connection",
      "always",
      true,
    ],
    ["timeout exceeded when trying to connect", "timeout", "always", true],
    ["Query read timeout", "timeout", "never", false],
    ["The server does not support SSL connections", "permanent", "never", true],
    [
      "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string",
      "permanent",
      "never",
      true,
    ],
  ];
  for (const [text, category, retry, refused] of texts) {
    const verdict = judgeError(
      new DatabaseError(Object.assign(new Error(text), { sql: "" })),
    );
    assert.is(verdict.category, category, text);
    assert.is(verdict.retry, retry, text);
    assert.is(verdict.refused, refused, text);
  }
  assert.ok(judgeError(withCode("08P01", "query_wait_timeout")).refused);
  assert.is(
    judgeError(withCode("08P01", "server conn crashed?")).category,
    "connection",
  );
  assert.is(
    judgeError(
      withCode("08P01", "no more connections allowed (max_client_conn)"),
    ).retry,
    "always",
  );
  assert.is(
    judgeError(withCode("08P01", "unsupported startup parameter: options"))
      .category,
    "permanent",
  );
});

test("Sequelize's classes", () => {
  const cause = new Error("x");
  assert.is(
    DatabaseErrorClassifier.classify(new ConnectionRefusedError(cause)),
    "connection",
  );
  assert.is(
    DatabaseErrorClassifier.classify(new ConnectionError(withCode("3D000"))),
    "permanent",
  );
  assert.is(
    DatabaseErrorClassifier.classify(new ConnectionError(withCode("53300"))),
    "connection",
  );
  assert.is(
    DatabaseErrorClassifier.classify(
      new TimeoutError(Object.assign(withCode("SQLITE_BUSY"), { sql: "" })),
    ),
    "transient",
  );
  assert.is(
    DatabaseErrorClassifier.classify(new UniqueConstraintError({})),
    "integrity",
  );
  assert.is(
    DatabaseErrorClassifier.classify(
      new ValidationError("connection refused by the rules", []),
    ),
    "permanent",
  );
  assert.is(
    DatabaseErrorClassifier.classify(new OptimisticLockError({})),
    "permanent",
  );
  const reset = judgeError(new ConnectionError(withCode("ECONNRESET")));
  assert.ok(reset.refused, "nothing was sent while connecting");
});

test("the layer's own errors", () => {
  const closed = new PoolClosedError();
  assert.is(DatabaseErrorClassifier.classify(closed), "permanent");
  const crowded = new PoolTimeoutError({
    size: 1,
    maxOverflow: 0,
    overflow: 0,
    checkedOut: 1,
    checkedIn: 0,
    waiting: 1,
    waited: 1,
    hint: "",
  });
  assert.is(DatabaseErrorClassifier.classify(crowded), "timeout");
  assert.ok(DatabaseErrorClassifier.isRetryable(crowded));
  const doubt = new CommitInDoubtError("COMMIT", withCode("ECONNRESET"));
  assert.is(DatabaseErrorClassifier.classify(doubt), "unknown");
  assert.not(DatabaseErrorClassifier.isRetryable(doubt));
  assert.not(
    DatabaseErrorClassifier.isRetryable(
      new Error("saving failed", { cause: doubt }),
    ),
  );
  assert.ok(
    DatabaseErrorClassifier.isRetryable(new TransactionLostError(doubt)),
  );
});

test("bugs and other things are never retried", () => {
  const reset = withCode("ECONNRESET");
  const values: unknown[] = [
    new TypeError("Cannot read properties of undefined", { cause: reset }),
    new RangeError("x"),
    new SyntaxError("x"),
    new ReferenceError("x"),
    new Error("the order is too large"),
    new DOMException("stopped", "AbortError"),
    undefined,
    null,
    "deadlock detected",
    42,
    {},
    Symbol("x"),
    () => undefined,
  ];
  for (const value of values) {
    assert.is(DatabaseErrorClassifier.classify(value), "unknown");
    assert.not(DatabaseErrorClassifier.isRetryable(value));
    assert.not(DatabaseErrorClassifier.shouldReconnect(value));
  }
});

test("causes are followed through AggregateError, circles and long chains", () => {
  const refused = withCode("ECONNREFUSED");
  assert.is(
    DatabaseErrorClassifier.classify(
      new AggregateError([new Error("x"), refused]),
    ),
    "connection",
  );
  const first = new Error("a");
  const second = new Error("b", { cause: first });
  first.cause = second;
  assert.is(DatabaseErrorClassifier.classify(first), "unknown");
  let deep: Error = refused;
  for (let level = 0; level < 10; level += 1)
    deep = new Error("outer", { cause: deep });
  assert.is(DatabaseErrorClassifier.classify(deep), "connection");
  for (let level = 0; level < 1000; level += 1)
    deep = new Error("outer", { cause: deep });
  assert.is(DatabaseErrorClassifier.classify(deep), "unknown");
});

test("texts alone, when there is no code at all", () => {
  const texts: Record<string, readonly string[]> = {
    transient: [
      "deadlock detected",
      "could not serialize access due to concurrent update",
      "could not obtain lock on row",
      "database is locked",
      "database table is locked",
      "Lock wait timeout exceeded",
      "canceling statement due to lock timeout",
    ],
    connection: [
      "connection refused",
      "could not connect to server: No such file",
      "server closed the connection unexpectedly",
      "terminating connection due to administrator command",
      "Connection reset by peer",
      "connection timed out",
      "broken pipe",
      "sorry, too many clients already",
      "remaining connection slots are reserved",
      "the database system is starting up",
      "the database system is shutting down",
      "network is unreachable",
      "no route to host",
      "lost connection to server",
      "SSL connection has been closed unexpectedly",
      "Temporary failure in name resolution",
    ],
    permanent: [
      'syntax error at or near "SELEC"',
      "permission denied for table notes",
      'password authentication failed for user "app"',
      'relation "notes" does not exist',
      'database "x" does not exist',
      'column "y" does not exist',
      "no such table: notes",
      "invalid input syntax for type integer",
      "value too long for type character varying(3)",
      "division by zero",
      "database disk image is malformed",
    ],
    integrity: [
      "duplicate key value violates unique constraint",
      "UNIQUE constraint failed: notes.id",
      "violates foreign key constraint",
      "null value in column",
    ],
    timeout: [
      "canceling statement due to statement timeout",
      "canceling statement due to user request",
    ],
  };
  for (const [category, messages] of Object.entries(texts))
    for (const message of messages)
      assert.is(
        DatabaseErrorClassifier.classify(new Error(message)),
        category,
        message,
      );
});

test.run();
