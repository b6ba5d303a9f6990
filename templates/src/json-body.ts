import { RequestError } from "./request-error.ts";

/** Bytes that a request's body may have. */
const limit = 100_000;

/** Reads a request's body as JSON; a RequestError says when it is none (400) or too long (413). */
export async function readJson(
  body: AsyncIterable<Uint8Array> | null,
): Promise<unknown> {
  const text = await readText(body ?? []);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RequestError(400, "The body is not JSON.");
  }
}

async function readText(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // The rest is read all the same: to stop here would cut the connection before the answer.
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit) {
    throw new RequestError(
      413,
      `The body has ${size} bytes; at most ${limit} are accepted.`,
    );
  }
  return Buffer.concat(chunks).toString("utf8");
}
