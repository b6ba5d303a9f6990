/** One of these by chance; undefined where there is none. */
export function pick<T>(
  items: readonly T[],
  random: () => number,
): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** All of these in an order by chance. */
export function shuffled<T>(
  items: readonly T[],
  random: () => number,
): readonly T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
