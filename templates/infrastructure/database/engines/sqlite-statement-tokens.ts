/** The tokens of SQLite's SQL that tell values from the rest; what is not closed counts as a value to the end. */
export const sqliteStatementTokens = new RegExp(
  [
    /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
    /[xX]?'[^']*(?:''[^']*)*(?:'|$)/,
    /(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])(?![\w$\u0080-\uffff])/,
    /(?<kept>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\?\d*|[:@$][\w$\u0080-\uffff]+|"[^"]*(?:""[^"]*)*"|`[^`]*(?:``[^`]*)*`|\[[^\]]*\])/,
    /["`[][\s\S]*/,
    // 1, .5, 1e-7, 0xff, 1_000
    /\.?\d(?:[\w.]|(?<=[eE])[+-])*/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);
