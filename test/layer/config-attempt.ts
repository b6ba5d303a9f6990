import { inspect } from "node:util";
import {
  type ConfigurationProblem,
  ConfigurationError,
} from "../../templates/infrastructure/database/config/configuration-error.ts";
import { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";

/** What to configure; nothing of this machine's environment takes part. */
export interface Attempt {
  readonly overrides?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly envFile?: string;
}

/** A refused configuration: its problems, and its message's lines after the first. */
export interface Refusal {
  readonly problems: readonly ConfigurationProblem[];
  readonly lines: readonly string[];
  /** Everything that somebody could print of the error, its stack left out. */
  readonly shown: string;
}

/** Configures as told. */
export function configure(attempt: Attempt = {}): DatabaseConfig {
  const { overrides = {}, env = {}, envFile = false } = attempt;
  return new DatabaseConfig(overrides as object, { env, envFile });
}

/** Configures and gives back the refusal; throws when it is accepted or fails otherwise. */
export function refusalOf(attempt: Attempt): Refusal {
  try {
    configure(attempt);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const [, ...lines] = error.message.split("\n");
    const shown = [error.message, JSON.stringify(error), inspect(error)];
    return {
      problems: error.problems,
      lines: lines.map((line) => line.slice(2)),
      shown: shown.join("\n"),
    };
  }
  throw new Error(`Accepted: ${inspect(attempt)}`);
}
