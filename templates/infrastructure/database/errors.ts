import { ConnectionAcquireTimeoutError, ConnectionError } from "sequelize";

/** The base of the layer's own failures: a stable `code` for programs, a message for people. */
export class DatabaseLayerError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The figures of a pool at one moment. */
export interface PoolFigures {
  readonly size: number;
  readonly maxOverflow: number;
  readonly overflow: number;
  readonly checkedOut: number;
  readonly checkedIn: number;
  readonly waiting: number;
}

/** What a PoolTimeoutError tells. */
export interface PoolTimeout extends PoolFigures {
  /** Seconds the caller has waited. */
  readonly waited: number;
  /** Why the last attempt to open a connection failed, if one did. */
  readonly lastFailure?: unknown;
  /** What the owner of the pool can do about it. */
  readonly hint: string;
}

/** No connection became free within `poolTimeout`; Sequelize users catch it as ConnectionAcquireTimeoutError. */
export class PoolTimeoutError extends ConnectionAcquireTimeoutError {
  readonly code = "POOL_TIMEOUT";
  readonly figures: PoolTimeout;

  constructor(figures: PoolTimeout) {
    super(asError(figures.lastFailure, "no connection became free"));
    this.name = "PoolTimeoutError";
    this.message = describeTimeout(figures);
    this.figures = figures;
    if (figures.lastFailure !== undefined) this.cause = figures.lastFailure;
  }
}

/** The pool takes no new work: the engine is disposed of or draining. */
export class PoolClosedError extends ConnectionError {
  readonly code = "POOL_CLOSED";

  constructor(reason = "the engine has been disposed of") {
    super(new Error(reason));
    this.name = "PoolClosedError";
    this.message = `The connection pool is closed: ${reason}. Create a new engine, or stop sending work before shutting down.`;
  }
}

function describeTimeout(figures: PoolTimeout): string {
  const { size, maxOverflow, overflow, checkedOut, checkedIn, waiting } =
    figures;
  const counts = `size ${size}, overflow ${overflow} of ${maxOverflow}, checked out ${checkedOut}, idle ${checkedIn}, waiting ${waiting}`;
  const failure =
    figures.lastFailure === undefined
      ? ""
      : ` The last attempt to connect failed: ${reasonOf(figures.lastFailure)}.`;
  return `No database connection became available within ${figures.waited.toFixed(2)} s (${counts}).${failure} ${figures.hint}`;
}

/** The readable part of an error; Node's AggregateError of a refused connection has an empty message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  const inner =
    error instanceof AggregateError
      ? (error.errors[0] as unknown)
      : error.cause;
  return inner === undefined ? error.name : reasonOf(inner);
}

function asError(value: unknown, otherwise: string): Error {
  return value instanceof Error ? value : new Error(otherwise);
}
