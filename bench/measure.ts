/** One way to do the measured thing. */
export interface Contender {
  readonly name: string;
  /** Does it `count` times. */
  run(count: number): Promise<unknown>;
}

/** Medians over all rounds of one contender. */
export interface Measured {
  readonly name: string;
  /** Milliseconds of wall clock per operation. */
  readonly wallMs: number;
  /** Milliseconds of this process's CPU per operation. */
  readonly cpuMs: number;
  /** Median of the rounds' own ratios to the contender named as the base. */
  readonly wallRatio: number;
  readonly cpuRatio: number;
}

export interface Plan {
  readonly rounds: number;
  /** Operations in one round. */
  readonly count: number;
  /** The name that the ratios refer to. */
  readonly base: string;
  /** Whether garbage is collected before each round, by default; after that code is cold, so short rounds go without. */
  readonly collect?: boolean;
}

interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Measures the contenders in turn (A B C, B C A, …), so that what the machine does meanwhile hits them alike. */
export async function measure(
  contenders: readonly Contender[],
  plan: Plan,
): Promise<Measured[]> {
  const samples = new Map<string, Sample[]>(
    contenders.map(({ name }) => [name, []]),
  );
  for (let warmUp = 0; warmUp < 3; warmUp += 1) {
    for (const contender of contenders) await sample(contender, plan);
  }
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const contender of rotate(contenders, round)) {
      const taken = await sample(contender, plan);
      samples.get(contender.name)?.push(taken);
    }
  }
  const base = samples.get(plan.base) ?? [];
  return contenders.map(({ name }) =>
    summarise(name, samples.get(name) ?? [], base),
  );
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  return (upper + lower) / 2;
}

async function sample(
  contender: Contender,
  { count, collect = true }: Plan,
): Promise<Sample> {
  if (collect) (globalThis as { gc?: () => void }).gc?.();
  const cpu = process.cpuUsage();
  const started = performance.now();
  await contender.run(count);
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: wallMs / count, cpuMs: (user + system) / 1000 / count };
}

function summarise(
  name: string,
  samples: readonly Sample[],
  base: readonly Sample[],
): Measured {
  const ratios = (key: keyof Sample): number =>
    median(samples.map((one, round) => one[key] / (base[round]?.[key] ?? NaN)));
  return {
    name,
    wallMs: median(samples.map((one) => one.wallMs)),
    cpuMs: median(samples.map((one) => one.cpuMs)),
    wallRatio: ratios("wallMs"),
    cpuRatio: ratios("cpuMs"),
  };
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
