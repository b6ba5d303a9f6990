import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Bytes of code in dist/, the compiled templates aside. */
export interface CodeSizes {
  /** What all commands but those that merge can load. */
  readonly everyday: number;
  /** The chunk that merges, with the parser that it bundles. */
  readonly merging: number;
  /** All of it as it travels, compressed file by file. */
  readonly compressed: number;
}

/** A text that only the templates have, and one that only the parser has. */
const ofTemplates = "infrastructure/database/engine.ts";
const ofParser = "BABEL_PARSER_SYNTAX_ERROR";

export function codeSizes(root: string): CodeSizes {
  const dist = join(root, "dist");
  const texts = readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(dist, name), "utf8"))
    .filter((text) => !text.includes(ofTemplates));
  const merging = texts.filter((text) => text.includes(ofParser));
  const everyday = texts.filter((text) => !text.includes(ofParser));
  return {
    everyday: total(everyday.map(bytes)),
    merging: total(merging.map(bytes)),
    compressed: total(texts.map((text) => gzipSync(text).byteLength)),
  };
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
