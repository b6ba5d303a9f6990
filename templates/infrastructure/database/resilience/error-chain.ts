const limit = 20;

const programmingErrors = [
  TypeError,
  RangeError,
  ReferenceError,
  SyntaxError,
  EvalError,
  URIError,
];

/**
 * The error and the ones behind it (`parent`, `original`, `cause`, `errors`), nearest first, each once and at most 20. A
 * programming error ends its branch: a bug stays a bug, whatever has caused it.
 */
export function errorChain(error: unknown): object[] {
  const chain = new Set<object>();
  const queue = [error];
  while (queue.length > 0 && chain.size < limit) {
    const next = queue.shift();
    if (typeof next !== "object" || next === null || chain.has(next)) continue;
    if (programmingErrors.some((bug) => next instanceof bug)) continue;
    chain.add(next);
    queue.push(...behind(next));
  }
  return [...chain];
}

function behind(error: object): unknown[] {
  const several: unknown = Reflect.get(error, "errors");
  return [
    Reflect.get(error, "parent"),
    Reflect.get(error, "original"),
    Reflect.get(error, "cause"),
    ...(Array.isArray(several) ? (several as unknown[]).slice(0, limit) : []),
  ];
}
