import { Pool } from "pg";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type ModelStatic,
  Sequelize,
  type Transaction,
} from "sequelize";
import {
  createEngineFromConfig,
  DatabaseConfig,
} from "../templates/infrastructure/database/index.ts";

/** Connections that every contender may open. */
const connections = 10;

/** One way to talk to the database, with the same work for all. */
export interface Subject {
  readonly name: string;
  read(id: number): Promise<unknown>;
  insert(text: string): Promise<unknown>;
  /** BEGIN, five statements, COMMIT. */
  transact(): Promise<unknown>;
  insertMany(texts: readonly string[]): Promise<unknown>;
  close(): Promise<unknown>;
}

/** A row of the table that all subjects use. */
export class Row extends Model<
  InferAttributes<Row>,
  InferCreationAttributes<Row>
> {
  declare id: CreationOptional<number>;
  declare text: string;
}

const statement = "SELECT id, text FROM rows WHERE id = $1";

/** Defines the table's model on an instance of its own. */
export function defineRow(sequelize: Sequelize): ModelStatic<Row> {
  class Own extends Row {}
  return Own.init(
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      text: { type: DataTypes.STRING(100), allowNull: false },
    },
    { sequelize, tableName: "rows", timestamps: false },
  );
}

/** The bare driver. */
export function rawPg(url: string): Subject {
  const pool = new Pool({ connectionString: url, max: connections });
  const insert = "INSERT INTO rows (text) VALUES ($1) RETURNING id";
  return {
    name: "pg",
    read: (id) => pool.query(statement, [id]),
    insert: (text) => pool.query(insert, [text]),
    transact: async () => {
      const client = await pool.connect();
      await client.query("BEGIN");
      for (let id = 1; id <= 5; id += 1) await client.query(statement, [id]);
      await client.query("COMMIT");
      client.release();
    },
    insertMany: (texts) =>
      pool.query(
        "INSERT INTO rows (text) SELECT * FROM unnest($1::text[]) RETURNING id",
        [texts],
      ),
    close: () => pool.end(),
  };
}

/** Sequelize with its own pool. */
export function bareSequelize(url: string): Subject {
  const sequelize = new Sequelize(url, {
    logging: false,
    pool: { max: connections },
  });
  return {
    ...throughSequelize("Sequelize", sequelize, (work) =>
      sequelize.transaction(work),
    ),
    close: () => sequelize.close(),
  };
}

/** The emitted layer, with its defaults: pre-ping on. */
export function layer(url: string): Subject {
  const engine = createEngineFromConfig(
    new DatabaseConfig(
      { url, poolSize: connections, maxOverflow: 0 },
      { env: {} },
    ),
  );
  return {
    ...throughSequelize("layer", engine.sequelize, (work) =>
      engine.begin(work),
    ),
    close: () => engine.dispose(),
  };
}

function throughSequelize(
  name: string,
  sequelize: Sequelize,
  begin: (work: (transaction: Transaction) => Promise<void>) => Promise<void>,
): Omit<Subject, "close"> {
  const row = defineRow(sequelize);
  return {
    name,
    read: (id) => row.findByPk(id),
    insert: (text) => row.create({ text }),
    transact: () =>
      begin(async (transaction) => {
        for (let id = 1; id <= 5; id += 1) {
          await sequelize.query(statement, { bind: [id], transaction });
        }
      }),
    insertMany: (texts) => row.bulkCreate(texts.map((text) => ({ text }))),
  };
}
