const descriptions: Readonly<Record<string, string | undefined>> = {
  ".bento": "the record that upgrades build on",
  "README.md": "a map of the layer",
  config: "settings, checked at the start",
  "defaults.ts": "your own defaults",
  draining: "shutdown that loses nothing",
  "engine.ts": "what opens the database",
  engines: "what differs by database",
  "errors.ts": "the failures that callers may meet",
  "index.ts": "everything to import",
  lifecycle: "tables, health and monitoring",
  "logger.ts": "where messages go",
  migrations: "versioned schema",
  models: "your models",
  observability: "metrics and slow statements",
  pool: "connections, limited and watched",
  resilience: "retries that know which errors pass",
  session: "unit of work",
  src: "example application",
  tests: "tests of the layer",
};

/** What a folder or file of the layer is for, in a few words. */
export function describePath(name: string): string | undefined {
  return descriptions[name];
}
