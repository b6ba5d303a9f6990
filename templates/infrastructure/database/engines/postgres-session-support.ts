import type { SessionSupport } from "../session/session-support.ts";

/** PostgreSQL's part in sessions. */
export const postgresSessionSupport: SessionSupport = {
  bindValue: (value) => value,
};
