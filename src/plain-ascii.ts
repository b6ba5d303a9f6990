/** What the reports are drawn with, and what stands for it where only ASCII can be shown. */
const substitutes: readonly (readonly [RegExp, string])[] = [
  [/├──/g, "|--"],
  [/└──/g, "`--"],
  [/│/g, "|"],
  [/[·—–]/g, "-"],
  [/…/g, "..."],
  [/→/g, "->"],
  [/✓/g, "ok"],
  [/✗/g, "failed:"],
  [/[\u2800-\u28ff]/g, "*"],
];

/** The text as a terminal shows it that has no other characters. */
export function toAscii(text: string): string {
  return substitutes.reduce(
    (plain, [character, substitute]) => plain.replace(character, substitute),
    text,
  );
}

/** Whether the environment says that only ASCII can be shown; one that says nothing is taken to show all. */
export function isAsciiOnly(env: NodeJS.ProcessEnv): boolean {
  if (env.TERM === "dumb" || env.TERM === "linux") return true;
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(
    (value) => value !== undefined && value !== "",
  );
  return locale !== undefined && !/utf-?8/i.test(locale);
}
