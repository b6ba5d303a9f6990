import { type RetryOptions, retryOnDbError } from "./retry.ts";

/** A retry policy with a name of its own, to run several pieces of work with: each is run again, or its error thrown. */
export class RetryableOperation {
  readonly #options: RetryOptions;

  constructor(options: RetryOptions = {}) {
    this.#options = options;
  }

  /** Runs the work until it resolves; rejects with its last error when the policy gives up. */
  run<T>(work: (attempt: number) => Promise<T>): Promise<T> {
    return retryOnDbError(work, this.#options);
  }
}
