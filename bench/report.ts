/** What one section of the bench found out. */
export interface SectionResult {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly targets: readonly Target[];
  /** What the reader should know about the figures. */
  readonly notes?: readonly string[];
}

/** A promise of ours about a figure. */
export interface Target {
  readonly name: string;
  readonly measured: number;
  readonly limit: number;
  /** Whether the limit is the most that is allowed, or the least. */
  readonly bound: "at most" | "at least";
  readonly unit: string;
}

/** What a section is told. */
export interface SectionOptions {
  /** Few rounds: a first look, not a figure to quote. */
  readonly quick: boolean;
  /** URL of an empty PostgreSQL database. */
  readonly postgresUrl: string;
}

export function isMet({ measured, limit, bound }: Target): boolean {
  return bound === "at most" ? measured <= limit : measured >= limit;
}

/** A section as aligned text. */
export function renderSection(result: SectionResult): string {
  const table = [result.columns, ...result.rows];
  const widths = result.columns.map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? "").length)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  const notes = (result.notes ?? []).map((note) => `  ${note}`);
  return [`\n${result.title}`, ...lines, ...notes].join("\n");
}

/** The targets of all sections, met and missed. */
export function renderTargets(targets: readonly Target[]): string {
  const width = Math.max(...targets.map(({ name }) => name.length));
  const lines = targets.map((target) => {
    const { name, measured, bound, limit, unit } = target;
    const verdict = isMet(target) ? "met   " : "MISSED";
    return `${verdict}  ${name.padEnd(width)}  ${format(measured)}${unit} (${bound} ${limit}${unit})`;
  });
  return ["\nTargets", ...lines].join("\n");
}

/** Three digits that matter. */
export function format(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
