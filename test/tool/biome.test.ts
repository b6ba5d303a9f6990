/** The emitted project passes Biome's recommended rules in its default configuration. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { choices } from "../../src/answers/choices.ts";
import { renderTestProject } from "../support/rendered-project.ts";

const biome = join(import.meta.dirname, "../../node_modules/@biomejs/biome");

/** Biome reads the parameter decorators of NestJS only where its own setting for them is on. */
const settings = {
  root: true,
  javascript: { parser: { unsafeParameterDecoratorsEnabled: true } },
};

for (const example of choices.example) {
  for (const parts of [choices.parts, []]) {
    const name = `${example}, ${parts.length === 0 ? "no parts" : "all parts"}`;
    test(`${name} – Biome has neither errors nor warnings`, async () => {
      const project = await renderTestProject({ example, parts });
      try {
        if (example === "nest") {
          const file = join(project.folder, "biome.json");
          writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
        }
        const words = ["lint", "--error-on-warnings", "--vcs-enabled=false"];
        const run = spawnSync(
          process.execPath,
          [join(biome, "bin/biome"), ...words, "."],
          { cwd: project.folder, encoding: "utf8" },
        );
        assert.match(run.stdout + run.stderr, /Checked \d\d+ files/);
        assert.is(run.status, 0, run.stdout + run.stderr);
      } finally {
        project.remove();
      }
    });
  }
}

test.run();
