import type { Customisation } from "./customisation.ts";
import * as changes from "./customisations/changes.ts";
import * as comments from "./customisations/comments.ts";
import * as deletions from "./customisations/deletions.ts";
import * as imports from "./customisations/imports.ts";
import * as members from "./customisations/members.ts";
import * as moves from "./customisations/moves.ts";
import * as renames from "./customisations/renames.ts";
import * as bodies from "./customisations/whole-bodies.ts";
import * as statements from "./customisations/statements.ts";

/** All changes of code; the styles are in `styles.ts`. */
export const customisations: readonly Customisation[] = [
  renames,
  moves,
  members,
  imports,
  statements,
  bodies,
  changes,
  deletions,
  comments,
].flatMap((group) =>
  Object.values(group).filter(
    (value): value is Customisation => typeof value === "object",
  ),
);
