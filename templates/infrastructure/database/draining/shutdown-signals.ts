import { constants } from "node:os";

/** How a process listens to the signals that ask it to stop. */
export interface SignalOptions {
  /** SIGTERM and SIGINT by default. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Ends the process; `process.exit` by default. */
  readonly exit?: (code: number) => void;
}

/**
 * Runs `stop` at the first signal and exits with the code it resolves to; a second signal exits at once with 128 plus its
 * number, as a shell reports it (SIGTERM 143, SIGINT 130). Dispose of the result to listen no more.
 */
export function stopOnSignal(
  stop: (signal: NodeJS.Signals) => Promise<number>,
  options: SignalOptions = {},
): Disposable {
  const signals = options.signals ?? ["SIGTERM", "SIGINT"];
  const exit = options.exit ?? ((code: number) => process.exit(code));
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) {
      exit(128 + constants.signals[signal]);
      return;
    }
    stopping = true;
    void stop(signal).then(exit, () => {
      exit(1);
    });
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
