/**
 * The newcomer's first minutes: types the commands at the start of README.md into a shell, in a fresh folder and with the
 * package as it would be published, and says how long each of them took.
 *
 *     npm run demo [-- --warm]
 *
 * npm starts with an empty cache, or with yours after `--warm`. Ends with code 1 when a command fails, or when all of them
 * took more than two minutes.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoCommands } from "./demo-commands.ts";
import { serveOwnPackage } from "./demo-registry.ts";
import { DemoShell, type Step } from "./demo-shell.ts";

/** Seconds that a newcomer is to need at most, until the last answer. */
const limit = 120;

const root = join(import.meta.dirname, "..");
const warm = process.argv.includes("--warm");
const folder = await mkdtemp(join(tmpdir(), "create-bento-db-demo-"));
const cache = join(folder, "cache");
const registry = await serveOwnPackage(root, folder);
const shell = new DemoShell(folder, {
  npm_config_registry: registry.url,
  // What one answers when npm asks whether it may run the package.
  npm_config_yes: "true",
  ...(!warm && { npm_config_cache: cache }),
});
try {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  for (const command of demoCommands(readme)) await shell.type(command);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await shell.leave();
  registry.close();
  await rm(cache, { recursive: true, force: true, maxRetries: 5 });
}
report(shell.steps);

function report(steps: readonly Step[]): void {
  const width = Math.max(...steps.map(({ command }) => command.length));
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log("\nSeconds");
  for (const { command, seconds } of [
    ...steps,
    { command: "in all", seconds: total },
  ])
    console.log(
      `  ${command.padEnd(width)}  ${seconds.toFixed(1).padStart(5)}`,
    );
  console.log(
    warm
      ? "\nnpm used your cache; without --warm it starts with an empty one."
      : "\nnpm's cache was empty: every package came over the network.",
  );
  console.log(`What was made is in ${shell.folder}, for you to play with.`);
  if (total <= limit) return;
  console.error(
    `Expected at most ${limit} s in all, took ${total.toFixed(1)}.`,
  );
  process.exitCode = 1;
}
