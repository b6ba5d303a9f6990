import type { Logger } from "../logger.ts";

/** Enough to get from the pool, past Sequelize, to the application. */
const depth = 25;

/** Most connections are back by then, and their stacks are never turned into text. */
const textAfterMs = 20;

/** Where the application takes a connection; the text is made only when somebody wants to read it. */
export function rememberBorrower(): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const borrower = new Error();
  Error.stackTraceLimit = limit;
  return borrower;
}

/** Warns once when a connection is held longer than the threshold; the returned function ends the watch. */
export function reportLeak(
  thresholdMs: number,
  borrower: Error,
  logger: Logger,
): () => void {
  // A stack that has not become text yet keeps every object of its calls alive.
  let timer = setTimeout(() => {
    const frames = applicationFrames(borrower);
    timer = setTimeout(() => {
      logger.warn(
        `A database connection has been checked out for more than ${thresholdMs / 1000} s and was not returned. It was taken here:\n${frames}`,
      );
    }, thresholdMs - textAfterMs);
    timer.unref();
  }, textAfterMs);
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
}

/** The stack without the frames of the libraries in between. */
function applicationFrames({ stack = "" }: Error): string {
  const frames = stack.split("\n").slice(1);
  const own = frames.filter(
    (frame) =>
      !/node_modules|node:internal|[/\\]pool[/\\]|<anonymous>\)?$/.test(frame),
  );
  return (own.length > 0 ? own : frames).slice(0, 10).join("\n");
}
