import { loadTemplates } from "../../src/templates.ts";
import { coveringAnswers } from "../combinations/covering-answers.ts";
import { Rendering } from "../combinations/rendering.ts";
import type { ReleasePair } from "./merge-case.ts";

/** Every TypeScript file that is emitted now, in each of its forms over the covering combinations, as steps without a change. */
export async function currentTexts(): Promise<readonly ReleasePair[]> {
  const rendering = new Rendering(await loadTemplates());
  const texts = new Map<string, ReleasePair>();
  for (const answers of coveringAnswers()) {
    for (const { id, path, text } of rendering.files(answers)) {
      if (path.endsWith(".ts"))
        texts.set(`${id} ${text}`, { path, base: text, theirs: text });
    }
  }
  return [...texts.values()];
}
