/** One of several processes that migrate at once: prints the names it applied as JSON. */
import { DatabaseConfig } from "../../templates/infrastructure/database/config/database-config.ts";
import { createEngineFromConfig } from "../../templates/infrastructure/database/engine.ts";
import { createMigrator } from "../../templates/infrastructure/database/migrations/migrator.ts";

const [url = "", folder = ""] = process.argv.slice(2);
const config = new DatabaseConfig({ url }, { env: {}, envFile: false });
const engine = createEngineFromConfig(config);
try {
  const applied = await createMigrator(engine, { folder }).up();
  console.log(JSON.stringify(applied));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await engine.dispose();
}
