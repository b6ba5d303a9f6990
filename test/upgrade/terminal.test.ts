/** The questions about conflicts, in real pseudo-terminals. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hasPty, Pty } from "../support/pty.ts";
import { readTree, withFolder, writeTree } from "../support/trees.ts";
import {
  answersOf,
  edit,
  editionOf,
  writeProject,
} from "../support/upgrades.ts";

const ptys = hasPty();
if (!ptys) console.log("skipped: util-linux's script is not here");

function terminal(name: string, work: () => Promise<void>): void {
  if (ptys) test(name, work);
  else test.skip(name, work);
}

const layer = "infrastructure/database";
const a = `${layer}/logger.ts`;
const b = `${layer}/config/mask.ts`;
/** The comment that each file begins with. */
const first = (word: string) => (text: string) =>
  text.replace(/^.*\n/, `// ${word}\n`);
const old = editionOf("0.0.1", { [a]: first("old"), [b]: first("old") });

const down = "\u001b[B";
const question = "What shall it be?";

interface Conflicted {
  readonly folder: string;
  /** The files as this version emits them. */
  readonly theirs: (path: string) => string;
  readonly at: (path: string) => string;
  readonly start: (...flags: readonly string[]) => Pty;
}

/** A project with a conflict in each of these files. */
async function withConflicts(
  paths: readonly string[],
  work: (project: Conflicted) => Promise<void>,
  editor = "false",
): Promise<void> {
  await withFolder(async (folder) => {
    const answers = answersOf();
    writeProject(folder, old, answers);
    for (const path of paths) edit(folder, path, first("mine"));
    const now = new Map(
      editionOf("9.9.9")
        .render(answers)
        .map(({ path, text }) => [path, text]),
    );
    await work({
      folder,
      theirs: (path) => now.get(path) ?? "",
      at: (path) => readFileSync(join(folder, path), "utf8"),
      start: (...flags) =>
        new Pty(["upgrade", ...flags], {
          cwd: folder,
          env: { VISUAL: "", EDITOR: editor },
        }),
    });
  });
}

terminal(
  "conflicts – both intents are shown; Enter keeps mine, and it is not asked again",
  async () => {
    await withConflicts([a], async ({ start, at, theirs }) => {
      const pty = start();
      await pty.see("The plan for infrastructure/database; nothing is written");
      await pty.see("logger.ts");
      await pty.see("Conflict 1 of 1");
      await pty.see(question);
      assert.match(pty.output, /yours:[^]*mine[^]*this version's:/);
      pty.type("\r");
      assert.is(await pty.end(), 0, pty.output);
      assert.is(at(a), first("mine")(theirs(a)));
      assert.is(at(b), theirs(b));
      const again = start();
      assert.is(await again.end(), 0, again.output);
      assert.match(again.output, /up to date/);
    });
  },
);

terminal(
  "conflicts – each is asked about: new for one, both for the other",
  async () => {
    await withConflicts([a, b], async ({ start, at, theirs }) => {
      const pty = start();
      await pty.see("Conflict 1 of 2");
      await pty.see(question);
      pty.type(`${down}\r`);
      await pty.see("Conflict 2 of 2");
      await pty.see(question);
      pty.type(`${down}${down}\r`);
      assert.is(await pty.end(), 0, pty.output);
      assert.is(at(b), theirs(b));
      assert.is(at(a), `// mine\n${theirs(a)}`);
    });
  },
);

terminal(
  "conflicts – both of a whole declaration would declare it twice: said, and asked again",
  async () => {
    await withFolder(async (folder) => {
      const shorten = /^function shorten\([^]*?\n\}\n/m;
      const less = (text: string): string => text.replace(shorten, "");
      writeProject(folder, editionOf("0.0.1", { [b]: less }), answersOf());
      const mine =
        "function shorten(text: string): string {\n  return text;\n}\n";
      edit(folder, b, (text) => text + mine);
      const before = readTree(folder);
      const pty = new Pty(["upgrade"], { cwd: folder });
      await pty.see(question);
      pty.type(`${down}${down}\r`);
      await pty.see(`is declared twice in ${b}. Choose again.`);
      await pty.see(question);
      assert.equal(readTree(folder), before);
      pty.type("\r");
      assert.is(await pty.end(), 0, pty.output);
      const text = readFileSync(join(folder, b), "utf8");
      assert.is(text.split("function shorten(").length, 2, text);
      assert.ok(text.includes(mine));
    });
  },
);

const bigint = '  if (typeof raw === "bigint") return `the bigint ${raw}`;\n';

terminal("conflicts – both of what can stand together is taken", async () => {
  await withFolder(async (folder) => {
    const less = (text: string): string => text.replace(bigint, "");
    const boolean = bigint.replaceAll("bigint", "boolean");
    writeProject(folder, editionOf("0.0.1", { [b]: less }), answersOf());
    edit(folder, b, (text) =>
      text.replace(/^ {2}if \(typeof raw === "object".*\n/m, `${boolean}$&`),
    );
    const pty = new Pty(["upgrade"], { cwd: folder });
    await pty.see(question);
    pty.type(`${down}${down}\r`);
    assert.is(await pty.end(), 0, pty.output);
    const text = readFileSync(join(folder, b), "utf8");
    assert.ok(text.includes(boolean + bigint), text);
  });
});

const editing = `${down}${down}${down}\r`;

terminal("conflicts – edit takes what the editor saves", async () => {
  await withConflicts(
    [a],
    async ({ start, at, theirs }) => {
      const pty = start();
      await pty.see(question);
      pty.type(editing);
      assert.is(await pty.end(), 0, pty.output);
      assert.is(at(a), first("edited")(theirs(a)));
    },
    String.raw`sed -i -e s/mine/edited/ -e '/^\/\*\*/,$d'`,
  );
});

terminal(
  "conflicts – an edit that does not parse: said, and what was typed is there at the next try",
  async () => {
    // The first time this editor leaves a brace open, the second time it takes that line away.
    const script = [
      "if grep -q broken $1; then sed -i /broken/d $1; exit; fi",
      String.raw`sed -i '/^\/\*\*/,$d' $1`,
      'echo "export const broken = {" >> $1',
    ];
    await withConflicts(
      [a],
      async ({ folder, start, at, theirs }) => {
        writeTree(folder, { "edit.sh": script.join("\n") });
        const pty = start();
        await pty.see(question);
        pty.type(editing);
        await pty.see(`Like that, it does not parse in ${a}`);
        await pty.see(question);
        pty.type(editing);
        assert.is(await pty.end(), 0, pty.output);
        assert.is(at(a), first("mine")(theirs(a)));
      },
      "sh edit.sh",
    );
  },
);

terminal("conflicts – a failed editor leaves markers, exit 3", async () => {
  await withConflicts([a], async ({ start, at }) => {
    const pty = start();
    await pty.see(question);
    pty.type(`${down}${down}${down}\r`);
    assert.is(await pty.end(), 3, pty.output);
    assert.match(at(a), /^<{7} yours\n\/\/ mine\n/m);
  });
});

terminal(
  "conflicts – decided later: markers in that file only, --continue goes on",
  async () => {
    await withConflicts([a, b], async ({ folder, start, at, theirs }) => {
      const pty = start();
      await pty.see("Conflict 1 of 2");
      await pty.see(question);
      pty.type("\r");
      await pty.see("Conflict 2 of 2");
      await pty.see(question);
      pty.type("\u001b[A\r");
      assert.is(await pty.end(), 3, pty.output);
      assert.match(pty.output, /upgrade --continue/);
      assert.match(at(a), /^<{7} yours\n\/\/ mine\n/);
      assert.is(at(b), first("mine")(theirs(b)));
      const early = start("--continue");
      assert.is(await early.end(), 3, early.output);
      assert.match(early.output, /markers are left/);
      writeTree(folder, { [a]: first("settled")(theirs(a)) });
      const settled = start("--continue");
      assert.is(await settled.end(), 0, settled.output);
      const check = start("--check");
      assert.is(await check.end(), 0, check.output);
    });
  },
);

terminal(
  "Ctrl-C and Escape – at any question: exit 130, nothing changed",
  async () => {
    await withConflicts([a, b], async ({ folder, start }) => {
      const before = readTree(folder);
      for (const [answers, key] of [
        [0, "\u0003"],
        [1, "\u0003"],
        [1, "\u001b"],
      ] as const) {
        const pty = start();
        await pty.see("Conflict 1 of 2");
        await pty.see(question);
        if (answers === 1) {
          pty.type("\r");
          await pty.see("Conflict 2 of 2");
          await pty.see(question);
        }
        pty.type(key);
        assert.is(await pty.end(), 130, pty.output);
        assert.match(pty.output, /Nothing was changed/);
        assert.equal(readTree(folder), before);
      }
    });
  },
);

test.run();
