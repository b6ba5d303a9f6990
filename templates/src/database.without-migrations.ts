import {
  createEngineFromConfig,
  type Engine,
  getDatabaseConfig,
  initDatabase,
} from "../infrastructure/database/index.ts";
import { initModels } from "../infrastructure/database/models/index.ts";

/** The database of `DB_URL` with the application's models; tables that are missing are created. */
export async function openDatabase(): Promise<Engine> {
  const engine = createEngineFromConfig(getDatabaseConfig());
  initModels(engine.sequelize);
  await initDatabase(engine);
  return engine;
}
