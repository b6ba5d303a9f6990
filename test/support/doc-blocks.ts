/** One fenced code block of a Markdown text. */
export interface DocBlock {
  readonly language: string;
  readonly code: string;
  /** The line of its opening fence, from 1. */
  readonly line: number;
  /** Why it is not run, from a `<!-- not run: … -->` just before it. */
  readonly notRun?: string;
}

/** The fenced code blocks in their order. */
export function readBlocks(markdown: string): DocBlock[] {
  const fence =
    /(?:^<!-- not run: (?<reason>[^>]*?) -->\n+)?^```(?<language>\w*)\n(?<code>[\s\S]*?)^```$/gm;
  return [...markdown.matchAll(fence)].map((match) => {
    const { reason, language = "", code = "" } = match.groups ?? {};
    const start = match.index + match[0].indexOf("```");
    return {
      language,
      code,
      line: markdown.slice(0, start).split("\n").length,
      ...(reason === undefined ? {} : { notRun: reason }),
    };
  });
}

/** The targets of all links and images, without those in code. */
export function readLinks(markdown: string): string[] {
  const prose = markdown
    .replaceAll(/^```[\s\S]*?^```$/gm, "")
    .replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\((?<target>[^)\s]+)\)/g)].map(
    (match) => match.groups?.target ?? "",
  );
}

/** The anchors that a text's headings get. */
export function readAnchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (?<title>.+)$/gm)].map((match) =>
    (match.groups?.title ?? "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
