import type { DatabaseEngine } from "./database-engine.ts";
// {{#if postgres}}
import { postgresStatementTokens } from "./postgres-statement-tokens.ts";
// {{/if}}
// {{#if sqlite}}
import { sqliteStatementTokens } from "./sqlite-statement-tokens.ts";
// {{/if}}

/** What finds the values in the text of a statement, for each database; a database that is not listed shows nothing. */
export const statementTokens: Readonly<
  Partial<Record<DatabaseEngine["databaseType"], RegExp>>
> = {
  // {{#if postgres}}
  postgresql: postgresStatementTokens,
  // {{/if}}
  // {{#if sqlite}}
  sqlite: sqliteStatementTokens,
  // {{/if}}
};
