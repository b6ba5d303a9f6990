/** Lets others wait for the moment when nothing is going on. */
export class Stillness {
  readonly #isStill: () => boolean;
  readonly #waiting = new Set<() => void>();

  constructor(isStill: () => boolean) {
    this.#isStill = isStill;
  }

  /** Resolves as soon as it is still; rejects with the signal's reason when that aborts first. */
  async wait(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#isStill()) return;
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.delete(done);
        reject(signal?.reason as Error);
      };
      const done = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      this.#waiting.add(done);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** To be called after every change that may have brought stillness. */
  check(): void {
    if (this.#waiting.size === 0 || !this.#isStill()) return;
    for (const done of this.#waiting) done();
    this.#waiting.clear();
  }
}
