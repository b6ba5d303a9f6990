import { relative } from "node:path";
import { getDatabaseConfig } from "../config/database-config.ts";
import { createEngineFromConfig } from "../engine.ts";
import {
  type CliRequest,
  parseCli,
  usage,
  UsageError,
} from "./cli-arguments.ts";
import {
  reportError,
  reportRun,
  reportStatus,
  type RunResult,
} from "./cli-report.ts";
import { createMigrator, type Migrator } from "./migrator.ts";
import { versionsFolder } from "./migrator-options.ts";
import { createMigration } from "./new-migration.ts";

/** Where the command line prints: results to `out`, errors to `error`. */
export interface CliOutput {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Runs one command and returns the exit code of the process: 0 done, 1 failed, 2 wrong use. */
export async function runCli(
  argv: readonly string[],
  output: CliOutput,
): Promise<number> {
  try {
    const request = parseCli(argv);
    if (request === "help") {
      output.out(usage.trimEnd());
      return argv.length === 0 ? 2 : 0;
    }
    return await runRequest(request, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.error(`${error.message}\n\n${usage.trimEnd()}`);
    return 2;
  }
}

async function runRequest(
  request: CliRequest,
  output: CliOutput,
): Promise<number> {
  try {
    return request.command === "new"
      ? await writeMigration(request, output)
      : await withMigrator(request, output);
  } catch (error) {
    if (request.json) output.out(JSON.stringify({ error: describe(error) }));
    else output.error(reportError(error));
    if (request.verbose && error instanceof Error) {
      output.error(error.stack ?? "");
    }
    return 1;
  }
}

async function writeMigration(
  { name, json }: CliRequest,
  { out }: CliOutput,
): Promise<number> {
  const path = relative(
    process.cwd(),
    await createMigration(versionsFolder, name),
  );
  out(json ? JSON.stringify({ path }) : `Created ${path}`);
  return 0;
}

async function withMigrator(
  request: CliRequest,
  { out }: CliOutput,
): Promise<number> {
  const { lockTimeout, json } = request;
  // A migration takes as long as it takes: an index of a large table, for instance.
  const config = getDatabaseConfig({ commandTimeout: "none" });
  const engine = createEngineFromConfig(config);
  try {
    const migrator = createMigrator(engine, {
      ...(lockTimeout !== undefined && { lockTimeout }),
      onStep: ({ name, direction, seconds }) => {
        const word = direction === "up" ? "applied" : "undone ";
        if (!json) out(`${word} ${name} (${seconds.toFixed(2)} s)`);
      },
    });
    if (request.command === "status") {
      const status = await migrator.status();
      out(json ? JSON.stringify(status) : reportStatus(status));
      return status.problems.length > 0 ? 1 : 0;
    }
    const result = await runMigrations(migrator, request);
    out(
      json ? JSON.stringify(result) : `${reportRun(result)}: ${config.safeUrl}`,
    );
    return 0;
  } finally {
    await engine.dispose();
  }
}

async function runMigrations(
  migrator: Migrator,
  { command, to, step }: CliRequest,
): Promise<RunResult> {
  const target = to === undefined ? {} : { to };
  if (command === "migrate") return { applied: await migrator.up(target) };
  const options = { ...target, ...(step !== undefined && { step }) };
  return { rolledBack: await migrator.down(options) };
}

function describe(error: unknown): { code: unknown; message: string } {
  const code =
    error instanceof Error && "code" in error ? error.code : undefined;
  return { code, message: reportError(error) };
}
