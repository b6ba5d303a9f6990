import {
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { defaultAnswers } from "../../src/answers.ts";
import { openLayer } from "../../src/project/open-layer.ts";
import { baseFile, createRecord, recordFile } from "../../src/record.ts";
import { printRecord } from "../../src/record/print-record.ts";
import { renderProject } from "../../src/render.ts";
import { loadTemplates } from "../../src/templates.ts";
import {
  readLayerState,
  type LayerFile,
  type LayerState,
} from "../../src/upgrade/layer-state.ts";
import { dress, dressOf, undress } from "../../src/upgrade/text-dress.ts";
import { edit, withFolder, writeTree } from "../support/trees.ts";

const templates = await loadTemplates();
const rendered = renderProject(defaultAnswers, templates);
const printed = printRecord(createRecord("0.1.0", defaultAnswers, rendered));
const layer = defaultAnswers.path;
const slot = `${layer}/pool/slot.ts`;

const project = Object.fromEntries([
  ...rendered.map(({ path, text }) => [path, text]),
  [`${layer}/${recordFile}`, printed.json],
  [`${layer}/${baseFile}`, printed.base],
]) as Record<string, string>;

/** The state of the default project after some work on it. */
async function stateAfter(
  work: (folder: string) => void,
): Promise<LayerState & { file: (id: string) => LayerFile }> {
  return withFolder(async (folder) => {
    writeTree(folder, project);
    work(folder);
    const state = await readLayerState(openLayer(folder), templates);
    const file = (id: string): LayerFile => {
      const found = state.files.find(({ recorded }) => recorded.id === id);
      if (found === undefined) throw new Error(`No ${id}.`);
      return found;
    };
    return { ...state, file };
  });
}

test("layer state – a project as it was created is unchanged throughout", async () => {
  const { files } = await stateAfter(() => undefined);
  assert.is(files.length, rendered.length);
  const other = files.filter(({ standing }) => standing !== "unchanged");
  assert.equal(other, []);
});

test("layer state – line endings, a mark and the last newline are no edit; a word is", async () => {
  const { file } = await stateAfter((folder) => {
    edit(folder, slot, (text) => `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    edit(folder, `${layer}/engine.ts`, (text) => text.trimEnd());
    edit(folder, `${layer}/errors.ts`, (text) => `${text}// mine\n`);
    writeFileSync(join(folder, `${layer}/logger.ts`), "");
  });
  assert.is(file(slot).standing, "unchanged");
  assert.is(file(`${layer}/engine.ts`).standing, "unchanged");
  assert.is(file(`${layer}/errors.ts`).standing, "changed");
  assert.is(file(`${layer}/logger.ts`).standing, "changed");
});

test("layer state – what is missing, a link, a folder or no text is told apart", async () => {
  const { file } = await stateAfter((folder) => {
    const at = (name: string): string => join(folder, layer, name);
    rmSync(at("pool/slot.ts"));
    rmSync(at("engine.ts"));
    symlinkSync("errors.ts", at("engine.ts"));
    rmSync(at("logger.ts"));
    mkdirSync(at("logger.ts"));
    writeFileSync(at("defaults.ts"), Buffer.from("\uFEFFa", "utf16le"));
    renameSync(at("session"), join(folder, "elsewhere"));
    symlinkSync("../../elsewhere", at("session"));
  });
  assert.is(file(slot).standing, "missing");
  assert.is(file(`${layer}/engine.ts`).disk.kind, "link");
  assert.is(file(`${layer}/engine.ts`).standing, "replaced");
  assert.is(file(`${layer}/logger.ts`).disk.kind, "folder");
  assert.is(file(`${layer}/defaults.ts`).disk.kind, "binary");
  assert.is(file(`${layer}/session/session.ts`).disk.kind, "link");
});

test("layer state – a moved and renamed file is found, and imports that follow it are no edit", async () => {
  const { file } = await stateAfter((folder) => {
    mkdirSync(join(folder, layer, "pool/parts"));
    edit(folder, slot, (text) =>
      text
        .replaceAll('from "./', 'from "../')
        .replaceAll('"../../', '"../../../'),
    );
    renameSync(join(folder, slot), join(folder, layer, "pool/parts/place.ts"));
    for (const { path } of rendered.filter(({ path }) =>
      path.startsWith(`${layer}/pool/`),
    )) {
      if (path !== slot) {
        edit(folder, path, (text) =>
          text.replaceAll('"./slot.ts"', '"./parts/place.ts"'),
        );
      }
    }
  });
  assert.is(file(slot).path, `${layer}/pool/parts/place.ts`);
  assert.is(file(slot).moved, true);
  assert.is(file(`${layer}/pool/slot-rack.ts`).standing, "unchanged");
});

test("layer state – a moved folder is found with everything in it", async () => {
  const { file, layer: found } = await stateAfter((folder) => {
    mkdirSync(join(folder, "src/data"), { recursive: true });
    renameSync(join(folder, layer), join(folder, "src/data/db"));
    rmSync(join(folder, "infrastructure"), { recursive: true });
  });
  assert.is(found, "src/data/db");
  assert.is(file(slot).path, "src/data/db/pool/slot.ts");
  assert.is(file(slot).standing, "unchanged");
});

test("layer state – keys and lines that are the tool's count, the user's own do not", async () => {
  const { file } = await stateAfter((folder) => {
    edit(folder, "package.json", (text) =>
      text.replace('"scripts": {', '"scripts": {\n    "mine": "true",'),
    );
    edit(folder, ".env.example", (text) => `PORT=3000\n\n${text}`);
    edit(folder, ".gitignore", (text) => text.replace("dist/\n", ""));
  });
  assert.is(file("package.json").standing, "unchanged");
  assert.is(file(".env.example").standing, "unchanged");
  assert.is(file(".gitignore").standing, "changed");
});

test("layer state – a damaged line leaves its file unknown, a damaged record is refused", async () => {
  const { file, damaged } = await stateAfter((folder) => {
    edit(folder, `${layer}/${baseFile}`, (text) =>
      text.replace(new RegExp(`^(${slot} \\S+ \\S{20})\\S`, "m"), "$1!"),
    );
  });
  assert.is(file(slot).standing, "unknown");
  assert.match(damaged.join("\n"), /pool\/slot\.ts.*hash/);
  try {
    await stateAfter((folder) => {
      edit(folder, `${layer}/${recordFile}`, (text) =>
        text.replace(`"${slot}": {`, '"../evil.ts": {'),
      );
    });
    assert.unreachable("The record was taken.");
  } catch (error) {
    assert.match(String(error), /no version of create-bento-db emits it/);
  }
});

test("text dress – taking it off and putting it on again gives the same bytes", () => {
  const texts = [
    "",
    "a",
    "a\n",
    "a\r\nb\r\n",
    "\uFEFFa\r\nb",
    "a\r\nb\n",
    "\uFEFF",
  ];
  for (const text of texts) {
    assert.is(dress(undress(text), dressOf(text)), text);
  }
});

test.run();
