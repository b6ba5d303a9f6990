import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runNode, errorLine } from "./run-node.ts";

/** What the project's own layer says about its configuration and its database. */
export interface ProbeReport {
  /** How far it came. */
  readonly stage: "import" | "config" | "connect" | "done";
  readonly url?: string;
  readonly databaseType?: string;
  /** Connections of one process at most. */
  readonly poolLimit?: number;
  readonly milliseconds?: number;
  readonly serverVersion?: string;
  readonly maxConnections?: number;
  readonly reservedConnections?: number;
  /** What went wrong at that stage. */
  readonly error?: string;
}

const mark = "create-bento-db probe ";

/** Imports the emitted layer as the project does, opens the configured database, and closes it again. */
export async function probeLayer(
  root: string,
  layer: string,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const index = pathToFileURL(join(root, layer, "index.ts")).href;
  const args = ["--import", "tsx", "--input-type=module", "-e", script, index];
  const answer = await runNode(root, args, signal);
  const line = answer.stdout
    .split("\n")
    .find((candidate) => candidate.startsWith(mark));
  if (line !== undefined) {
    return JSON.parse(line.slice(mark.length)) as ProbeReport;
  }
  const error = answer.timedOut
    ? "it gave no answer within 30 seconds"
    : errorLine(answer.stderr);
  return { stage: "import", error };
}

/** Plain JavaScript that only uses names which the layer exports for every answer. */
const script = `
const report = { stage: "import" };
let engine;
try {
  const loaded = await import(process.argv[1]);
  const layer = loaded.getDatabaseConfig ? loaded : loaded.default;
  report.stage = "config";
  const config = layer.getDatabaseConfig();
  report.url = config.safeUrl;
  report.databaseType = config.databaseType;
  report.poolLimit = config.poolSize + config.maxOverflow;
  report.stage = "connect";
  engine = layer.createEngineFromConfig(config);
  const started = performance.now();
  const health = await layer.checkHealth(engine, { timeout: 10 });
  report.milliseconds = Math.round(performance.now() - started);
  const ask = async (expression) => {
    const [rows] = await engine.sequelize.query("SELECT " + expression + " AS value");
    return String(rows[0].value);
  };
  // Sequelize has an answer of its own to SHOW, so settings are selected.
  const setting = (name) => ask("current_setting('" + name + "')");
  if (config.isPostgres) {
    report.serverVersion = await setting("server_version");
    report.maxConnections = Number(await setting("max_connections"));
    report.reservedConnections = Number(await setting("superuser_reserved_connections"));
  } else {
    report.serverVersion = await ask("sqlite_version()");
  }
  if (health && health.healthy === false) throw health.error ?? new Error("the health check failed");
  report.stage = "done";
} catch (error) {
  report.error = String(error?.message ?? error);
}
console.log(${JSON.stringify(`\n${mark}`)} + JSON.stringify(report));
try { await engine?.dispose(); } catch {}
process.exit(0);
`;
