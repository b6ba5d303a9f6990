import { format, type Options } from "prettier";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { mergeFile, type MergeInput } from "../../src/merge.ts";
import { conflictsOf, type Merged } from "../../src/merge/merged.ts";
import { decideMerged } from "../../src/merge/print-merged.ts";

/** A text, or what to replace in the base to get it. */
type Version = string | readonly (readonly [string, string])[];

/** One merge as a story: where both started, what each did, and what comes of it. */
export interface Story {
  readonly name: string;
  readonly base: string;
  readonly yours: Version;
  readonly theirs: Version;
  /** The text where all goes well, from the user's text on; else the declarations that are left to the user. */
  readonly merged?: Version;
  readonly conflicts?: readonly string[];
  /** What a conflict says; part of its reason. */
  readonly reason?: string;
  readonly path?: string;
  readonly renames?: MergeInput["renames"];
  /** Styles in which the story makes no sense, since its point is in the white space. */
  readonly asWritten?: boolean;
}

const teamStyle: Options = {
  useTabs: true,
  semi: false,
  singleQuote: true,
  printWidth: 100,
  trailingComma: "none",
  arrowParens: "avoid",
};

/** Tells a story as it is, then with Windows line endings, then with a user who formats in other ways. */
export function tell(story: Story): void {
  const texts = read(story);
  test(story.name, () => {
    check(story, texts, mergeFile(texts), texts.merged);
  });
  test(`${story.name} – CRLF`, () => {
    const yours = texts.yours.replaceAll("\n", "\r\n");
    const merged = texts.merged?.replaceAll("\n", "\r\n");
    check(story, texts, mergeFile({ ...texts, yours }), merged);
  });
  if (story.asWritten === true) return;
  const styles = {
    "team style": teamStyle,
    tabs: { useTabs: true },
    "no semicolons": { semi: false },
    "width 100": { printWidth: 100 },
  };
  for (const [style, options] of Object.entries(styles)) {
    test(`${story.name} – ${style}`, async () => {
      await checkStyle(story, texts, { ...options, parser: "typescript" });
    });
  }
}

interface Texts extends MergeInput {
  readonly merged: string | undefined;
}

function read(story: Story): Texts {
  const base = dedent(story.base);
  const yours = apply(base, story.yours);
  return {
    path: story.path ?? "file.ts",
    base,
    yours,
    theirs: apply(base, story.theirs),
    merged: story.merged && apply(yours, story.merged),
    ...(story.renames && { renames: story.renames }),
  };
}

function apply(base: string, version: Version): string {
  if (typeof version === "string") return dedent(version);
  return version.reduce((text, [from, to]) => {
    assert.is(text.split(from).length, 2, `one place has ${from}`);
    return text.replace(from, () => to);
  }, base);
}

/** Without the indentation of the table that the text stands in. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").replace(/\n *$/, "\n").split("\n");
  const margin = Math.min(
    ...lines
      .filter((line) => line.trim() !== "")
      .map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  return lines.map((line) => line.slice(margin)).join("\n");
}

function check(
  story: Story,
  texts: MergeInput,
  result: Merged,
  merged: string | undefined,
): void {
  const conflicts = conflictsOf(result);
  const names = conflicts.map(({ name }) => name);
  assert.equal(names, story.conflicts ?? [], explain(result));
  if (merged !== undefined) {
    const text = decideMerged(result, ({ yours }) => yours);
    assert.fixture(text, merged);
  }
  for (const { reason } of conflicts) {
    assert.ok(reason.includes(story.reason ?? ""), reason);
  }
  assert.equal(mergeFile(texts).pieces, mergeFile(texts).pieces);
}

async function checkStyle(
  story: Story,
  texts: Texts,
  options: Options,
): Promise<void> {
  const yours = await format(texts.yours, options);
  const result = mergeFile({ ...texts, yours });
  const names = conflictsOf(result).map(({ name }) => name);
  assert.equal(names, story.conflicts ?? [], explain(result));
  if (texts.merged === undefined) return;
  const text = decideMerged(result, (conflict) => conflict.yours);
  const expected = await format(texts.merged, options);
  assert.fixture(await format(text, options), expected);
  const kept = new Set(expected.split("\n"));
  const lost = yours
    .split("\n")
    .filter((line) => kept.has(line) && !text.split("\n").includes(line));
  assert.equal(lost, [], "lines that nobody changed");
}

function explain(result: Merged): string {
  return decideMerged(
    result,
    ({ reason, base, yours, theirs }) =>
      `<<< ${reason}\n${yours}|||\n${base}===\n${theirs}>>>\n`,
  );
}
