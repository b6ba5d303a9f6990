import validateName from "validate-npm-package-name";

/** Half of a surrogate pair, on which npm's own check throws. */
const halfPair = /\p{Surrogate}/u;

/** Every rule of npm that the name breaks; an empty list means a valid name. */
export function nameProblems(name: string): readonly string[] {
  if (halfPair.test(name)) {
    return [`Expected a package name, got ${JSON.stringify(name)}.`];
  }
  const { errors = [], warnings = [] } = validateName(name);
  const broken = [...new Set([...errors, ...warnings])];
  return broken.map(
    (rule) => `${show(name)} is no package name for npm: ${rule}.`,
  );
}

/** A valid name as close as possible to a folder's name or to the name of an old package. */
export function toApplicationName(raw: string): string {
  if (nameProblems(raw).length === 0) return raw;
  const name = raw
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._~-]+/g, "-")
    .replaceAll("~", "-")
    .replaceAll(/^[-._]+|[-._]+$/g, "")
    .slice(0, 214);
  return nameProblems(name).length === 0 ? name : "my-app";
}

function show(name: string): string {
  const text = JSON.stringify(name);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
