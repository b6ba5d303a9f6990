import { createTableText } from "./migration-text.ts";
import { modelText } from "./model-text.ts";
import { addToIndex, listModels } from "./models-index.ts";
import { readModelName } from "./names.ts";
import type { NewFileAnswers, NewFiles } from "./new-files.ts";
import { versionPath } from "./new-migration.ts";
import { parseFields } from "./parse-fields.ts";
import { nextTimestamp } from "./timestamp.ts";

interface NewModelInput {
  readonly name: string;
  /** `name:type` specifications, as typed. */
  readonly fields: readonly string[];
  readonly answers: NewFileAnswers;
  readonly existing: {
    /** The text of models/index.ts. */
    readonly modelsIndex: string;
    /** The file names in migrations/versions. */
    readonly versions?: readonly string[];
  };
  /** The present moment, as `timestampOf` writes it. */
  readonly timestamp: string;
}

/** Plans `new model <Name> [field:type …]`: the model, its migration, and its lines in models/index.ts. */
export function planNewModel(input: NewModelInput): NewFiles {
  const { answers, existing } = input;
  const names = readModelName(input.name);
  const models = listModels(existing.modelsIndex);
  const fields = parseFields(input.fields, names, models);
  const folder = `${answers.path}/models`;
  const index = addToIndex(existing.modelsIndex, {
    names,
    associates: fields.some((field) => field.owner !== undefined),
    importExtension: answers.importExtension,
  });
  const model = {
    path: `${folder}/${names.file}.ts`,
    text: modelText(names, fields, answers),
  };
  const edits =
    index === existing.modelsIndex
      ? []
      : [{ path: `${folder}/index.ts`, text: index }];
  if (!answers.parts.includes("migrations")) return { files: [model], edits };
  const timestamp = nextTimestamp(input.timestamp, existing.versions ?? []);
  const migration = {
    path: versionPath(
      answers,
      `${timestamp}-create-${names.table.replaceAll("_", "-")}`,
    ),
    text: createTableText(names, fields, answers),
  };
  return { files: [model, migration], edits };
}
