import { ToolError } from "../errors.ts";
import { blankMigrationText } from "./migration-text.ts";
import { readMigrationName } from "./names.ts";
import type { NewFileAnswers, NewFiles } from "./new-files.ts";
import { nextTimestamp } from "./timestamp.ts";

interface NewMigrationInput {
  readonly name: string;
  /** The present moment, as `timestampOf` writes it. */
  readonly timestamp: string;
  readonly answers: NewFileAnswers;
  readonly existing?: {
    /** The file names in migrations/versions. */
    readonly versions?: readonly string[];
    /** The project's own migrations/skeleton/new-migration.ts. */
    readonly skeleton?: string;
  };
}

/** Plans `new migration <name>`: one file, named by the next free second. */
export function planNewMigration(input: NewMigrationInput): NewFiles {
  const { answers, existing = {} } = input;
  const name = readMigrationName(input.name);
  requireMigrations(answers);
  const timestamp = nextTimestamp(input.timestamp, existing.versions ?? []);
  const path = versionPath(answers, `${timestamp}-${name}`);
  const text = existing.skeleton ?? blankMigrationText(answers);
  return { files: [{ path, text }], edits: [] };
}

/** Where a migration of that name lies. */
export function versionPath(answers: NewFileAnswers, name: string): string {
  return `${answers.path}/migrations/versions/${name}.ts`;
}

function requireMigrations({ parts }: NewFileAnswers): void {
  if (parts.includes("migrations")) return;
  throw new ToolError({
    code: "no-migrations",
    message: "This project was created without migrations.",
    remedy: "Add them first: create-bento-db add migrations",
  });
}
