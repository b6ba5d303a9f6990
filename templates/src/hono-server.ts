/**
 * An example application on Hono: notes, kept in the database.
 * Edit it, or delete src/ and keep the layer: nothing in infrastructure/ depends on it.
 */
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
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

async function main(): Promise<void> {
  const engine = await openDatabase();
  const notes = createNotes(createUnitOfWork(engine));
  const app = createApp(engine, notes);
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  stopOnSignals(server, engine);
  console.log(`Listening on ${await listen(server)}`);
}

function createApp(engine: Engine, notes: Notes): Hono {
  const app = new Hono();
  app.get("/health/live", () => Response.json(liveness));
  app.get("/health/ready", async () => {
    const { statusCode, body } = await readiness(engine);
    return Response.json(body, { status: statusCode });
  });
  // {{#if observability}}
  const metrics = createMetrics(engine);
  app.get("/metrics", () => {
    const headers = { "Content-Type": metrics.contentType };
    return new Response(metrics.text(), { headers });
  });
  // {{/if}}
  app.get("/notes", async () => Response.json(await notes.list()));
  app.post("/notes", async ({ req }) => {
    const note = await notes.add(readNoteText(await readJson(req.raw.body)));
    return Response.json(note, { status: 201 });
  });
  app.get("/notes/:id", async ({ req }) => {
    const id = req.param("id");
    const note = await notes.get(readNoteId(id));
    if (note === null) throw noSuchNote(id);
    return Response.json(note);
  });
  app.notFound(({ req }) => {
    throw new RequestError(404, `No such route: ${req.method} ${req.path}`);
  });
  app.onError((error) => {
    const { statusCode, body } = toProblem(error);
    return Response.json(body, { status: statusCode });
  });
  return app;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
