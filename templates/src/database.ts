import {
  createEngineFromConfig,
  type Engine,
  getDatabaseConfig,
} from "../infrastructure/database/index.ts";
import { initModels } from "../infrastructure/database/models/index.ts";

/** The database of `DB_URL` with the application's models; its tables come from the migrations (script db:migrate). */
export function openDatabase(): Promise<Engine> {
  const engine = createEngineFromConfig(getDatabaseConfig());
  initModels(engine.sequelize);
  return Promise.resolve(engine);
}
