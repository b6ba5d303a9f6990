import { QueryTypes, type Sequelize, type Transaction } from "sequelize";
import { MigrationRequestError, reasonOf } from "./migration-errors.ts";
import { compareNames, type MigrationFile } from "./migration-files.ts";

/** What the database knows of an applied migration. */
export interface MigrationRecord {
  readonly name: string;
  readonly executedAt: Date;
  readonly checksum: string;
  readonly extension: string;
}

interface Row {
  readonly name: string;
  readonly executed_at: Date | string;
  readonly checksum: string;
  readonly extension: string;
}

/** The table in which a database remembers its migrations. */
export class MigrationRecords {
  readonly #sequelize: Sequelize;
  readonly #table: string;

  constructor(sequelize: Sequelize, table: string) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(table)) {
      throw new MigrationRequestError(
        `The table of the migrations is called ${JSON.stringify(table)}; expected letters, digits and _, such as schema_migrations.`,
      );
    }
    this.#sequelize = sequelize;
    this.#table = `"${table}"`;
  }

  /** Creates the table when it is missing. */
  async create(): Promise<void> {
    await this.#sequelize.query(
      `CREATE TABLE IF NOT EXISTS ${this.#table} (
        "name" VARCHAR(255) PRIMARY KEY,
        "executed_at" TIMESTAMPTZ NOT NULL,
        "checksum" VARCHAR(64) NOT NULL,
        "extension" VARCHAR(8) NOT NULL
      )`,
    );
  }

  /** All records in the order of the names; none when there is no table yet. */
  async all(): Promise<MigrationRecord[]> {
    try {
      return (await this.#select("", null)).sort((a, b) =>
        compareNames(a.name, b.name),
      );
    } catch (error) {
      if (isMissingTable(error)) return [];
      throw error;
    }
  }

  async has(name: string, transaction: Transaction | null): Promise<boolean> {
    const rows = await this.#select(`WHERE "name" = $1`, transaction, [name]);
    return rows.length > 0;
  }

  async add(
    file: MigrationFile,
    transaction: Transaction | null,
  ): Promise<void> {
    const { name, checksum, extension } = file;
    const executedAt = new Date().toISOString();
    await this.#sequelize.query(
      `INSERT INTO ${this.#table} ("name", "executed_at", "checksum", "extension") VALUES ($1, $2, $3, $4)`,
      { bind: [name, executedAt, checksum, extension], transaction },
    );
  }

  async remove(name: string, transaction: Transaction | null): Promise<void> {
    await this.#sequelize.query(
      `DELETE FROM ${this.#table} WHERE "name" = $1`,
      { bind: [name], transaction },
    );
  }

  async #select(
    where: string,
    transaction: Transaction | null,
    bind: readonly string[] = [],
  ): Promise<MigrationRecord[]> {
    const rows = await this.#sequelize.query<Row>(
      `SELECT "name", "executed_at", "checksum", "extension" FROM ${this.#table} ${where}`,
      { type: QueryTypes.SELECT, bind: [...bind], transaction },
    );
    return rows.map(({ executed_at, ...rest }) => ({
      ...rest,
      executedAt: new Date(executed_at),
    }));
  }
}

/** 42P01 is undefined_table (PostgreSQL, appendix A); SQLite has no code for it, and never translates its words. */
function isMissingTable(error: unknown): boolean {
  return /\(42P01\)$|no such table/.test(reasonOf(error));
}
