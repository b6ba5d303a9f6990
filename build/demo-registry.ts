import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const shell = process.platform === "win32";

/** A registry for npm that has the package of this clone, and sends for all others to the one that npm knows. */
export interface DemoRegistry {
  readonly url: string;
  close(): void;
}

/** Packs the package of `root` into `folder` and serves it as its latest version. */
export async function serveOwnPackage(
  root: string,
  folder: string,
): Promise<DemoRegistry> {
  const text = readFileSync(join(root, "package.json"), "utf8");
  const manifest = JSON.parse(text) as { name: string; version: string };
  const tarball = readFileSync(await pack(root, folder));
  const upstream = await npm(["config", "get", "registry"], root);
  const file = `/${manifest.name}.tgz`;
  const server = createServer((request, response) => {
    if (request.url === file) response.end(tarball);
    else if (request.url === `/${manifest.name}`)
      response.end(JSON.stringify(describe(manifest, tarball, url + file)));
    else {
      const path = (request.url ?? "/").slice(1);
      response.writeHead(307, { Location: new URL(path, upstream).href }).end();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function pack(root: string, folder: string): Promise<string> {
  const words = ["pack", "--ignore-scripts", "--pack-destination", folder];
  const output = await npm(words, root);
  return join(folder, output.split("\n").at(-1) ?? "");
}

async function npm(words: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run("npm", words, { cwd, shell });
  return stdout.trim();
}

/** What a registry knows about a package with one version. */
function describe(
  manifest: { readonly name: string; readonly version: string },
  tarball: Buffer,
  url: string,
): object {
  const { name, version } = manifest;
  const hash = createHash("sha512").update(tarball).digest("base64");
  const dist = { tarball: url, integrity: `sha512-${hash}` };
  return {
    name,
    "dist-tags": { latest: version },
    versions: { [version]: { ...manifest, dist } },
  };
}
