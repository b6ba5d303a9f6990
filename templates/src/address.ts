/** Where the server listens: `HOST` (127.0.0.1 when unset; 0.0.0.0 in a container) and `PORT` (3000 when unset, 0 for any free one). */
export function readAddress(env: NodeJS.ProcessEnv = process.env): {
  host: string;
  port: number;
} {
  const text = env["PORT"] ?? "3000";
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) {
    throw new Error(
      `PORT: expected a number from 0 to 65535, got ${JSON.stringify(text)}.`,
    );
  }
  return { host: env["HOST"] ?? "127.0.0.1", port };
}
