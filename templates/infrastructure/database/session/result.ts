import { ResultError } from "./session-error.ts";

/** What a statement returned. */
export class Result<Row extends object> implements Iterable<Row> {
  /** The rows returned, or for INSERT, UPDATE and DELETE without RETURNING the rows affected. */
  readonly rowCount: number;
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[], rowCount: number = rows.length) {
    this.#rows = rows;
    this.rowCount = rowCount;
  }

  all(): Row[] {
    return [...this.#rows];
  }

  first(): Row | undefined {
    return this.#rows[0];
  }

  /** The only row; ResultError when there is none or more than one. */
  one(): Row {
    const [row] = this.#rows;
    if (row === undefined || this.#rows.length > 1) {
      throw new ResultError(
        `Expected exactly one row, got ${this.#rows.length}. Use first() or all() when that is no mistake.`,
      );
    }
    return row;
  }

  /** The first column of each row. */
  scalars(): Row[keyof Row][] {
    return this.#rows.map(firstColumn);
  }

  /** The first column of the only row; ResultError when there is none or more than one. */
  scalarOne(): Row[keyof Row] {
    return firstColumn(this.one());
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.#rows[Symbol.iterator]();
  }
}

function firstColumn<Row extends object>(row: Row): Row[keyof Row] {
  return Object.values(row)[0] as Row[keyof Row];
}
