import { tokensIn } from "./code.ts";
import { needlessKey } from "./layout-tokens.ts";
import { tailSays, type Item } from "./tree.ts";

/** What items say without the parentheses that a formatter puts and takes away. */
export function saysPlainly(items: readonly Item[]): string {
  return items
    .map((item) => {
      const tokens = tokensIn(item.code, item.start, item.end);
      const keys = tokens.map(({ key }) => key);
      const said = keys.filter((key) => key !== needlessKey);
      return [...said, tailSays(item)].join("\u0001");
    })
    .join("\u0003");
}
