import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { testCache } from "./fixtures.ts";

const packageFolder = join(import.meta.dirname, "../../node_modules/sqlite3");
const built = "build/Release/node_sqlite3.node";

/**
 * The variables with which sqlite3's install script takes the binary that is built in this repository, instead of
 * downloading one or compiling for a minute. The names are those of prebuild-install.
 */
export function sqlitePrebuildEnvironment(): NodeJS.ProcessEnv {
  const folder = join(testCache, "prebuilds");
  const file = join(folder, archiveName());
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    execFileSync("tar", ["-czf", draft, "-C", packageFolder, built]);
    renameSync(draft, file);
  }
  return { npm_config_sqlite3_local_prebuilds: folder };
}

function archiveName(): string {
  const text = readFileSync(join(packageFolder, "package.json"), "utf8");
  const { version, binary } = JSON.parse(text) as {
    version: string;
    binary: { napi_versions: number[] };
  };
  const supported = Number(process.versions.napi);
  const napi = Math.max(
    ...binary.napi_versions.filter((candidate) => candidate <= supported),
  );
  const libc = isMusl() ? "musl" : "";
  return `sqlite3-v${version}-napi-v${napi}-${process.platform}${libc}-${process.arch}.tar.gz`;
}

function isMusl(): boolean {
  const require = createRequire(join(packageFolder, "package.json"));
  const detect = require("detect-libc") as {
    isNonGlibcLinuxSync: () => boolean;
  };
  return detect.isNonGlibcLinuxSync();
}
