interface Waiter<T> {
  readonly serve: (value: T) => void;
  readonly refuse: (error: unknown) => void;
}

/** Callers in the order in which they came; each is served, refused or told that its time is up. */
export class WaitingLine<T> {
  /** Those who were served something that turned out to be broken: they go before all others. */
  readonly #first = new Set<Waiter<T>>();
  readonly #line = new Set<Waiter<T>>();

  get length(): number {
    return this.#first.size + this.#line.size;
  }

  /** Waits at most `timeoutMs`, then rejects with what `onTimeout` returns. */
  join(
    timeoutMs: number,
    onTimeout: () => Error,
    place: "first" | "last",
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const queue = place === "first" ? this.#first : this.#line;
      const leave = (): void => {
        clearTimeout(timer);
        queue.delete(waiter);
      };
      const waiter: Waiter<T> = {
        serve: (value) => {
          leave();
          resolve(value);
        },
        refuse: (error) => {
          leave();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller gets the driver's own error
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        waiter.refuse(onTimeout());
      }, timeoutMs);
      queue.add(waiter);
    });
  }

  /** Gives the value to who waits longest; false when nobody waits. */
  serve(value: T): boolean {
    const waiter = this.#next();
    waiter?.serve(value);
    return waiter !== undefined;
  }

  /** Rejects who waits longest. */
  refuseFirst(error: unknown): void {
    this.#next()?.refuse(error);
  }

  /** Rejects everybody. */
  refuseAll(error: unknown): void {
    for (const waiter of [...this.#first, ...this.#line]) waiter.refuse(error);
  }

  #next(): Waiter<T> | undefined {
    for (const waiter of this.#first) return waiter;
    for (const waiter of this.#line) return waiter;
    return undefined;
  }
}
