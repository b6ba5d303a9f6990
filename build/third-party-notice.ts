import { readdirSync, readFileSync } from "node:fs";
import type { BundledPackage } from "./bundled-packages.ts";

/** The licences of all packages whose code is in the bundle, as those licences ask. */
export function thirdPartyNotice(packages: readonly BundledPackage[]): string {
  return packages.map(noticeOf).join(`\n${"-".repeat(80)}\n\n`);
}

function noticeOf(bundled: BundledPackage): string {
  const { name, version, license, folder } = bundled;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? "" : readFileSync(`${folder}${file}`, "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
