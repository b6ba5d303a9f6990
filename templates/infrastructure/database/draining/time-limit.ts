import type { Logger } from "../logger.ts";

/** Runs one step of a shutdown: false, and a line in the log, when it fails or takes longer than `seconds`; never rejects. */
export async function within(
  seconds: number,
  name: string,
  logger: Logger,
  step: () => unknown,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        reject(new Error(`not done after ${seconds.toFixed(1)} s`));
      },
      Math.max(0, seconds * 1000),
    );
  });
  try {
    await Promise.race([Promise.resolve().then(step), expiry]);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    logger.error(`Shutting down: ${name} failed: ${message}`);
    return false;
  } finally {
    clearTimeout(timer);
  }
}
