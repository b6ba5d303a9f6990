import { type ErrorVerdict, verdicts } from "./error-verdict.ts";

/** The codes of this layer's own errors; those that are missing here are judged by their cause. */
const verdictOfCode = new Map<string, ErrorVerdict>([
  ["POOL_TIMEOUT", verdicts.crowded],
  ["POOL_CLOSED", verdicts.permanent],
  // An earlier statement failed and the work went on regardless: the COMMIT was refused.
  ["TRANSACTION_ABORTED", verdicts.permanent],
  ["COMMIT_IN_DOUBT", verdicts.inDoubt],
  ["TRANSACTION_LOST", verdicts.unreachable],
]);

/** The verdict on one of the layer's own errors; undefined when its code does not decide. */
export function judgeLayerCode(error: object): ErrorVerdict | undefined {
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? verdictOfCode.get(code) : undefined;
}
