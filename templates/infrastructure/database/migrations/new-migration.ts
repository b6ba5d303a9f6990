import { copyFile, mkdir, readdir } from "node:fs/promises";
import { constants } from "node:fs";
import { join } from "node:path";
import { migrationExtension } from "./load-module.ts";
import { MigrationRequestError } from "./migration-errors.ts";

/** The text of a new migration: edit that file to begin with another. */
const skeleton = join(import.meta.dirname, "skeleton", "new-migration.ts");

/** Writes a new migration with the next free second of UTC in its name, and returns its path. */
export async function createMigration(
  folder: string,
  name: string,
): Promise<string> {
  const words = readName(name);
  if (migrationExtension !== ".ts") {
    throw new MigrationRequestError(
      "New migrations are written in the sources, not in the compiled output: run db:new there.",
    );
  }
  await mkdir(folder, { recursive: true });
  const taken = await readdir(folder);
  const path = join(folder, `${nextTimestamp(taken)}-${words}.ts`);
  await copyFile(skeleton, path, constants.COPYFILE_EXCL);
  return path;
}

/** `AddEmail`, `add email` and `add_email` are `add-email`; nothing in a name can lead to another folder. */
function readName(name: string): string {
  if (!/^[A-Za-z0-9 _-]*[A-Za-z0-9][A-Za-z0-9 _-]*$/.test(name)) {
    throw new MigrationRequestError(
      `The migration's name ${JSON.stringify(name)} may only have letters from a to z, digits, spaces, - and _. Say what it changes, such as add-email-to-notes.`,
    );
  }
  if (name.length > 100) {
    throw new MigrationRequestError(
      `The migration's name has ${name.length} characters, and 100 are allowed.`,
    );
  }
  const words =
    name.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+/g) ?? [];
  return words.join("-").toLowerCase();
}

/** Now, or the second after the newest migration when that is later: who writes later runs later. */
function nextTimestamp(taken: readonly string[]): string {
  const newest = taken
    .map((name) => /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)[-_]/.exec(name))
    .map((match) =>
      match === null
        ? NaN
        : Date.parse(
            `${match.slice(1, 4).join("-")}T${match.slice(4).join(":")}Z`,
          ),
    )
    .filter((moment) => !Number.isNaN(moment));
  const moment = Math.max(Date.now(), ...newest.map((time) => time + 1000));
  return new Date(moment)
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replaceAll(/\D/g, "");
}
