import { commentsIn } from "./comment-blocks.ts";
import type { Item, List } from "./tree.ts";

/** The comments before an item, one by one. */
export function commentsBefore({ code, start, body }: Item): List {
  let lead = start;
  const items = commentsIn(code, start, body).map((comment, index): Item => {
    const { start, end } = comment;
    const isDoc = code.text.startsWith("/**", start);
    const item = {
      code,
      type: isDoc ? "JSDoc" : "Comment",
      name: isDoc ? "JSDoc" : "",
      first: index === 0,
      lead,
      start,
      body: start,
      end,
      next: end,
      lists: [],
    };
    lead = end;
    return item;
  });
  return { code, kind: "comments", hint: "", start, end: body, items };
}
