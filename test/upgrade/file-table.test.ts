/** The file table of an upgrade, row by row, and the scenarios about files and trees by their numbers. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openLayer } from "../../src/project/open-layer.ts";
import { readLayerState } from "../../src/upgrade/layer-state.ts";
import {
  applyUpgrade,
  planLayerUpgrade,
  type UpgradeRequest,
} from "../../src/upgrade.ts";
import { git } from "../support/fixtures.ts";
import { readTree, withFolder } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  upgradeTo,
  writeProject,
  type Texts,
  type Upgraded,
} from "../support/upgrades.ts";

const layer = "infrastructure/database";
const a = `${layer}/a.ts`;
const b = `${layer}/b.ts`;
const answers = answersOf();

const lines = (...list: readonly (number | string)[]): string =>
  list.map((item) => `export const n${item} = "${item}";\n`).join("");
const oldText = lines(1, 2, 3, 4, 5, 6, 7, 8, 9);
const newText = oldText.replace('"8"', '"eight"');
const mine = (text: string): string => text.replace('"2"', '"two"');

interface Case {
  readonly old?: Texts;
  readonly now?: Texts;
  readonly renames?: Parameters<typeof editionOf>[2];
  readonly work?: (folder: string) => void;
  readonly request?: Partial<UpgradeRequest>;
  readonly check: (folder: string, upgraded: Upgraded) => void | Promise<void>;
}

/** From version 1.0.0 with one file `a.ts` to 1.1.0, in which its eighth line is new. */
async function upgraded({
  old = { [a]: oldText },
  now = { [a]: newText },
  renames = {},
  work = () => undefined,
  request = {},
  check,
}: Case): Promise<void> {
  await withFolder(async (folder) => {
    writeProject(folder, editionOf("1.0.0", old), answers);
    work(folder);
    const edition = editionOf("1.1.0", now, renames);
    await check(folder, await upgradeTo(folder, edition, request));
  });
}

const at = (folder: string, path = a): string =>
  readFileSync(join(folder, path), "utf8");

test("scenario 1 – unchanged by the user: replaced, silently, in the user's line endings", async () => {
  await upgraded({
    check: (folder, { file }) => {
      assert.is(file(a).action, "replace");
      assert.is(at(folder), newText);
    },
  });
  await upgraded({
    work: (folder) => {
      edit(folder, a, (text) => text.replaceAll("\n", "\r\n"));
    },
    check: (folder) => {
      assert.is(at(folder), newText.replaceAll("\n", "\r\n"));
    },
  });
});

test("scenario 2 – changed by the user, not by us: not touched, not even its time", async () => {
  const time = new Date("2020-01-02T03:04:05Z");
  await upgraded({
    now: { [a]: oldText, [b]: "export const b = 1;\n" },
    work: (folder) => {
      edit(folder, a, mine);
      utimesSync(join(folder, a), time, time);
    },
    check: (folder, { file }) => {
      assert.is(file(a).action, "keep");
      assert.is(at(folder), mine(oldText));
      assert.is(statSync(join(folder, a)).mtimeMs, time.getTime());
    },
  });
});

test("scenario 3 – the user has our change already: nothing written, the base advances", async () => {
  await upgraded({
    work: (folder) => {
      edit(folder, a, () => newText);
    },
    check: (_folder, { file, record }) => {
      assert.is(file(a).action, "keep");
      assert.is(record.base.get(a), newText);
    },
  });
});

test("changed by both: merged", async () => {
  await upgraded({
    work: (folder) => {
      edit(folder, a, mine);
    },
    check: (folder, { file }) => {
      assert.is(file(a).action, "merge");
      assert.is(at(folder), mine(newText));
    },
  });
});

test("scenario 4 – new in this version and the path is free: written", async () => {
  await upgraded({
    now: { [a]: oldText, [b]: "export const b = 1;\n" },
    check: (folder, { file, record }) => {
      assert.is(file(b).action, "add");
      assert.is(at(folder, b), "export const b = 1;\n");
      assert.is(record.files.find(({ id }) => id === b)?.state, "managed");
    },
  });
});

test("scenario 5 – new, and the same bytes are there: adopted", async () => {
  await upgraded({
    now: { [a]: oldText, [b]: newText },
    work: (folder) => {
      writeFileSync(join(folder, b), newText);
    },
    check: (_folder, { file, record }) => {
      assert.is(file(b).action, "keep");
      assert.is(record.files.find(({ id }) => id === b)?.state, "managed");
    },
  });
});

test("scenario 6 – new, and a file of the user's own is there: a conflict, and the file stays", async () => {
  const own = "export const own = true;\n";
  const base: Omit<Case, "check"> = {
    now: { [a]: oldText, [b]: newText },
    work: (folder) => {
      writeFileSync(join(folder, b), own);
    },
  };
  await upgraded({
    ...base,
    check: (folder, { open }) => {
      assert.is(open, true);
      assert.is(at(folder, b), own);
    },
  });
  for (const conflicts of ["mine", "markers"] as const) {
    await upgraded({
      ...base,
      request: { conflicts },
      check: async (folder, { record }) => {
        assert.is(at(folder, b), own, conflicts);
        const entry = record.files.find(({ id }) => id === b);
        assert.is(entry?.state, "detached");
        const again = await upgradeTo(folder, editionOf("1.1.0", base.now));
        assert.equal(again.changes, []);
      },
    });
  }
  await upgraded({
    ...base,
    request: { conflicts: "new" },
    check: (folder) => {
      assert.is(at(folder, b), newText);
    },
  });
});

test("scenarios 7 and 8 – deleted by the user: stays deleted, and is reported when this version changed it", async () => {
  const work = (folder: string): void => {
    rmSync(join(folder, a));
  };
  await upgraded({
    now: { [a]: oldText, [b]: newText },
    work,
    check: (folder, { record, file }) => {
      assert.not.ok(existsSync(join(folder, a)));
      assert.is(record.files.find(({ id }) => id === a)?.state, "deleted");
      assert.is(file(a).note, "you removed it");
    },
  });
  await upgraded({
    work,
    check: (folder, { file }) => {
      assert.not.ok(existsSync(join(folder, a)));
      assert.match(file(a).note, /this version changes it.*add --restore/);
    },
  });
});

test("scenario 9 – add --restore brings a deleted file back as this version has it", async () => {
  await upgraded({
    work: (folder) => {
      rmSync(join(folder, a));
    },
    check: async (folder) => {
      const edition = editionOf("1.1.0", { [a]: newText });
      const { record } = await upgradeTo(folder, edition, {
        restore: new Set([a]),
      });
      assert.is(at(folder), newText);
      assert.is(record.files.find(({ id }) => id === a)?.state, "managed");
    },
  });
});

test("scenarios 10 and 27 – gone from this version, unchanged: deleted, with a folder that is left empty and no other", async () => {
  const deep = `${layer}/deep/only.ts`;
  await upgraded({
    old: { [a]: oldText, [deep]: oldText },
    now: { [a]: null, [deep]: null },
    renames: { "1.1.0": { removed: [a, deep] } },
    work: (folder) => {
      writeFileSync(join(folder, layer, "mine.ts"), "export {};\n");
    },
    check: (folder, { file, record }) => {
      assert.is(file(a).action, "delete");
      assert.not.ok(existsSync(join(folder, layer, "deep")));
      assert.is(at(folder, `${layer}/mine.ts`), "export {};\n");
      assert.not.ok(record.files.some(({ id }) => id === a));
    },
  });
});

test("scenario 11 – gone from this version, changed by the user: kept, detached, reported", async () => {
  await upgraded({
    now: { [a]: null },
    renames: { "1.1.0": { removed: [a] } },
    work: (folder) => {
      edit(folder, a, mine);
    },
    check: (folder, { file, record }) => {
      assert.is(at(folder), mine(oldText));
      assert.is(record.files.find(({ id }) => id === a)?.state, "detached");
      assert.match(file(a).note, /you changed it, so it stays/);
    },
  });
});

const renamed = { "1.1.0": { files: { [a]: b } } };

test("scenarios 12 and 13 – renamed by a release: moved, and the user's edits follow", async () => {
  for (const change of [(text: string) => text, mine]) {
    await upgraded({
      now: { [b]: newText },
      renames: renamed,
      work: (folder) => {
        edit(folder, a, change);
        chmodSync(join(folder, a), 0o755);
      },
      check: (folder, { record }) => {
        assert.not.ok(existsSync(join(folder, a)));
        assert.is(at(folder, b), change(newText));
        assert.is(statSync(join(folder, b)).mode & 0o777, 0o755);
        assert.is(record.files.find(({ id }) => id === b)?.path, b);
      },
    });
  }
});

test("scenario 14 – renamed by a release to where the user has a file: a conflict, nothing moved", async () => {
  const base: Omit<Case, "check"> = {
    now: { [b]: newText },
    renames: renamed,
    work: (folder) => {
      edit(folder, a, mine);
      writeFileSync(join(folder, b), "export const own = 1;\n");
    },
  };
  await upgraded({
    ...base,
    check: (folder, { open }) => {
      assert.is(open, true);
      assert.is(at(folder), mine(oldText));
    },
  });
  await upgraded({
    ...base,
    request: { conflicts: "mine" },
    check: (folder) => {
      assert.is(at(folder), mine(oldText));
      assert.is(at(folder, b), "export const own = 1;\n");
    },
  });
});

test("scenario 15 – moved and renamed by the user: found, merged where it is, its imports right", async () => {
  const place = `${layer}/own/place.ts`;
  const before = `import { logger } from "./logger.ts";\n\n${oldText}`;
  const after = `import { logger } from "./logger.ts";\nimport { x } from "./errors.ts";\n\n${newText}`;
  await upgraded({
    old: { [a]: before },
    now: { [a]: after },
    work: (folder) => {
      mkdirSync(dirname(join(folder, place)));
      renameSync(join(folder, a), join(folder, place));
      edit(folder, place, (text) => mine(text.replace('"./', '"../')));
    },
    check: async (folder, { record }) => {
      assert.not.ok(existsSync(join(folder, a)));
      assert.is(at(folder, place), mine(after.replaceAll('"./', '"../')));
      assert.is(record.files.find(({ id }) => id === a)?.path, place);
      const edition = editionOf("1.1.0", { [a]: after });
      assert.equal((await upgradeTo(folder, edition)).changes, []);
    },
  });
});

test("scenario 16 – split by the user: what went away and changed here is a conflict", async () => {
  await upgraded({
    work: (folder) => {
      writeFileSync(join(folder, layer, "d.ts"), lines(7, 8, 9));
      edit(folder, a, () => lines(1, 2, 3, 4, 5, 6));
    },
    check: (folder, { open, files }) => {
      assert.is(open, true);
      assert.is(files.filter(({ action }) => action === "conflict").length, 1);
      assert.is(at(folder), lines(1, 2, 3, 4, 5, 6));
    },
  });
});

test("scenario 17 – the whole folder moved by the user: found and upgraded there", async () => {
  await upgraded({
    work: (folder) => {
      mkdirSync(join(folder, "src"));
      renameSync(join(folder, layer), join(folder, "src/db"));
    },
    check: (folder, { record }) => {
      assert.is(at(folder, "src/db/a.ts"), newText);
      assert.not.ok(existsSync(join(folder, layer)));
      assert.is(record.answers.path, "src/db");
    },
  });
});

test("scenario 18 – renamed by letter case only: found, and written under the user's name", async () => {
  const upper = `${layer}/A.ts`;
  await upgraded({
    work: (folder) => {
      renameSync(join(folder, a), join(folder, upper));
    },
    check: (folder) => {
      assert.is(at(folder, upper), newText);
      assert.not.ok(existsSync(join(folder, a)));
    },
  });
});

test("scenario 19 – replaced by a link: never written through, reported, and the rest goes on", async () => {
  await upgraded({
    old: { [a]: oldText, [b]: oldText },
    now: { [a]: newText, [b]: newText },
    work: (folder) => {
      renameSync(join(folder, a), join(folder, "elsewhere.ts"));
      symlinkSync("../../elsewhere.ts", join(folder, a));
    },
    check: (folder, { file }) => {
      assert.is(at(folder, "elsewhere.ts"), oldText);
      assert.match(file(a).note, /link/);
      assert.is(at(folder, b), newText);
    },
  });
});

test("scenario 20 – mode bits are the user's", async () => {
  await upgraded({
    work: (folder) => {
      chmodSync(join(folder, a), 0o700);
    },
    check: (folder) => {
      assert.is(statSync(join(folder, a)).mode & 0o777, 0o700);
      assert.is(at(folder), newText);
    },
  });
});

test("scenarios 21, 22 and 24 – nothing emitted is binary; what the user made binary or UTF-16 is kept", async () => {
  const kinds = [
    Buffer.from([0, 1, 2, 255]),
    Buffer.from("\uFEFFexport {}", "utf16le"),
    Buffer.from([0xc3, 0x28]),
  ];
  for (const bytes of kinds) {
    await upgraded({
      work: (folder) => {
        writeFileSync(join(folder, a), bytes);
      },
      check: (folder, { file }) => {
        assert.equal(readFileSync(join(folder, a)), bytes);
        assert.match(file(a).note, /no UTF-8 text/);
      },
    });
  }
});

test("scenario 23 – an empty file, a byte order mark and a missing last newline are kept", async () => {
  await upgraded({
    work: (folder) => {
      edit(folder, a, (text) => `\uFEFF${mine(text).trimEnd()}`);
    },
    check: (folder) => {
      assert.is(at(folder), `\uFEFF${mine(newText).trimEnd()}`);
    },
  });
  await upgraded({
    work: (folder) => {
      writeFileSync(join(folder, a), "");
    },
    check: (folder, { open }) => {
      assert.is(open, true);
      assert.is(at(folder), "");
    },
  });
});

test("scenario 25 – a folder that cannot be written: nothing is changed", async () => {
  await withFolder(async (folder) => {
    writeProject(folder, editionOf("1.0.0", { [a]: oldText }), answers);
    rmSync(join(folder, a));
    mkdirSync(join(folder, a));
    writeFileSync(
      join(folder, layer, "deep"),
      "a file where a folder is to be",
    );
    const before = readTree(folder);
    const now = { [a]: newText, [`${layer}/deep/new.ts`]: newText };
    try {
      await upgradeTo(folder, editionOf("1.1.0", now));
      assert.unreachable("It was written.");
    } catch (error) {
      assert.match(String(error), /is a file, not a folder/);
    }
    assert.equal(readTree(folder), before);
  });
});

test("scenario 26 – a file that git ignores is treated like any other", async () => {
  await upgraded({
    work: (folder) => {
      edit(folder, ".gitignore", (text) => `${text}a.ts\n`);
      git(folder, "init", "--quiet");
      git(folder, "add", "--all");
      assert.is(git(folder, "check-ignore", a).trim(), a);
    },
    check: (folder) => {
      assert.is(at(folder), newText);
      assert.is(git(folder, "ls-files", a), "");
    },
  });
});

test("scenario 28 – saved by an editor between plan and writing: refused, nothing changed", async () => {
  await withFolder(async (folder) => {
    writeProject(folder, editionOf("1.0.0", { [a]: oldText }), answers);
    const opened = openLayer(folder);
    const plan = await planLayerUpgrade({
      opened,
      edition: editionOf("1.1.0", { [a]: newText }),
      answers: opened.answers,
      restore: new Set(),
      concerns: () => true,
      partial: false,
      conflicts: "ask",
      ask: undefined,
      allowDowngrade: false,
    });
    edit(folder, a, mine);
    const before = readTree(folder);
    try {
      await applyUpgrade(plan);
      assert.unreachable("It was written.");
    } catch (error) {
      assert.match(String(error), /Changed while the command was at work/);
    }
    assert.equal(readTree(folder), before);
    const state = await readLayerState(
      opened,
      editionOf("1", { [a]: "" }).templates,
    );
    assert.is(state.record.version, "1.0.0");
  });
});

test.run();
