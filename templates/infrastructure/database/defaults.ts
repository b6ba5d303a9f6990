import type { DatabaseConfigInput } from "./config/settings.ts";

/**
 * This project's own defaults; they are yours to change. Overrides in code, the environment and
 * `.env` win over them. Durations are in seconds.
 */
export const defaults: DatabaseConfigInput = {
  // {{#if sqlite}}
  url: "sqlite:///app.db",
  // {{/if}}
  applicationName: "{{applicationName}}",
  poolSize: 5,
  maxOverflow: 10,
  poolTimeout: 30,
  poolRecycle: 3600,
  connectTimeout: 10,
  commandTimeout: 60,
};
