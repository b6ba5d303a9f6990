import type { Logger } from "../logger.ts";

/** Where the application took a connection, without the frames of the libraries in between. */
export function borrowerStack(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = limit;
  const frames = stack.split("\n").slice(1);
  const own = frames.filter(
    (frame) =>
      !/node_modules|node:internal|\/pool\/|\\pool\\|<anonymous>\)?$/.test(
        frame,
      ),
  );
  return (own.length > 0 ? own : frames).slice(0, 10).join("\n");
}

/** Warns once when a connection is held longer than the threshold; the returned function ends the watch. */
export function reportLeak(
  thresholdMs: number,
  stack: string,
  logger: Logger,
): () => void {
  const timer = setTimeout(() => {
    logger.warn(
      `A database connection has been checked out for more than ${thresholdMs / 1000} s and was not returned. It was taken here:\n${stack}`,
    );
  }, thresholdMs);
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
}
