/**
 * The tokens of PostgreSQL's SQL that tell values from the rest, for `standard_conforming_strings = on`, its default. What is
 * not closed, and what follows a comment in a comment, counts as a value to the end.
 */
export const postgresStatementTokens = new RegExp(
  [
    /(?<comment>--[^\n\r]*|\/\*(?:(?!\/\*)[\s\S])*?\*\/)/,
    /\/\*[\s\S]*/,
    // E'it\'s', which may go on in the next line.
    /[eE](?:(?:\s|--[^\n\r]*)*'(?:[^'\\]|\\[\s\S]|'')*(?:'|$))+/,
    /(?:[bBnNxX]|[uU]&)?'[^']*(?:''[^']*)*(?:'|$)/,
    /\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[\s\S]*?(?:\$\k<tag>\$|$)/,
    /(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])(?![\w$\u0080-\uffff])/,
    /(?<kept>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\$\d+|"[^"]*(?:""[^"]*)*")/,
    /"[\s\S]*/,
    // 1, .5, 1e-7, 0xff, 1_000
    /\.?\d(?:[\w.]|(?<=[eE])[+-])*/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);
