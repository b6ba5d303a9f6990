import type { Token } from "./tokens.ts";

/** What three versions of one thing say; no tokens where a side does not have it. */
export interface Versions {
  readonly base: readonly Token[];
  readonly yours: readonly Token[];
  readonly theirs: readonly Token[];
}

/** What each side wanted, in a sentence; about lines of the thing where it is not the thing itself. */
export function intents(
  { base, yours, theirs }: Versions,
  what: string,
  isInside = what === "",
): string {
  const place = what === "" ? "" : ` in \`${what}\``;
  const thing = isInside ? `lines${place}` : `\`${what}\``;
  if (base.length === 0)
    return isInside
      ? `You and the new version both added lines at one place${place}.`
      : `You and the new version both added ${thing}, and not the same.`;
  if (theirs.length === 0)
    return `You changed ${thing}, which the new version removed.`;
  if (yours.length === 0)
    return `You removed ${thing}, which the new version changed.`;
  const [own, other] = [singleChange(base, yours), singleChange(base, theirs)];
  if (own === undefined || other?.from !== own.from) {
    return `You changed ${thing}, and the new version changed ${isInside ? "them" : "it"} too.`;
  }
  const isComment = own.from.kind === "comment";
  const [from, to, its] = [own.from, own.to, other.to].map(quoted);
  if (from !== undefined && to !== undefined && its !== undefined) {
    return `You changed ${isComment ? "the comment " : ""}${from} to ${to}${place}, the new version to ${its}.`;
  }
  return `You changed a ${isComment ? "comment" : "long value"}${place}, and the new version changed it too.`;
}

/** The one token that differs, if there is just one. */
function singleChange(
  before: readonly Token[],
  after: readonly Token[],
): { readonly from: Token; readonly to: Token } | undefined {
  if (before.length !== after.length) return undefined;
  const changed = before.flatMap((token, index) =>
    token.key === after[index]?.key ? [] : [index],
  );
  const [from, to] = [before[changed[0] ?? -1], after[changed[0] ?? -1]];
  return changed.length === 1 && from && to ? { from, to } : undefined;
}

/** More characters than these do not fit into a sentence. */
const longest = 60;

/** What a token says, as part of a sentence; undefined where it is too long for one. */
function quoted({ key, kind }: Token): string | undefined {
  const said =
    kind === "comment"
      ? JSON.stringify(key.replace(/^\/[/*]+\s*|\s*\*+\/$/g, ""))
      : kind === "string"
        ? JSON.stringify(key.slice(1))
        : key;
  return key.includes("\n") || said.length > longest ? undefined : said;
}
