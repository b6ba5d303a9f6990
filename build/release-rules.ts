/** The versions that CHANGELOG.md has a heading for, newest first: what they emit is fixed. */
export function releasedVersions(changelog: string): readonly string[] {
  return [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].flatMap(
    ([, version = ""]) => version,
  );
}

/** What is known before a release, or at any commit after it. */
export interface ReleaseState {
  /** The version in package.json. */
  readonly version: string;
  readonly changelog: string;
  /** Whether the templates give what the version's snapshot holds; undefined where there is none. */
  readonly unchanged: boolean | undefined;
}

/** What stands against publishing what is there; an unreleased version may change as often as it likes. */
export function releaseProblems(state: ReleaseState): readonly string[] {
  const { version, changelog, unchanged } = state;
  if (!releasedVersions(changelog).includes(version)) return [];
  if (unchanged === undefined) {
    return [
      `CHANGELOG.md says that ${version} is released, and test/releases has no snapshot of it: npm run release:snapshot.`,
    ];
  }
  if (unchanged) return [];
  return [
    `${version} is released, and the templates give something else now: raise the version in package.json and say in CHANGELOG.md which emitted files change.`,
  ];
}
