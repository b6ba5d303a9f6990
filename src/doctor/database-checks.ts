import type { Answers } from "../answers.ts";
import { failed, ok, skipped, warning, type Check } from "./check.ts";
import type { ProbeReport } from "./probe.ts";

/** The checks that follow from what the layer itself said. */
export function checksOf(report: ProbeReport, answers: Answers): Check[] {
  const error = report.error ?? "no message";
  switch (report.stage) {
    case "import":
      return [
        failed(
          "layer",
          `cannot be imported: ${error}`,
          `Run ${answers.packageManager} install, then the type check.`,
        ),
        skipped("environment", "the layer cannot be imported"),
        skipped("database", "the layer cannot be imported"),
      ];
    case "config":
      return [
        ok("layer", "imports"),
        failed(
          "environment",
          error,
          "Put these variables right, in the environment or in .env.",
        ),
        skipped("database", "the configuration is not valid"),
      ];
    case "connect":
      return [
        ok("layer", "imports"),
        ok("environment", `valid: ${report.url ?? ""}`),
        failed("database", error, reach(report)),
      ];
    case "done":
      return [
        ok("layer", "imports"),
        ok("environment", `valid: ${report.url ?? ""}`),
        ok("database", reached(report)),
        ...poolCheck(report),
      ];
  }
}

function reached(report: ProbeReport): string {
  const product = report.databaseType === "sqlite" ? "SQLite" : "PostgreSQL";
  return `${product} ${report.serverVersion ?? ""} answered within ${report.milliseconds ?? 0} ms`;
}

function reach({ databaseType, url }: ProbeReport): string {
  return databaseType === "sqlite"
    ? `Check that the folder of ${url ?? "the file"} is there and can be written.`
    : `Check that the server runs and that DB_URL is right: ${url ?? ""}.`;
}

/** A full server refuses the next process, however small its own pool is. */
function poolCheck(report: ProbeReport): Check[] {
  const { maxConnections, reservedConnections = 0, poolLimit = 0 } = report;
  if (maxConnections === undefined) return [];
  const free = maxConnections - reservedConnections;
  const processes = Math.floor(free / poolLimit);
  const detail = `one process takes up to ${poolLimit} of ${free} connections`;
  const remedy =
    "Lower DB_POOL_SIZE or DB_MAX_OVERFLOW, or raise max_connections of the server.";
  if (processes < 1) return [failed("pool", detail, remedy)];
  if (processes < 2) {
    return [warning("pool", `${detail}: a second process may wait`, remedy)];
  }
  return [ok("pool", `${detail}: room for ${processes} processes`)];
}
