import { readdirSync, readFileSync } from "node:fs";
import type { Metafile } from "esbuild";

/** The licences of all packages whose code is in the bundle, as those licences ask. */
export function thirdPartyNotice(metafile: Metafile): string {
  const folders = Object.keys(metafile.inputs).flatMap((path) => {
    const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(path);
    return match === null ? [] : [match[0]];
  });
  return [...new Set(folders)]
    .sort()
    .map(noticeOf)
    .join(`\n${"-".repeat(80)}\n\n`);
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(
    readFileSync(`${folder}package.json`, "utf8"),
  ) as Record<"name" | "version" | "license", string>;
  const licence = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text =
    licence === undefined ? "" : readFileSync(`${folder}${licence}`, "utf8");
  const { name, version, license } = manifest;
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
