import type { Code, ReadCode } from "./code.ts";
import { restyle } from "./restyle.ts";
import { styleOf, type Style } from "./style.ts";
import type { Sides } from "./sides.ts";

/** The release's texts in the user's style, where all three parse and a rewritten text still says the same. */
export function inStyleOfYours(sides: Sides, read: ReadCode): Sides {
  const [base, yours, theirs] = [sides.base, sides.yours, sides.theirs].map(
    read,
  );
  if (base === undefined || yours === undefined || theirs === undefined) {
    return sides;
  }
  const styles = stylesOf(base, yours);
  const before = read(restyle(base, { ...styles, model: yours }));
  if (before === undefined || !saysTheSame(before, base)) return sides;
  const after = read(
    restyle(theirs, { ...styles, model: before, source: base }),
  );
  if (after === undefined || !saysTheSame(after, theirs)) return sides;
  return { base: before.text, yours: yours.text, theirs: after.text };
}

/** Only what the user does in another way than the release is done over. */
function stylesOf(
  base: Code,
  yours: Code,
): { readonly from: Style; readonly to: Style } {
  const from = styleOf(base);
  const to = styleOf(yours);
  const differs = <Key extends keyof Style>(
    key: Key,
  ): Style[Key] | undefined => (from[key] === to[key] ? undefined : to[key]);
  return {
    from,
    to: {
      unit: to.unit,
      quote: differs("quote"),
      semicolons: differs("semicolons"),
      arrowParentheses: differs("arrowParentheses"),
      spacedBraces: differs("spacedBraces"),
      commaInCalls: differs("commaInCalls"),
      commaInLists: differs("commaInLists"),
    },
  };
}

export function saysTheSame(a: Code, b: Code): boolean {
  return (
    a.tokens.length === b.tokens.length &&
    a.tokens.every(({ key }, index) => key === b.tokens[index]?.key)
  );
}
