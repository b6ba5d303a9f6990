/** What a URL's scheme says about the database behind it. */
export type DatabaseType = "sqlite" | "postgresql" | "mysql" | "unknown";

const schemes: Readonly<Record<string, DatabaseType>> = {
  sqlite: "sqlite",
  file: "sqlite",
  postgresql: "postgresql",
  postgres: "postgresql",
  mysql: "mysql",
  mariadb: "mysql",
};

/** The schemes with a meaning here; a `+driver` may follow them. */
export const knownSchemes: readonly string[] = Object.keys(schemes);

/** Tells the database from the scheme alone: a SQLite file named `postgres.db` is SQLite. */
export function databaseTypeOf(url: string): DatabaseType {
  const scheme = schemeOf(url);
  return scheme !== undefined && Object.hasOwn(schemes, scheme)
    ? (schemes[scheme] ?? "unknown")
    : "unknown";
}

/** The scheme in lower case, without its `+driver`; undefined when there is none. */
export function schemeOf(url: string): string | undefined {
  return /^([a-z][a-z0-9.-]*)(?:\+[a-z0-9_]+)?:/i.exec(url)?.[1]?.toLowerCase();
}
