import ts from "typescript";

/** What to put in the place of a part of a text. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with these parts replaced; parts do not overlap. */
export function splice(text: string, splices: readonly Splice[]): string {
  return [...splices]
    .sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce(
      (result, { from, to, text: part }) =>
        result.slice(0, from) + part + result.slice(to),
      text,
    );
}

export function insertAt(at: number, text: string): Splice {
  return { from: at, to: at, text };
}

export function replaceNode(node: ts.Node, text: string): Splice {
  return { from: node.getStart(), to: node.getEnd(), text };
}

/** Where the line begins that has this place in it. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** The place behind the line break of the line that has this place in it. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/** The white space that the line of this place begins with. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? "";
}

/** The lines of a node, from the first comment that belongs to it to the end of its last line. */
export function linesOfNode(
  text: string,
  node: ts.Node,
): { readonly from: number; readonly to: number } {
  const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  let from = node.getStart();
  for (const comment of [...comments].reverse()) {
    const between = text.slice(comment.end, from);
    const alone = text.slice(lineStart(text, comment.pos), comment.pos).trim();
    if (/\n\s*\n/.test(between) || alone !== "") break;
    from = comment.pos;
  }
  return { from: lineStart(text, from), to: lineEnd(text, node.getEnd()) };
}

/** Takes the lines of a node away, with the blank line that set it apart. */
export function cutNode(text: string, node: ts.Node): Splice {
  const { from, to } = linesOfNode(text, node);
  const blankAfter = /^[ \t]*\n/.exec(text.slice(to))?.[0].length ?? 0;
  const blankBefore =
    /\n([ \t]*\n)$/.exec(text.slice(0, from))?.[1]?.length ?? 0;
  if (blankAfter > 0) return { from, to: to + blankAfter, text: "" };
  const opens = /^\s*[}\])]/.test(text.slice(to)) || to === text.length;
  return { from: opens ? from - blankBefore : from, to, text: "" };
}

/** Pushes lines to the right, except those that begin inside a template literal. */
export function indentLines(
  text: string,
  from: number,
  to: number,
  ast: ts.SourceFile,
): readonly Splice[] {
  const splices: Splice[] = [];
  for (let at = lineStart(text, from); at < to; at = lineEnd(text, at)) {
    if (text[at] !== "\n" && !startsInTemplate(ast, at))
      splices.push(insertAt(at, "  "));
    if (lineEnd(text, at) === text.length) break;
  }
  return splices;
}

export function startsInTemplate(ast: ts.SourceFile, at: number): boolean {
  let inside = false;
  const visit = (node: ts.Node): void => {
    if (at <= node.getStart(ast) || at >= node.getEnd()) return;
    if (
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node)
    )
      inside = true;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ast, visit);
  return inside;
}
