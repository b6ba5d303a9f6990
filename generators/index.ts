import type { NodePlopAPI } from "plop";
import { registerAction } from "./command-action.ts";
import { databaseGenerator } from "./database.ts";
import { migrationGenerator } from "./migration.ts";
import { modelGenerator } from "./model.ts";

/** Registers all generators with plop: in this repository, and elsewhere by `plop.load("create-bento-db")`. */
export default function registerGenerators(plop: NodePlopAPI): void {
  registerAction(plop);
  plop.setGenerator("database", databaseGenerator);
  plop.setGenerator("migration", migrationGenerator);
  plop.setGenerator("model", modelGenerator);
}
