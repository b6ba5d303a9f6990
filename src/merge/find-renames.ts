import { align } from "./align.ts";
import type { Binding } from "./binding.ts";
import { bindingsOf } from "./bindings.ts";
import { keysOf, type Code } from "./code.ts";

/** A declaration of a text that another text has under a new name. */
export interface Rename {
  readonly binding: Binding;
  readonly to: string;
}

/**
 * The declarations that were renamed from one text to the next: where the one had the old name, the other has the new
 * one and nothing else differs there, at the declaration and at every use that both have; and the old name is gone.
 */
export function findRenames(before: Code, after: Code): readonly Rename[] {
  const partner = align(keysOf(before), keysOf(after));
  const pairs = [...swappedNames(before, after, partner)];
  const [old, now] = [bindingsOf(before).at, bindingsOf(after).at];
  const partners = new Map<Binding, Set<Binding | undefined>>();
  const declared = new Set<Binding>();
  for (const [from, to] of pairs) {
    const binding = old.get(from);
    const renamed = now.get(to);
    if (binding === undefined) continue;
    partners.set(binding, (partners.get(binding) ?? new Set()).add(renamed));
    if (binding.declared.includes(from) && renamed?.declared.includes(to)) {
      declared.add(binding);
    }
  }
  const kept = keptBindings(before, after, partner);
  return [...declared].flatMap((binding): readonly Rename[] => {
    const [renamed, ...others] = partners.get(binding) ?? [];
    const isOne = renamed !== undefined && others.length === 0;
    if (!isOne || kept.has(binding) || renamed.name === binding.name) return [];
    if (renamed.depth !== binding.depth || renamed.member !== binding.member) {
      return [];
    }
    return isAlike(before, binding, partner)
      ? [{ binding, to: renamed.name }]
      : [];
  });
}

/** Places of names that stand for each other: between two tokens that both texts have, each has one name. */
function* swappedNames(
  before: Code,
  after: Code,
  partner: Int32Array,
): Generator<readonly [number, number]> {
  let next = 0;
  for (let index = 0; index < partner.length; index += 1) {
    const at = partner[index] ?? -1;
    if (at >= 0) {
      next = at + 1;
      continue;
    }
    let end = index;
    while (end < partner.length && (partner[end] ?? -1) < 0) end += 1;
    const until = partner[end] ?? after.tokens.length;
    if (end - index !== until - next) {
      index = end - 1;
      continue;
    }
    for (; index < end; index += 1, next += 1) {
      const [from, to] = [before.tokens[index], after.tokens[next]];
      if (from?.kind === "name" && to?.kind === "name") {
        yield [from.start, to.start];
      }
    }
    index -= 1;
  }
}

/** What both texts have under its old name. */
function keptBindings(
  before: Code,
  after: Code,
  partner: Int32Array,
): ReadonlySet<Binding> {
  const [old, now] = [bindingsOf(before).at, bindingsOf(after).at];
  const kept = new Set<Binding>();
  for (const [index, { start }] of before.tokens.entries()) {
    const binding = old.get(start);
    const twin = after.tokens[partner[index] ?? -1];
    if (binding && twin && now.has(twin.start)) kept.add(binding);
  }
  return kept;
}

/** Whether what follows the name in its declaration is still mostly the same; else it is another thing in its place. */
function isAlike(
  before: Code,
  { declared }: Binding,
  partner: Int32Array,
): boolean {
  const [place = 0] = declared;
  const index = before.tokens.findIndex(
    ({ start, end }) => start === place && end > start,
  );
  const following = [...partner.slice(index + 1, index + 13)];
  const same = following.filter((at) => at >= 0).length;
  return same * 2 >= following.length;
}
