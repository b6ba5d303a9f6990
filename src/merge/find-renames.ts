import { alignCode } from "./align-code.ts";
import type { Binding } from "./binding.ts";
import { bindingsOf } from "./bindings.ts";
import type { Code } from "./code.ts";

/** A declaration of a text that another text has under a new name. */
export interface Rename {
  readonly binding: Binding;
  readonly to: string;
  /** Whether it is an import that got a name of its own here: `name as to`. */
  readonly isAlias: boolean;
}

/**
 * The declarations that were renamed from one text to the next: where the one had the old name, the other has the new
 * one and nothing else differs there, at the declaration and at every use that both have; and the old name is gone.
 */
export function findRenames(before: Code, after: Code): readonly Rename[] {
  const partner = alignCode(before, after);
  const [old, now] = [bindingsOf(before).at, bindingsOf(after).at];
  const aliases = new Map(newAliases(before, after, partner));
  const pairs = [...aliases, ...swappedNames(before, after, partner)];
  const partners = new Map<Binding, Set<Binding | undefined>>();
  const renamed = new Map<Binding, Rename>();
  for (const [from, to] of pairs) {
    const binding = old.get(from);
    const twin = now.get(to);
    if (binding === undefined) continue;
    partners.set(binding, (partners.get(binding) ?? new Set()).add(twin));
    if (binding.declared.includes(from) && twin?.declared.includes(to)) {
      const isAlias = aliases.has(from);
      renamed.set(binding, { binding, to: twin.name, isAlias });
    }
  }
  const kept = keptBindings(before, after, partner);
  return [...renamed.values()].filter(({ binding, isAlias }) => {
    const [twin, ...others] = partners.get(binding) ?? [];
    return (
      others.length === 0 &&
      !kept.has(binding) &&
      twin?.depth === binding.depth &&
      twin.member === binding.member &&
      twin.name !== binding.name &&
      (isAlias || isAlike(before, binding, partner))
    );
  });
}

/** Imports of a name that the other text imports as another: the places of both. */
function newAliases(
  before: Code,
  after: Code,
  partner: Int32Array,
): readonly (readonly [number, number])[] {
  return before.tokens.flatMap(({ start, kind }, index) => {
    const at = partner[index] ?? -1;
    const alias = after.tokens[at + 2];
    const isNew =
      kind === "name" &&
      at >= 0 &&
      after.tokens[at + 1]?.key === "as" &&
      before.tokens[index + 1]?.key !== "as";
    return isNew && alias ? [[start, alias.start] as const] : [];
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
