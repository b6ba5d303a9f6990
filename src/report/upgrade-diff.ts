import type { UpgradePlan } from "../upgrade.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** Every line that would change in the files, in the format of `git apply`; conflicts are left out. */
export function drawUpgradeDiff({
  state,
  files,
  permission,
}: UpgradePlan): string {
  const present = new Map(
    state.files.flatMap(({ path, disk }) =>
      disk.kind === "text" ? [[path, disk.text] as const] : [],
    ),
  );
  const own =
    permission === undefined
      ? []
      : [
          unifiedDiff(
            permission.change.path,
            permission.before,
            permission.change.content,
          ),
        ];
  const emitted = files.flatMap(({ path, from, text, action }) => {
    const before = present.get(from ?? path) ?? null;
    if (action === "delete") return [unifiedDiff(path, before, null)];
    if (text === undefined) return [];
    if (from === undefined) return [unifiedDiff(path, before, text)];
    return [unifiedDiff(from, before, null), unifiedDiff(path, null, text)];
  });
  return [...own, ...emitted].join("");
}
