/**
 * An example application on node:http: notes, kept in the database.
 * Edit it, or delete src/ and keep the layer: nothing in infrastructure/ depends on it.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { Engine } from "../infrastructure/database/index.ts";
import { openDatabase } from "./database.ts";
import { liveness, readiness } from "./health.ts";
import { readJson } from "./json-body.ts";
import { listen } from "./listen.ts";
// {{#if observability}}
import { createMetrics } from "./metrics.ts";
// {{/if}}
import { noSuchNote, readNoteId, readNoteText } from "./note-input.ts";
import { createNotes, type Notes } from "./notes.ts";
import { toProblem } from "./problems.ts";
import { RequestError } from "./request-error.ts";
import { stopOnSignals } from "./shutdown.ts";
import { createUnitOfWork } from "./unit-of-work.ts";

interface Answer {
  readonly statusCode: number;
  readonly body: unknown;
}

async function main(): Promise<void> {
  const engine = await openDatabase();
  const notes = createNotes(createUnitOfWork(engine));
  // {{#if observability}}
  const metrics = createMetrics(engine);
  // {{/if}}
  const server = createServer((request, response) => {
    // {{#if observability}}
    if (request.url === "/metrics") {
      response.setHeader("Content-Type", metrics.contentType);
      response.end(metrics.text());
      return;
    }
    // {{/if}}
    void answer(request, engine, notes)
      .catch(toProblem)
      .then(({ statusCode, body }) => {
        response.writeHead(statusCode, { "Content-Type": "application/json" });
        response.end(`${JSON.stringify(body)}\n`);
      });
  });
  stopOnSignals(server, engine);
  console.log(`Listening on ${await listen(server)}`);
}

async function answer(
  request: IncomingMessage,
  engine: Engine,
  notes: Notes,
): Promise<Answer> {
  const path = (request.url ?? "/").split("?", 1).join("");
  const route = `${request.method ?? "GET"} ${path}`;
  switch (route) {
    case "GET /health/live":
      return { statusCode: 200, body: liveness };
    case "GET /health/ready":
      return readiness(engine);
    case "GET /notes":
      return { statusCode: 200, body: await notes.list() };
    case "POST /notes": {
      const text = readNoteText(await readJson(request));
      return { statusCode: 201, body: await notes.add(text) };
    }
  }
  const id = /^GET \/notes\/([^/]+)$/.exec(route)?.[1];
  if (id === undefined) throw new RequestError(404, `No such route: ${route}`);
  const note = await notes.get(readNoteId(id));
  if (note === null) throw noSuchNote(id);
  return { statusCode: 200, body: note };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
