/** The white space that a line starts with. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** The white space before the first word of the line that a place is in. */
export function indentAt(text: string, place: number): string {
  return indentOf(text.slice(text.lastIndexOf("\n", place - 1) + 1, place));
}

/**
 * Where the lines of a text come to lie in another one. Levels are learnt from lines that both have; a line that only
 * the text has is placed relative to the nearest of them, so that it follows code that was moved into a block.
 */
export class Indentation {
  readonly #from: string;
  readonly #to: string;
  readonly #known: { readonly level: number; readonly indent: string }[] = [];

  constructor(from: string, to: string) {
    this.#from = from;
    this.#to = to;
  }

  learn(own: string, indent: string): void {
    const level = this.#level(own);
    while ((this.#known.at(-1)?.level ?? -1) >= level) this.#known.pop();
    this.#known.push({ level, indent });
  }

  place(own: string): string {
    const level = this.#level(own);
    const rest = own.slice(level * this.#from.length);
    const nearest = this.#known.findLast((line) => line.level <= level);
    const steps = level - (nearest?.level ?? 0);
    return (nearest?.indent ?? "") + this.#to.repeat(steps) + rest;
  }

  #level(own: string): number {
    return Math.floor(own.length / this.#from.length);
  }
}
