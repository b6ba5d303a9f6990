/**
 * Plans for random trees, without a disk: nothing of the user's is lost outside conflict markers, what nobody asks is
 * whole, and a plan for what a plan has left changes nothing.
 *
 *     TREES=10000 SEED=1 node --import tsx test/upgrade/random-plans.test.ts
 */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashText, type RecordedFile } from "../../src/record.ts";
import { compare } from "../../src/upgrade/layer-file.ts";
import {
  decideConflicts,
  decisions,
} from "../../src/upgrade/plan-conflicts.ts";
import type { EmittedFile, FileInput } from "../../src/upgrade/plan-input.ts";
import type { FilePlan } from "../../src/upgrade/plan-outcome.ts";
import { planUpgrade } from "../../src/upgrade/plan-upgrade.ts";
import { announcedSeed } from "../support/random.ts";
import {
  type FileStory,
  names,
  stories,
  textOf,
  written,
} from "../support/tree-stories.ts";
import { answersOf } from "../support/upgrades.ts";

const seed = announcedSeed();
const numRuns = Number(process.env.TREES ?? 1500);
const layer = "infrastructure/database";

/** The texts of one file; undefined where it is not there. */
interface Sides {
  readonly base: string | undefined;
  readonly yours: string | undefined;
  readonly theirs: string | undefined;
}

function sidesOf(name: string, story: FileStory): Sides {
  const none = story.theirs.map(() => "none");
  const text = textOf(name, story.yours, "yours");
  const yours = story.crlf ? text.replaceAll("\n", "\r\n") : text;
  const deleted = story.fate === "deleted";
  return {
    base: story.old ? textOf(name, none, "theirs") : undefined,
    yours: story.old && !deleted ? yours : undefined,
    theirs: story.now ? textOf(name, story.theirs, "theirs") : undefined,
  };
}

function recordedAs(id: string, text: string, version: string): RecordedFile {
  return { id, path: id, hash: hashText(text), version, state: "managed" };
}

function inputOf(id: string, { base, yours, theirs }: Sides): FileInput {
  const emitted: EmittedFile | undefined =
    theirs === undefined
      ? undefined
      : {
          recorded: recordedAs(id, theirs, "1.1.0"),
          pristine: theirs,
          text: theirs,
          styled: theirs,
          inTheWay: { kind: "none" },
        };
  const read = {
    recorded: recordedAs(id, base ?? "", "1.0.0"),
    path: id,
    moved: false,
    ownPlace: false,
    disk:
      yours === undefined
        ? ({ kind: "none" } as const)
        : {
            kind: "text" as const,
            bytes: Buffer.from(yours),
            text: yours,
            mode: 0o644,
          },
    base,
  };
  const standing = compare(read, undefined);
  return {
    id,
    file:
      base === undefined
        ? undefined
        : { ...read, styledBase: undefined, standing },
    theirs: emitted,
    formerly: undefined,
    renamedTo: undefined,
  };
}

function plan(files: readonly FileInput[]): readonly FilePlan[] {
  const planned = planUpgrade({
    version: "1.1.0",
    answers: answersOf(),
    files,
    renames: undefined,
    otherScripts: new Map(),
  });
  return decideConflicts(planned, decisions.markers, "1.1.0");
}

const counted = { runs: 0, clean: 0, conflicted: 0, kept: 0 };

function prove(all: readonly FileStory[]): void {
  const sides = new Map<string, Sides>(
    all.map((story, index) => {
      const name = names[index] ?? "";
      return [`${layer}/${name}`, sidesOf(name, story)] as const;
    }),
  );
  const files = plan([...sides].map(([id, texts]) => inputOf(id, texts)));
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  for (const { path, action, text } of files) {
    const yours = sides.get(path)?.yours;
    if (yours !== undefined) before[path] = yours;
    const now = action === "delete" ? undefined : (text ?? yours);
    if (now !== undefined) after[path] = now;
  }
  const now = written(after);
  for (const [text, times] of written(before)) {
    assert.ok((now.get(text) ?? 0) >= times, `lost: ${text}`);
    counted.kept += times;
  }
  const conflicted = files.some(({ conflict }) => conflict !== undefined);
  counted.runs += 1;
  counted[conflicted ? "conflicted" : "clean"] += 1;
  if (conflicted) return;
  const again = plan(
    files.flatMap(({ id, path, next }) =>
      next === undefined
        ? []
        : [
            inputOf(id, {
              base: next.base ?? sides.get(path)?.base,
              yours: after[path],
              theirs: sides.get(path)?.theirs,
            }),
          ],
    ),
  );
  for (const { path, text, action } of again) {
    assert.is(text, undefined, `a second plan changes nothing: ${path}`);
    assert.is.not(action, "delete", path);
  }
}

test(`random plans – nothing of the user's is lost in ${String(numRuns)} trees, and a second plan changes nothing`, () => {
  fc.assert(fc.property(stories, prove), {
    seed,
    numRuns,
    includeErrorInReport: true,
  });
  console.log(`seed: ${seed}; ${JSON.stringify(counted)}`);
  assert.is(counted.runs, numRuns);
  assert.ok(counted.clean > 0 && counted.conflicted > 0 && counted.kept > 0);
});

test.run();
