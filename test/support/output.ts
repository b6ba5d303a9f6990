/** What a piece of work returned and printed. */
export interface Captured<T> {
  readonly result: T;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs work inside this process and keeps what it prints. */
export async function captureOutput<T>(
  work: () => Promise<T>,
): Promise<Captured<T>> {
  const printed = { stdout: "", stderr: "" };
  const restore = (["stdout", "stderr"] as const).map((name) => {
    const stream = process[name];
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array): boolean => {
      printed[name] += chunk.toString();
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
  try {
    const result = await work();
    return { result, ...printed };
  } finally {
    for (const undo of restore) undo();
  }
}
