/** A statement that is longer is cut: bulk inserts have texts of megabytes. */
const longest = 2000;

const everything = /[\s\S]+/g;

interface TokenGroups {
  readonly kept?: string;
  readonly comment?: string;
}

/**
 * The text of a statement in one line with `?` for every value in it, and without its comments. `tokens` are the engine's: what
 * they match is a value, unless it is in their group `kept` or `comment`. Names in quotes stay; SQLite takes a text in
 * double quotes for a value when no column has that name, so write texts in single quotes.
 */
export function statementText(sql: string, tokens = everything): string {
  const text = sql
    .slice(0, longest)
    .replace(tokens, (...match) => {
      const { kept, comment } = match.at(-1) as TokenGroups;
      return kept ?? (comment === undefined ? "?" : " ");
    })
    // A line break or escape sequence could forge a line of the log.
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return sql.length > longest ? `${text} …` : text;
}
