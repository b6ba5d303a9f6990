import type { ErrorCategory } from "./error-category.ts";
import { errorChain } from "./error-chain.ts";
import { judgeCode } from "./error-codes.ts";
import { type ErrorVerdict, verdicts } from "./error-verdict.ts";
import { judgeMessage } from "./message-patterns.ts";
import { failedWhileConnecting } from "./sequelize-classes.ts";

/** Tells what a database error means, by its code before its class, and by its text only when there is no code. */
export const DatabaseErrorClassifier = {
  classify(error: unknown): ErrorCategory {
    return judgeError(error).category;
  },

  /** Whether the whole unit of work may run again; false for a commit in doubt and for whatever is not known. */
  isRetryable(error: unknown): boolean {
    return judgeError(error).retry !== "never";
  },

  /** Whether the connection that raised the error must be replaced. */
  shouldReconnect(error: unknown): boolean {
    return judgeError(error).reconnect;
  },
} as const;

/** The same as `DatabaseErrorClassifier.isRetryable`. */
export function isDatabaseErrorRetryable(error: unknown): boolean {
  return DatabaseErrorClassifier.isRetryable(error);
}

/** All that the tables say about an error and the errors behind it; the nearest one that is known decides. */
export function judgeError(error: unknown): ErrorVerdict {
  const chain = errorChain(error);
  const verdict =
    firstOf(chain, judgeCode) ??
    firstOf(chain.filter(hasNoCode), judgeMessage) ??
    (chain.some(failedWhileConnecting)
      ? verdicts.unreachable
      : verdicts.unknown);
  return !verdict.refused && chain.some(failedWhileConnecting)
    ? { ...verdict, refused: true }
    : verdict;
}

function firstOf(
  chain: readonly object[],
  judge: (error: object) => ErrorVerdict | undefined,
): ErrorVerdict | undefined {
  for (const error of chain) {
    const verdict = judge(error);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function hasNoCode(error: object): boolean {
  return Reflect.get(error, "code") === undefined;
}
