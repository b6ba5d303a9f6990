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
  return `You changed ${own.from} to ${own.to}${place}, the new version to ${other.to}.`;
}

/** The one token that differs, if there is just one. */
function singleChange(
  before: readonly Token[],
  after: readonly Token[],
): { readonly from: string; readonly to: string } | undefined {
  if (before.length !== after.length) return undefined;
  const changed = before.flatMap((token, index) =>
    token.key === after[index]?.key ? [] : [index],
  );
  const [from, to] = [before[changed[0] ?? -1], after[changed[0] ?? -1]];
  return changed.length === 1 && from && to
    ? { from: `${kindIn(from)}${shown(from)}`, to: shown(to) }
    : undefined;
}

function kindIn({ kind }: Token): string {
  return kind === "comment" ? "the comment " : "";
}

function shown({ key, kind }: Token): string {
  if (kind === "comment") return JSON.stringify(excerpt(key));
  return kind === "string" ? JSON.stringify(key.slice(1)) : key;
}

/** The first line that a comment says, short enough for a sentence. */
function excerpt(comment: string): string {
  const [line = ""] = comment
    .split("\n")
    .map((text) => text.replace(/^\s*(?:\/[/*]+|\*(?!\/))\s*|\s*\*+\/$/g, ""))
    .filter((text) => text !== "");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Characters of a comment that tell it from another. */
const longest = 40;
