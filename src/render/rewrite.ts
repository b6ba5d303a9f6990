import type { Answers } from "../answers.ts";
import { layerFolder, moveLayer } from "../plan/landing.ts";
import { mapImports, type ImportParts } from "./import-statements.ts";
import { relativeSpecifier, resolveSpecifier } from "./specifiers.ts";

/** What the pass needs to know of a file: where it lands by default, and where it lands here. */
export interface Placed {
  readonly id: string;
  readonly target: string;
}

/** The one pass over a rendered text: from what the repository compiles to what this project expects. */
export function rewrite(text: string, file: Placed, answers: Answers): string {
  if (!file.id.endsWith(".ts")) return rewriteProse(text, file, answers);
  const steps = [
    closeGaps,
    (code: string) => forTestRunner(code, answers),
    (code: string) => forModuleSystem(code, answers),
    (code: string) =>
      mapImports(code, (parts) => placeImport(parts, file, answers)),
    breakLongStrings,
  ];
  return steps.reduce((code, step) => step(code), text);
}

/** Paths in commands, code in Markdown, and the gaps that blocks between paragraphs leave behind. */
function rewriteProse(text: string, { id }: Placed, answers: Answers): string {
  const placed = text.replaceAll(layerFolder, () => answers.path);
  if (!id.endsWith(".md")) return placed;
  return mapImports(closeGaps(placed), ({ head, specifier }) => ({
    // The blank makes it a change, so that it is laid out anew for the path above too.
    head: `${head} `,
    specifier: specifier.startsWith(".")
      ? specifier.replace(/\.ts$/, answers.importExtension)
      : specifier,
  }));
}

/** Where a block with blank lines around it is left out, one blank line stays. */
function closeGaps(text: string): string {
  return text.replaceAll(/\n{3,}/g, "\n\n");
}

/** The tests are written for uvu; the other runners start by themselves. */
function forTestRunner(code: string, { testRunner }: Answers): string {
  if (testRunner === "uvu") return code;
  const module = testRunner === "node" ? "node:test" : "vitest";
  return code
    .replace(
      /^import \{ test \} from "uvu";$/m,
      `import { test } from "${module}";`,
    )
    .replace(/\n+test\.run\(\);\n/, "\n");
}

/** The few spellings that differ where the compiled code is CommonJS. */
function forModuleSystem(code: string, { module }: Answers): string {
  if (module === "esm") return code;
  return (
    code
      .replaceAll("import.meta.dirname", "__dirname")
      .replaceAll("import.meta.filename", "__filename")
      // Needs no esModuleInterop this way.
      .replace(
        /^import sqlite3 from "sqlite3";$/m,
        'import * as sqlite3 from "sqlite3";',
      )
  );
}

function placeImport(
  { head, specifier }: ImportParts,
  file: Placed,
  answers: Answers,
): ImportParts {
  if (!specifier.startsWith(".")) return { head, specifier };
  const imported = moveLayer(
    resolveSpecifier(file.id, specifier),
    answers.path,
  );
  const placed = relativeSpecifier(file.target, imported);
  return {
    head,
    specifier: placed.replace(/\.ts$/, answers.importExtension),
  };
}

/** A value can push its line over the width; Prettier then sets the string on a line of its own. */
function breakLongStrings(code: string): string {
  return code.replaceAll(
    /^( *)((?:export )?(?:const )?[\w.]+(?: =|:)) ("[^"\n]*"[;,])$/gm,
    (line: string, indent: string, start: string, value: string) =>
      line.length <= 80 || isShortKey(start)
        ? line
        : `${indent}${start}\n${indent}  ${value}`,
  );
}

/** A break after a key this short would gain nothing, so Prettier leaves the line long. */
function isShortKey(start: string): boolean {
  return start.endsWith(":") && start.length <= 5;
}
