import type { Engine } from "../engine.ts";
import { reasonOf } from "../errors.ts";

/** Closes the engine for good and never throws: what goes wrong at the very end is logged. */
export async function cleanupDatabase(engine: Engine): Promise<void> {
  try {
    await engine.dispose();
  } catch (error) {
    engine.logger.warn(
      `Closing the database connections failed: ${reasonOf(error)}.`,
    );
  }
}
