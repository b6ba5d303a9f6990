import type { DatabaseConfig } from "../config/database-config.ts";
import { DatabaseLayerError } from "../errors.ts";
import type { DatabaseEngine } from "./database-engine.ts";
// {{#if postgres}}
import { PostgreSQLEngine } from "./postgres.ts";
// {{/if}}
// {{#if sqlite}}
import { SQLiteEngine } from "./sqlite.ts";
// {{/if}}

/** The databases of this project, by the type that the URL's scheme tells. */
const engines: Readonly<
  Record<string, (config: DatabaseConfig) => DatabaseEngine>
> = {
  // {{#if postgres}}
  postgresql: (config) => new PostgreSQLEngine(config),
  // {{/if}}
  // {{#if sqlite}}
  sqlite: (config) => new SQLiteEngine(config),
  // {{/if}}
};

/** The engine for the database that the configuration names. */
export function getEngineForConfig(config: DatabaseConfig): DatabaseEngine {
  const { databaseType } = config;
  const create = engines[databaseType];
  if (create === undefined) {
    const supported = Object.keys(engines).join(" and ");
    throw new DatabaseLayerError(
      "UNSUPPORTED_DATABASE",
      `This project has been generated for ${supported}, but the configuration is for ${databaseType}. Change DB_URL, or add the other database: npx create-bento-db add sqlite, or add postgres. MySQL is not supported.`,
    );
  }
  return create(config);
}
