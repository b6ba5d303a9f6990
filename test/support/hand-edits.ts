/** What people do to a layer that they own, made by hand on the files of the oldest release. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const layer = "infrastructure/database";

/** One edit of one file: a text of the release, and what stands in its place. */
export interface HandEdit {
  /** Relative to the project. */
  readonly path: string;
  readonly what: string;
  readonly find: string;
  readonly put: string;
}

/** Edits that a careful person merges without thinking, most of them in files that later releases changed too. */
export const handEdits: readonly HandEdit[] = [
  {
    path: `${layer}/config/mask.ts`,
    what: "another limit in a helper",
    find: "text.length > 80 ? `${text.slice(0, 79)}…`",
    put: "text.length > 120 ? `${text.slice(0, 119)}…`",
  },
  {
    path: `${layer}/config/settings.ts`,
    what: "another default beside a changed line",
    find: "fallback: 0.5,",
    put: "fallback: 0.25,",
  },
  {
    path: `${layer}/config/postgres-settings.ts`,
    what: "a comment above a setting",
    find: "export const sslKey",
    put: "// Rotated every 90 days by the platform team.\nexport const sslKey",
  },
  {
    path: `${layer}/config/postgres-tls.ts`,
    what: "a constant at the end",
    find: "",
    put: '\n/** The oldest protocol that our auditors accept. */\nexport const oldestTls = "TLSv1.3";\n',
  },
  {
    path: `${layer}/config/sqlite-parameters.ts`,
    what: "an exported helper at the end",
    find: "",
    put: "\n/** For the admin page. */\nexport function parameterNames(): readonly string[] {\n  return known;\n}\n",
  },
  {
    path: `${layer}/config/sqlite-url.ts`,
    what: "another example in a table",
    find: 'example: "sqlite:///app.db"',
    put: 'example: "sqlite:///var/lib/shop/shop.db"',
  },
  {
    path: `${layer}/engine.ts`,
    what: "a constant renamed, with all its uses",
    find: "disposePatienceMs",
    put: "shutdownPatienceMs",
  },
  {
    path: `${layer}/engines/postgres-connection.ts`,
    what: "a private field renamed, with all its uses",
    find: "#listener",
    put: "#onNotice",
  },
  {
    path: `${layer}/engines/postgres-migration-lock.ts`,
    what: "a second line of a comment",
    find: "    // Ends the transaction, and the lock with it.",
    put: "    // Ends the transaction, and the lock with it.\n    // Our DBA asked for this to stay a transaction lock.",
  },
  {
    path: `${layer}/engines/sqlite.ts`,
    what: "another PRAGMA on the line after a changed one",
    find: 'synchronous: "NORMAL",',
    put: 'synchronous: "FULL",',
  },
  {
    path: `${layer}/index.ts`,
    what: "exports of one's own",
    find: "",
    put: '\nexport { oldestTls } from "./config/postgres-tls.ts";\n',
  },
  {
    path: `${layer}/lifecycle/health.ts`,
    what: "another default of an option",
    find: "const { timeout = 5 } = options;",
    put: "const { timeout = 3 } = options;",
  },
  {
    path: `${layer}/models/note.ts`,
    what: "a column",
    find: "  declare text: string;",
    put: "  declare text: string;\n  declare author: CreationOptional<string | null>;",
  },
  {
    path: `${layer}/models/note.ts`,
    what: "the column's definition, above a changed line",
    find: "      text: { type: DataTypes.STRING(500), allowNull: false },",
    put: "      text: { type: DataTypes.STRING(500), allowNull: false },\n      author: { type: DataTypes.STRING(80), allowNull: true },",
  },
  {
    path: `${layer}/pool/connection-opener.ts`,
    what: "another pause",
    find: "const longestPauseWhileServedMs = 250;",
    put: "const longestPauseWhileServedMs = 400;",
  },
  {
    path: `${layer}/pool/connection-pool.ts`,
    what: "a method at the start of the class",
    find: "export class ConnectionPool {",
    put: "export class ConnectionPool {\n  /** For the dashboard. */\n  get label(): string {\n    return `pool of ${String(this.#options.size)}`;\n  }\n",
  },
  {
    path: `${layer}/pool/lanes.ts`,
    what: "documentation of a method that changes",
    find: "  async probe(timeoutMs: number)",
    put: "  // Called by the readiness probe every 5 s.\n  async probe(timeoutMs: number)",
  },
  {
    path: `${layer}/pool/slot.ts`,
    what: "an optional member in an interface with a changed comment",
    find: '  state: "idle" | "lent" | "closed";',
    put: '  /** Who asked for it, for our tracing. */\n  borrowedBy?: string;\n  state: "idle" | "lent" | "closed";',
  },
  {
    path: `${layer}/resilience/layer-codes.ts`,
    what: "an item in a table that loses another",
    find: '  ["TRANSACTION_LOST", verdicts.unreachable],',
    put: '  ["TRANSACTION_LOST", verdicts.unreachable],\n  ["TENANT_SUSPENDED", verdicts.permanent],',
  },
  {
    path: `${layer}/session/bulk-delete.ts`,
    what: "another size",
    find: "const chunkSize = 500;",
    put: "const chunkSize = 250;",
  },
  {
    path: `${layer}/session/identity-map.ts`,
    what: "an import, for a function of one's own",
    find: "",
    put: "\n/** For the debugger. */\nexport function describeMap(map: IdentityMap): string {\n  return `${String([...map].length)} objects`;\n}\n",
  },
  {
    path: `${layer}/session/links.ts`,
    what: "a loop's variable renamed, with all its uses",
    find: "association",
    put: "relation",
  },
  {
    path: `${layer}/session/unit-of-work.ts`,
    what: "a method between others",
    find: "  isRemoved(instance: Model): boolean {",
    put: "  /** How much a flush would write, for our metrics. */\n  get size(): number {\n    return this.#added.size + this.#removed.size;\n  }\n\n  isRemoved(instance: Model): boolean {",
  },
  {
    path: `${layer}/logger.ts`,
    what: "a body replaced, in a file that no release changed",
    find: "    console.warn(message);",
    put: '    console.warn(JSON.stringify({ level: "warn", message }));',
  },
  {
    path: `${layer}/errors.ts`,
    what: "an error class of one's own",
    find: "",
    put: '\n/** A tenant may not write. */\nexport class TenantReadOnlyError extends DatabaseLayerError {\n  constructor(tenant: string) {\n    super("TENANT_READ_ONLY", `The tenant ${tenant} may only read.`);\n  }\n}\n',
  },
  {
    path: `${layer}/defaults.ts`,
    what: "the project's own defaults",
    find: "  poolSize: 5,",
    put: "  poolSize: 8,",
  },
  {
    path: "src/listen.ts",
    what: "a longer queue in the example",
    find: "server.listen(port, host);",
    put: "server.listen({ port, host, backlog: 1024 });",
  },
  {
    path: "src/json-body.ts",
    what: "another limit in a file that changes throughout",
    find: "const limit = 100_000;",
    put: "const limit = 250_000;",
  },
  {
    path: ".env.example",
    what: "a setting of one's own",
    find: "",
    put: "\n# Ours\nSENTRY_DSN=\n",
  },
  {
    path: "package.json",
    what: "a script of one's own",
    find: '"typecheck": "tsc --noEmit",',
    put: '"typecheck": "tsc --noEmit",\n    "lint": "eslint .",',
  },
];

/** A change of the very text that a later release changed: nobody can do both. */
export const clashingEdit: HandEdit = {
  path: `${layer}/config/mask.ts`,
  what: "another mask",
  find: '"?***"',
  put: '"?(hidden)"',
};

/** Makes edits in a project; throws where the text that one is about is not there. */
export function makeEdits(folder: string, edits: readonly HandEdit[]): void {
  for (const { path, find, put, what } of edits) {
    const file = join(folder, path);
    const text = readFileSync(file, "utf8");
    if (!text.includes(find)) throw new Error(`${path}: no place for ${what}.`);
    const whole = new RegExp(
      `(?<!\\w)${find.replaceAll(/[^\w\s]/g, "\\$&")}(?!\\w)`,
      "g",
    );
    writeFileSync(
      file,
      find === "" ? text + put : text.replace(whole, () => put),
    );
  }
}

/** The lines of edits that are not in a project, each with its file. */
export function missingLines(
  folder: string,
  edits: readonly HandEdit[],
): readonly string[] {
  return edits.flatMap(({ path, find, put }) => {
    const lines = new Set(trimmed(readFileSync(join(folder, path), "utf8")));
    const own = trimmed(put).filter((line) => !trimmed(find).includes(line));
    const isThere = (line: string): boolean =>
      [...lines].some((present) => present.includes(line));
    return own
      .filter((line) => !isThere(line))
      .map((line) => `${path}: ${line}`);
  });
}

/** Moves a file of the layer's configuration, and points its neighbours' imports to it. */
export function moveConfiguration(
  folder: string,
  from: string,
  to: string,
  importers: readonly string[],
): void {
  const place = join(folder, layer, "config");
  mkdirSync(dirname(join(place, to)), { recursive: true });
  renameSync(join(place, from), join(place, to));
  for (const name of importers) {
    const text = readFileSync(join(place, name), "utf8");
    writeFileSync(join(place, name), text.replace(`"./${from}"`, `"./${to}"`));
  }
}

function trimmed(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
