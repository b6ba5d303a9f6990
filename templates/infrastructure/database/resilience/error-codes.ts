import type { ErrorVerdict } from "./error-verdict.ts";
import { judgeLayerCode } from "./layer-codes.ts";
import { judgeErrno } from "./node-errno.ts";
// {{#if postgres}}
import { judgePgMessage } from "./pg-messages.ts";
// {{/if}}
import { judgeSequelizeClass } from "./sequelize-classes.ts";
// {{#if sqlite}}
import { judgeSqliteCode } from "./sqlite-codes.ts";
// {{/if}}
// {{#if postgres}}
import { judgeSqlState } from "./sqlstates.ts";
// {{/if}}

type Judge = (error: object) => ErrorVerdict | undefined;

/** The tables in the order of asking; the first that knows an error decides. */
const judges: readonly Judge[] = [
  judgeLayerCode,
  // {{#if postgres}}
  judgePgMessage,
  judgeSqlState,
  // {{/if}}
  // {{#if sqlite}}
  judgeSqliteCode,
  // {{/if}}
  judgeErrno,
  judgeSequelizeClass,
];

/** The verdict on one error of a chain by its code, its driver's text or its class. */
export function judgeCode(error: object): ErrorVerdict | undefined {
  for (const judge of judges) {
    const verdict = judge(error);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}
