/** A name that a scope declares, or a member that a class has for itself. */
export interface Binding {
  readonly name: string;
  /** In how many functions it lies: enough to see that a use is not captured by another declaration. */
  readonly depth: number;
  readonly member: boolean;
  /** Where it is declared and used, as places in the text. */
  readonly declared: number[];
  readonly uses: Use[];
}

export interface Use {
  readonly at: number;
  /** `{ name }` in an object, which stands for `{ name: name }`. */
  readonly shorthand: boolean;
}

/** What was found so far: every binding, and what the names in the text stand for by their places. */
export interface Reading {
  readonly all: Binding[];
  readonly at: Map<number, Binding>;
}

export function addBinding(
  { all }: Reading,
  { name, depth, member }: Pick<Binding, "name" | "depth" | "member">,
): Binding {
  const added: Binding = { name, depth, member, declared: [], uses: [] };
  all.push(added);
  return added;
}

export function addDeclaration(
  reading: Reading,
  binding: Binding,
  at: number,
): void {
  binding.declared.push(at);
  reading.at.set(at, binding);
}

export function addUse(reading: Reading, binding: Binding, use: Use): void {
  binding.uses.push(use);
  reading.at.set(use.at, binding);
}
