import { alignCode } from "./align-code.ts";
import { applyRename } from "./apply-rename.ts";
import type { Binding } from "./binding.ts";
import { bindingsOf } from "./bindings.ts";
import { type Code, type ReadCode } from "./code.ts";
import { findRenames } from "./find-renames.ts";
import { releasedRenames } from "./released-renames.ts";
import type { Sides } from "./sides.ts";

type Codes = Readonly<Record<keyof Sides, Code>>;

/** More renames than this in one file are not worth the time; in a long one, where each takes long, fewer are. */
const mostRenames = 50;
const mostTokens = 300_000;

/**
 * Gives every declaration that one side renamed its new name on the other sides too, so that a use which the other side
 * added is renamed with it. A name that would be captured, or that both sides chose differently, is left as it is.
 */
export function replayRenames(
  codes: Codes,
  read: ReadCode,
  released: ReadonlyMap<string, string> = new Map(),
): Codes {
  let current = releasedRenames(codes, read, released);
  const tried = new Set<string>();
  const most = Math.min(mostRenames, mostTokens / codes.base.tokens.length);
  for (let count = 0; count < most; count += 1) {
    const next = replayOne(current, tried, read);
    if (next === undefined) break;
    current = next;
  }
  return current;
}

/** The texts with the next rename replayed; undefined when there is none left. */
function replayOne(
  codes: Codes,
  tried: Set<string>,
  read: ReadCode,
): Codes | undefined {
  for (const [side, other] of [
    ["yours", "theirs"],
    ["theirs", "yours"],
  ] as const) {
    for (const rename of findRenames(codes.base, codes[side])) {
      const { binding, to } = rename;
      const { name, declared } = binding;
      const key = `${side} ${name} ${declared.join()} ${to}`;
      if (tried.has(key)) continue;
      tried.add(key);
      const others = findRenames(codes.base, codes[other]);
      if (others.some((its) => its.binding === binding)) continue;
      const twins = twinsOf(binding, codes.base, codes[other]);
      const [twin] = twins;
      // What the user renamed and the new version removed is changed on the one side and gone on the other.
      const isLost = twin === undefined && side === "yours";
      if (twins.length > 1 || isLost) continue;
      const base = applyRename(codes.base, rename, read);
      const renamed = twin
        ? applyRename(codes[other], { ...rename, binding: twin }, read)
        : codes[other];
      if (base && renamed) return { ...codes, base, [other]: renamed };
    }
  }
  return undefined;
}

/** The same declaration in another text; several where it is not certain which. */
function twinsOf(binding: Binding, from: Code, to: Code): readonly Binding[] {
  const partner = alignCode(from, to);
  const { at, all } = bindingsOf(to);
  for (const [index, { start, end }] of from.tokens.entries()) {
    if (end === start || !binding.declared.includes(start)) continue;
    const twin = to.tokens[partner[index] ?? -1];
    const found = twin && at.get(twin.start);
    if (found?.name === binding.name) return [found];
  }
  const { name, depth, member } = binding;
  return all.filter(
    (other) =>
      other.name === name && other.depth === depth && other.member === member,
  );
}
