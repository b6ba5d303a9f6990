/** Tokens that are compared, by their keys; whether each is the first of its line. */
export interface Compared {
  readonly keys: readonly string[];
  readonly startsLine: (index: number) => boolean;
}

/**
 * Where a run without partners could as well begin a few tokens later, as in `f(x); [g(x);] h();`, or earlier, it is made
 * to begin with a line: whoever adds something adds whole lines.
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
    const back = steps > 0 || startsLine(from) ? 0 : stepsBack(from, to);
    for (let step = 1; step <= back; step += 1) {
      partner[to - step] = partner[from - step] ?? -1;
      partner[from - step] = -1;
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

  /** How far a run can go back until it begins with a line, or joins a run that does; 0 where it cannot. */
  function stepsBack(from: number, to: number): number {
    let step = 0;
    while (
      step < from &&
      partner[from - step - 1] !== -1 &&
      keys[from - step - 1] === keys[to - step - 1]
    ) {
      step += 1;
      let first = from - step;
      while (first > 0 && partner[first - 1] === -1) first -= 1;
      if (startsLine(first)) return step;
    }
    return 0;
  }
}
