/** Tokens that are compared, by their keys; whether each is the first of its line. */
export interface Compared {
  readonly keys: readonly string[];
  readonly startsLine: (index: number) => boolean;
}

/**
 * Where a run without partners could as well begin a few tokens later, as in `f(x); [g(x);] h();`, it is made to begin
 * with a line: whoever adds something adds whole lines.
 */
export function slideToLines(
  partner: Int32Array,
  { keys, startsLine }: Compared,
): void {
  for (let from = 0; from < keys.length; from += 1) {
    if (partner[from] !== -1) continue;
    let to = from;
    while (to < keys.length && partner[to] === -1) to += 1;
    const steps = startsLine(from) ? 0 : stepsToLine(from, to);
    for (let step = 0; step < steps; step += 1) {
      partner[from + step] = partner[to + step] ?? -1;
      partner[to + step] = -1;
    }
    from = to + steps;
  }

  /** How far a run can go on until it begins with a line; 0 where it cannot. */
  function stepsToLine(from: number, to: number): number {
    let step = 0;
    while (
      to + step < keys.length &&
      partner[to + step] !== -1 &&
      keys[from + step] === keys[to + step]
    ) {
      step += 1;
      if (startsLine(from + step)) return step;
    }
    return 0;
  }
}
