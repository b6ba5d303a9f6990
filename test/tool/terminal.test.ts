/** The tool in real pseudo-terminals. */
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hasPty, Pty } from "../support/pty.ts";
import {
  readFiles,
  readTree,
  withFolder,
  writeTree,
} from "../support/trees.ts";

const ptys = hasPty();
if (!ptys) console.log("skipped: util-linux's script is not here");

function terminal(name: string, work: () => Promise<void>): void {
  if (ptys) test(name, work);
  else test.skip(name, work);
}

const questions = [
  "Where should the database layer go?",
  "Which databases?",
  "Which parts?",
  "Which example application?",
  "Which test runner?",
  "Is that what the project uses?",
];

terminal("prompts – Enter takes the default of every question", async () => {
  await withFolder(async (folder) => {
    const pty = new Pty(["app", "--no-install"], { cwd: folder });
    for (const question of questions) {
      await pty.see(question);
      pty.type("\r");
    }
    assert.is(await pty.end(), 0, pty.output);
    assert.ok(existsSync(join(folder, "app/src/server.ts")));
    assert.match(pty.output, /npm · ES modules/);
    assert.ok(pty.output.includes("\u001b["), "colours in a terminal");
  });
});

terminal(
  "prompts – answers given as flags are not asked; keys choose",
  async () => {
    await withFolder(async (folder) => {
      const words = "app --no-install --path db --database sqlite --parts none";
      const pty = new Pty(words.split(" "), { cwd: folder });
      await pty.see("Which example application?");
      pty.type("\u001b[A\r");
      await pty.see("Which test runner?");
      pty.type("\u001b[B\r");
      await pty.see("Is that what the project uses?");
      pty.type("n");
      for (const question of [
        "Which module system?",
        "How do relative imports end?",
        "Which package manager?",
        "Which SQLite driver?",
      ]) {
        await pty.see(question);
        pty.type(question === "Which package manager?" ? "\u001b[B\r" : "\r");
      }
      assert.is(await pty.end(), 0, pty.output);
      assert.not(pty.output.includes("Which databases?"));
      const files = readFiles(join(folder, "app"));
      assert.match(files["package.json"] ?? "", /--test db\/tests/);
      assert.not(files["src/server.ts"]);
      assert.ok(files["pnpm-workspace.yaml"]);
    });
  },
);

terminal("prompts – a wrong path is answered at once", async () => {
  await withFolder(async (folder) => {
    const pty = new Pty(["app", "--no-install"], { cwd: folder });
    await pty.see("Where should the database layer go?");
    pty.type("/../x\r");
    await pty.see("leads out of the project");
    pty.type("\u0003");
    assert.is(await pty.end(), 130);
  });
});

terminal("Ctrl-C – at any prompt: exit code 130, nothing written", async () => {
  await withFolder(async (folder) => {
    for (const [index, question] of questions.entries()) {
      const pty = new Pty(["app", "--no-install"], { cwd: folder });
      for (const earlier of questions.slice(0, index)) {
        await pty.see(earlier);
        pty.type("\r");
      }
      await pty.see(question);
      pty.type("\u0003");
      assert.is(await pty.end(), 130, pty.output);
      assert.match(pty.output, /Cancelled\. Nothing was changed/);
      assert.equal(readTree(folder), {});
    }
  });
});

terminal(
  "a terminal without columns – ends, and does not flood the screen",
  async () => {
    await withFolder(async (folder) => {
      const pty = new Pty(["app", "--no-install"], { cwd: folder, columns: 0 });
      for (const question of questions) {
        await pty.see(question);
        pty.type("\r");
      }
      assert.is(await pty.end(), 0, pty.output);
      assert.ok(pty.output.length < 100_000, `${pty.output.length} characters`);
    });
  },
);

terminal(
  "NO_COLOR – no colours, neither in prompts nor in the report",
  async () => {
    await withFolder(async (folder) => {
      const env = { NO_COLOR: "1" };
      const pty = new Pty(["app", "--no-install"], { cwd: folder, env });
      for (const question of questions) {
        await pty.see(question);
        pty.type("\r");
      }
      assert.is(await pty.end(), 0);
      // Movements of the cursor stay: without them a prompt cannot be drawn again.
      const sequences = pty.output.split("\u001b[");
      const colours = /^(?:[349][0-7]|[349]8;)[0-9;]*m/;
      assert.equal(
        sequences.filter((sequence) => colours.test(sequence)),
        [],
      );
    });
  },
);

terminal(
  "folder with files and no package.json – asks where; a dot means here",
  async () => {
    await withFolder(async (folder) => {
      writeTree(folder, { "notes.txt": "keep" });
      const words =
        "--no-install --database sqlite --parts none --example none";
      const pty = new Pty([...words.split(" "), "--test-runner", "node"], {
        cwd: folder,
      });
      await pty.see("In which folder?");
      pty.type("\u007f".repeat(6) + ".\r");
      await pty.see("Where should the database layer go?");
      pty.type("\r");
      await pty.see("Is that what the project uses?");
      pty.type("\r");
      assert.is(await pty.end(), 0, pty.output);
      assert.ok(existsSync(join(folder, "package.json")));
    });
  },
);

terminal(
  "--yes in a terminal – asks nothing, and installs with a line that is drawn again",
  async () => {
    for (const columns of [60, 0]) {
      await withFolder(async (folder) => {
        const bin = join(folder, "bin");
        mkdirSync(bin);
        const text = "a very long line of a package manager ".repeat(5);
        writeTree(bin, { npm: `#!/bin/sh\necho "${text}"\nsleep 1\n` });
        chmodSync(join(bin, "npm"), 0o755);
        const env = { PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
        const words = "app --yes --database sqlite --parts none --example none";
        const pty = new Pty(words.split(" "), { cwd: folder, env, columns });
        assert.is(await pty.end(), 0, pty.output);
        const frames = pty.output
          .split("\r\u001b[2K")
          .slice(1)
          .map((frame) => frame.split("\n")[0] ?? "");
        assert.ok(frames.length > 3, "drawn again");
        for (const frame of frames) {
          assert.ok(frame.length < (columns || 80) + 10, frame);
        }
        assert.match(pty.output, /✓.* npm install \(\d+ s\)/);
      });
    }
  },
);

for (const columns of [80, 40]) {
  terminal(`report – fits into ${columns} columns`, async () => {
    await withFolder(async (folder) => {
      const env = { NO_COLOR: "1" };
      const words = ["app", "--yes", "--no-install"];
      const pty = new Pty(words, { cwd: folder, columns, env });
      assert.is(await pty.end(), 0, pty.output);
      const tree = pty.output
        .split(/[\r\n]+/)
        .filter((line) => /[├└│]/.test(line));
      assert.ok(tree.length > 15, pty.output);
      assert.equal(
        tree.filter((line) => line.length > columns),
        [],
      );
      assert.not(pty.output.includes("\u001b["));
    });
  });
}

terminal("report – in a terminal without Unicode, only ASCII", async () => {
  await withFolder(async (folder) => {
    const env = { LC_ALL: "C", NO_COLOR: "1" };
    const words = ["app", "--yes", "--no-install"];
    const pty = new Pty(words, { cwd: folder, env });
    assert.is(await pty.end(), 0, pty.output);
    assert.match(pty.output, /\|-- \.env\.example/);
    assert.match(pty.output, /^[\n\r -~]*$/);
  });
});

terminal(
  "narrow – reports, errors and help keep to 40 columns, commands and paths whole",
  async () => {
    await withFolder(async (folder) => {
      const words = "app --yes --no-install --database sqlite --parts none";
      await new Pty(words.split(" "), { cwd: folder }).end();
      const cwd = join(folder, "app");
      for (const [words, code] of [
        ["status", 0],
        ["upgrade --dry-run", 0],
        ["undo", 1],
        ["remove nothing", 2],
        ["upgrade --help", 0],
      ] as const) {
        const pty = new Pty(words.split(" "), { cwd, columns: 40 });
        assert.is(await pty.end(), code, pty.output);
        const text = stripVTControlCharacters(pty.output);
        const wide = text
          .split(/\r?\n/)
          .filter((line) => line.length > 40 && !line.startsWith("  "));
        assert.equal(wide, [], words);
      }
    });
  },
);

test.run();
