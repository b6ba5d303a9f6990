/**
 * The published command's first file. Help and version are texts made at build time, so that the most common call
 * loads nothing; everything else is in the bundle beside it.
 */
import * as module from "node:module";

/** Set by the build: what each of these command lines prints, by its words joined with blanks. */
declare const preparedTexts: Readonly<Record<string, string>>;

const words = process.argv.slice(2).join(" ");
const { isTTY, columns } = process.stdout;
// The texts are 80 columns wide.
const fits = !isTTY || columns >= 80 || columns === 0;
const text =
  fits && Object.hasOwn(preparedTexts, words)
    ? preparedTexts[words]
    : undefined;

if (text === undefined) {
  // Node.js 22 and newer keep compiled code between runs.
  if ("enableCompileCache" in module) {
    (module.enableCompileCache as () => void)();
  }
  // @ts-expect-error The bundle exists only in dist/.
  await import("./main.js");
} else {
  // A reader that closes the pipe early, such as head, has seen enough.
  process.stdout.on("error", () => process.exit());
  process.stdout.write(text);
}
