import { compareVersions } from "./plan-versions.ts";

/** One entry of the changelog about what is emitted. */
export interface ReleaseNote {
  readonly version: string;
  readonly text: string;
}

/** What the changelog says of the emitted files, by version. */
export function readChangelog(changelog: string): readonly ReleaseNote[] {
  return changelog.split(/^## /m).flatMap((section) => {
    const version = /^\[(\d[^\]]*)\]/.exec(section)?.[1];
    if (version === undefined) return [];
    const entries = section.matchAll(
      /^- _emitted_: ((?:.+(?:\n(?=\s+\S))?)+)/gm,
    );
    return [...entries].map(([, text = ""]) => ({
      version,
      text: text.replaceAll(/\s+/g, " ").trim(),
    }));
  });
}

/** The notes after one version and up to another that name no file, or one of these. */
export function notesBetween(
  notes: readonly ReleaseNote[],
  from: string,
  to: string,
  paths: readonly string[],
): readonly ReleaseNote[] {
  return notes
    .filter(
      ({ version }) =>
        compareVersions(version, from) > 0 && compareVersions(version, to) <= 0,
    )
    .filter(({ text }) => {
      const named = [...text.matchAll(/`([\w./-]+\.\w+)`/g)].map(
        ([, name = ""]) => name,
      );
      return (
        named.length === 0 ||
        named.some((name) =>
          paths.some((path) => `/${path}`.endsWith(`/${name}`)),
        )
      );
    });
}
