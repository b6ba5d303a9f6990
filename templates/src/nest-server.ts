/**
 * An example application on NestJS: notes, kept in the database.
 * Edit it, or delete src/ and keep the layer: nothing in infrastructure/ depends on it.
 */
import type { Server } from "node:http";
import { NestFactory } from "@nestjs/core";
import { readAddress } from "./address.ts";
import { AppModule } from "./app.module.ts";
import { openDatabase } from "./database.ts";
import { ProblemFilter } from "./problem.filter.ts";
import { stopOnSignals } from "./shutdown.ts";

async function main(): Promise<void> {
  const engine = await openDatabase();
  const app = await NestFactory.create(AppModule.of(engine));
  app.useGlobalFilters(new ProblemFilter(app.getHttpAdapter()));
  // Not Nest's own hooks: these first turn readiness off, and a second signal ends the process.
  const server = app.getHttpServer() as Server;
  stopOnSignals(server, engine, () => app.close());
  const { host, port } = readAddress();
  await app.listen(port, host);
  console.log(`Listening on ${await app.getUrl()}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
