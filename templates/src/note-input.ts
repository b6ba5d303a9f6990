import { RequestError } from "./request-error.ts";

const longest = 500;

/** The text of a new note from a request's parsed JSON; a RequestError (400) says what was expected. */
export function readNoteText(body: unknown): string {
  const text =
    typeof body === "object" && body !== null && "text" in body
      ? body.text
      : undefined;
  if (typeof text !== "string" || text.trim() === "") {
    throw new RequestError(400, 'Expected JSON such as {"text": "Buy milk"}.');
  }
  if (text.length > longest) {
    throw new RequestError(
      400,
      `text: expected at most ${longest} characters, got ${text.length}.`,
    );
  }
  return text.trim();
}

/** The id from a path such as `/notes/7`; a RequestError (404) when no note can have it. */
export function readNoteId(segment: string): number {
  if (!/^[1-9]\d{0,8}$/.test(segment)) throw noSuchNote(segment);
  return Number(segment);
}

/** The answer to an id that no note has. */
export function noSuchNote(id: number | string): RequestError {
  return new RequestError(404, `There is no note ${id}.`);
}
