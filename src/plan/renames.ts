import declared from "./renames.json" with { type: "json" };

/** What one release calls otherwise, as `renames.json` declares it. */
export interface ReleaseRenames {
  /** Ids of files, old to new. */
  readonly files?: Readonly<Record<string, string>>;
  /** Exported names, old to new. */
  readonly exports?: Readonly<Record<string, string>>;
  /** Ids of files that the release no longer has under any name. */
  readonly removed?: readonly string[];
}

/** By version; a record of an older one may name any of these. */
export const releaseRenames: Readonly<Record<string, ReleaseRenames>> =
  declared;

/** The ids that only former releases emitted. */
export function formerIds(
  releases: Readonly<Record<string, ReleaseRenames>>,
): readonly string[] {
  return Object.values(releases).flatMap(({ files = {}, removed = [] }) => [
    ...Object.keys(files),
    ...removed,
  ]);
}
