/**
 * An example application on Fastify: notes, kept in the database.
 * Edit it, or delete src/ and keep the layer: nothing in infrastructure/ depends on it.
 */
import { fastify, type FastifyInstance } from "fastify";
import type { Engine } from "../infrastructure/database/index.ts";
import { readAddress } from "./address.ts";
import { openDatabase } from "./database.ts";
import { liveness, readiness } from "./health.ts";
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
  stopOnSignals(app.server, engine);
  console.log(`Listening on ${await app.listen(readAddress())}`);
}

function createApp(engine: Engine, notes: Notes): FastifyInstance {
  const app = fastify();
  app.get("/health/live", () => liveness);
  app.get("/health/ready", async (_request, reply) => {
    const { statusCode, body } = await readiness(engine);
    return reply.code(statusCode).send(body);
  });
  // {{#if observability}}
  const metrics = createMetrics(engine);
  app.get("/metrics", (_request, reply) =>
    reply.type(metrics.contentType).send(metrics.text()),
  );
  // {{/if}}
  app.get("/notes", () => notes.list());
  app.post("/notes", async (request, reply) => {
    const note = await notes.add(readNoteText(request.body));
    return reply.code(201).send(note);
  });
  app.get<{ Params: { id: string } }>("/notes/:id", async (request) => {
    const note = await notes.get(readNoteId(request.params.id));
    if (note === null) throw noSuchNote(request.params.id);
    return note;
  });
  app.setNotFoundHandler((request) => {
    throw new RequestError(
      404,
      `No such route: ${request.method} ${request.url}`,
    );
  });
  app.setErrorHandler((error, _request, reply) => {
    const { statusCode, body } = toProblem(error);
    return reply.code(statusCode).send(body);
  });
  return app;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
