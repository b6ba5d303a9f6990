import { readFileSync } from "node:fs";
import type { BundledPackage } from "./bundled-packages.ts";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * What the bundle is made of, as CycloneDX 1.6 has it: scanners look at dependencies, and the published package has none
 * to look at. No date and no serial number, so that the same sources make the same file.
 */
export function billOfMaterials(packages: readonly BundledPackage[]): string {
  const own = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: component("application", own) },
    components: packages.map((bundled) => ({
      ...component("library", bundled),
      hashes: [{ alg: "SHA-512", content: tarballHash(bundled) }],
    })),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function component(
  type: "application" | "library",
  { name, version, license }: Manifest,
): object {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const licenses = [{ license: { id: license } }];
  return { type, "bom-ref": purl, name, version, licenses, purl };
}

/** npm's lock has the hash of each tarball, in base64. */
function tarballHash({ folder }: BundledPackage): string {
  lock ??= JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
  const integrity = lock.packages[folder.slice(0, -1)]?.integrity ?? "";
  const hash = /^sha512-(.+)$/.exec(integrity)?.[1];
  if (hash === undefined) throw new Error(`${folder} has no SHA-512 in lock.`);
  return Buffer.from(hash, "base64").toString("hex");
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly integrity?: string } | undefined>
  >;
}

let lock: Lock | undefined;
