import { usesJest } from "../project/frameworks.ts";
import type { Project } from "../project/project.ts";

const oldestTypescript = [5, 9];

/** What the user should know about the project that the layer comes into. */
export function layoutNotes({ details }: Project): string[] {
  if (details === undefined) return [];
  const { typescript, packages } = details;
  return [
    ...(isOld(typescript)
      ? [
          `The layer is checked with TypeScript ${oldestTypescript.join(".")} and newer; yours is ${typescript ?? ""}.`,
        ]
      : []),
    ...(usesJest(packages)
      ? [
          'Jest would take the layer\'s tests for its own: add its folder to "testPathIgnorePatterns" unless your pattern leaves *.test.ts out.',
        ]
      : []),
  ];
}

function isOld(version: string | undefined): boolean {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version ?? "") ?? [];
  if (major === undefined || minor === undefined) return false;
  const [oldMajor = 0, oldMinor = 0] = oldestTypescript;
  return (
    Number(major) < oldMajor ||
    (Number(major) === oldMajor && Number(minor) < oldMinor)
  );
}
