/**
 * An example application on Express: notes, kept in the database.
 * Edit it, or delete src/ and keep the layer: nothing in infrastructure/ depends on it.
 */
import { createServer } from "node:http";
import express, { type Express, type NextFunction } from "express";
import type { Request, Response } from "express";
import type { Engine } from "../infrastructure/database/index.ts";
import { openDatabase } from "./database.ts";
import { liveness, readiness } from "./health.ts";
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
  const server = createServer(createApp(engine, notes));
  stopOnSignals(server, engine);
  console.log(`Listening on ${await listen(server)}`);
}

function createApp(engine: Engine, notes: Notes): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json());
  app.get("/health/live", (_request, response) => {
    response.json(liveness);
  });
  app.get("/health/ready", async (_request, response) => {
    const { statusCode, body } = await readiness(engine);
    response.status(statusCode).json(body);
  });
  // {{#if observability}}
  const metrics = createMetrics(engine);
  app.get("/metrics", (_request, response) => {
    response.type(metrics.contentType).send(metrics.text());
  });
  // {{/if}}
  app.get("/notes", async (_request, response) => {
    response.json(await notes.list());
  });
  app.post("/notes", async (request, response) => {
    response.status(201).json(await notes.add(readNoteText(request.body)));
  });
  app.get("/notes/:id", async (request, response) => {
    const note = await notes.get(readNoteId(request.params.id));
    if (note === null) throw noSuchNote(request.params.id);
    response.json(note);
  });
  app.use((request) => {
    throw new RequestError(
      404,
      `No such route: ${request.method} ${request.path}`,
    );
  });
  app.use(answerProblem);
  return app;
}

/** Express knows an error handler by its four parameters. */
function answerProblem(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const { statusCode, body } = toProblem(error);
  response.status(statusCode).json(body);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
