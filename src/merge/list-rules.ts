import { matchInOrder } from "./match-items.ts";
import { isDivided } from "./print-entries.ts";
import { textOf, type List } from "./tree.ts";

/** Whether the items have names and no order that matters, so that two additions at one place are two things. */
export function hasNames(base: List, yours: List, theirs: List): boolean {
  switch (yours.kind) {
    case "statements":
    case "parameters":
    case "arguments":
    case "cases":
    case "comments":
      return false;
    case "items":
      return (
        textOf(yours).includes("\n") &&
        [base, yours, theirs].every(({ items }) =>
          items.every(({ name, type }) => name !== "" || type === "Comment"),
        )
      );
    case "enum":
      return [base, yours, theirs].every(({ items }) =>
        items.every(({ code, body, end }) =>
          code.text.slice(body, end).includes("="),
        ),
      );
    default:
      return true;
  }
}

/** Whether a conflict on one item would tear a line apart. */
export function isInline(...lists: readonly List[]): boolean {
  return lists.some(
    (list) =>
      (isDivided(list) || list.kind === "union") &&
      list.items.some(
        ({ code, lead, start }) => !code.text.slice(lead, start).includes("\n"),
      ),
  );
}

/** What one side inserts among parameters or arguments shifts the places of what the other inserts. */
export function bothInsert(base: List, yours: List, theirs: List): boolean {
  const inserts = ({ items }: List): boolean =>
    matchInOrder(base.items, items).size < items.length;
  return (
    isByPlace(base) &&
    inserts(yours) &&
    inserts(theirs) &&
    !keepPlaces(base, yours, theirs)
  );
}

/** Whether each of the parameters or arguments is where it was, if perhaps another one. */
export function keepPlaces(base: List, yours: List, theirs: List): boolean {
  const keeps = ({ items }: List): boolean => {
    const matches = matchInOrder(base.items, items);
    return (
      items.length === base.items.length &&
      base.items.every(
        (item, place) => (matches.get(item) ?? items[place]) === items[place],
      )
    );
  };
  return isByPlace(base) && keeps(yours) && keeps(theirs);
}

function isByPlace({ kind }: List): boolean {
  return kind === "parameters" || kind === "arguments";
}
