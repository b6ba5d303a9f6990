import type { NodePlopAPI } from "node-plop";
import { registerDatabase } from "./database.ts";
import { registerMigration } from "./migration.ts";
import { registerModel } from "./model.ts";

/** Registers every generator with plop: what a plopfile loads, here and as a pack. */
export default function register(plop: NodePlopAPI): void {
  registerDatabase(plop);
  registerModel(plop);
  registerMigration(plop);
}
