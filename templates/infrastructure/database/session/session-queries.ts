import type {
  Attributes,
  CountOptions,
  FindOptions,
  Model,
  ModelStatic,
  Transaction,
} from "sequelize";
import type { Engine } from "../engine.ts";
import { adoptRow } from "./loaded-objects.ts";
import { readKey } from "./model-key.ts";
import type { PrimaryKey } from "./model-key.ts";
import { forgetChanges } from "./object-state.ts";
import type { Result } from "./result.ts";
import type { SessionOptions } from "./session-options.ts";
import { SessionWork } from "./session-work.ts";
import { runStatement } from "./statement.ts";
import type { Bind } from "./statement.ts";

/** Sequelize's options for finding, without the transaction: that is the session's. */
export type QueryOptions<M extends Model> = Omit<
  FindOptions<Attributes<M>>,
  "transaction"
>;

/** What `get` may be asked for beyond the row; with any of it the row is always read. */
export type GetOptions<M extends Model> = Pick<
  FindOptions<Attributes<M>>,
  "include" | "lock" | "skipLocked" | "paranoid"
>;

/** The reading half of a session. */
export abstract class SessionQueries {
  protected readonly engine: Engine;
  protected readonly work: SessionWork;

  constructor(engine: Engine, options: SessionOptions) {
    this.engine = engine;
    this.work = new SessionWork(engine, options);
  }

  /** The object with this primary key, or null; one that the session knows costs no query. */
  async get<M extends Model>(
    model: ModelStatic<M>,
    key: PrimaryKey,
    options?: GetOptions<M>,
  ): Promise<M | null> {
    this.work.assertOpen();
    const { where, identity } = readKey(model, key);
    const { identities } = this.work.unit;
    const known = identities.find(model, identity);
    if (known !== undefined && this.work.unit.isRemoved(known)) return null;
    if (known !== undefined && !identities.isExpired(known) && !options) {
      return known as M;
    }
    const found = await this.findOne(model, {
      ...options,
      where,
    } as QueryOptions<M>);
    if (found === null && known !== undefined) this.work.unit.forget(known);
    return found;
  }

  findAll<M extends Model>(
    model: ModelStatic<M>,
    options?: QueryOptions<M>,
  ): Promise<M[]> {
    return this.work.query(async (transaction) => {
      const rows = await model.findAll({ ...options, transaction });
      return rows.map((row) => adoptRow(this.work.unit.identities, row));
    });
  }

  findOne<M extends Model>(
    model: ModelStatic<M>,
    options?: QueryOptions<M>,
  ): Promise<M | null> {
    return this.work.query(async (transaction) => {
      const row = await model.findOne({ ...options, transaction });
      return adoptRow(this.work.unit.identities, row);
    });
  }

  count<M extends Model>(
    model: ModelStatic<M>,
    options?: Omit<CountOptions<Attributes<M>>, "transaction">,
  ): Promise<number> {
    return this.work.query((transaction) =>
      model.count({ ...options, transaction }),
    );
  }

  /** Runs SQL with bound values: `$1` with an array, `$name` with an object. */
  execute<Row extends object = Record<string, unknown>>(
    sql: string,
    bind?: Bind,
  ): Promise<Result<Row>> {
    return this.work.query((transaction) =>
      runStatement<Row>(this.engine, transaction, sql, bind),
    );
  }

  /** Runs any other call of Sequelize in its turn: `session.run((transaction) => Note.update(…, { where, transaction }))`. */
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.work.query(work);
  }

  /** Reads the row of an object again, into the object. */
  refresh<M extends Model>(instance: M): Promise<M> {
    return this.work.query(async (transaction) => {
      await instance.reload({ transaction });
      forgetChanges(instance);
      this.work.unit.add(instance);
      this.work.unit.identities.renew(instance);
      return instance;
    });
  }
}
