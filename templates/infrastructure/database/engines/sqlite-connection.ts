import type { DatabaseConnection } from "./database-engine.ts";
import type { PatientDatabase } from "./patient-database.ts";
import type { SqliteRows } from "./sqlite-database.ts";
import { toSqliteValue } from "./sqlite-value.ts";

const patienceMs = 1000;

/** One connection to SQLite; that of `:memory:` is kept when it is closed, as it holds the data. */
export class SqliteConnection implements DatabaseConnection {
  readonly native: PatientDatabase;
  readonly #keep: boolean;
  #open = true;

  constructor(database: PatientDatabase, options: { readonly keep: boolean }) {
    this.native = database;
    this.#keep = options.keep;
  }

  get usable(): boolean {
    return this.#open && !this.native.inTransaction;
  }

  async query<Row extends object>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const rows = await new Promise<SqliteRows>((resolve, reject) => {
      this.native.all(sql, values.map(toSqliteValue), (error, found = []) => {
        if (error === null) resolve(found);
        else reject(error);
      });
    });
    return rows as Row[];
  }

  /** Reads the file's header, so that a file that is gone or broken is noticed. */
  async ping(timeoutMs: number): Promise<void> {
    await within(timeoutMs, this.query("PRAGMA schema_version"));
  }

  settled(): undefined {
    return undefined;
  }

  park(): void {
    // An open file does not keep a process alive.
  }

  resume(): void {
    // Nothing to undo.
  }

  watch(): void {
    // A file has no server that could send word.
  }

  cancel(): Promise<void> {
    this.native.interrupt();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#open = false;
    if (this.native.inTransaction)
      await within(patienceMs, this.query("ROLLBACK")).catch(() => undefined);
    if (!this.#keep)
      await within(patienceMs, this.native.close()).catch(() => undefined);
  }
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`SQLite did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
