import ts from "typescript";
import { bodyOf } from "./bodies.ts";
import { Code } from "./code.ts";
import {
  type Author,
  type Customisation,
  type Edit,
  type Site,
  spliced,
  upstream,
  user,
} from "./customisation.ts";
import * as changes from "./customisations/changes.ts";
import * as imports from "./customisations/imports.ts";
import * as members from "./customisations/members.ts";
import * as renames from "./customisations/renames.ts";
import * as bodies from "./customisations/whole-bodies.ts";
import * as statements from "./customisations/statements.ts";
import { cutNode, indentAt, insertAt, linesOfNode } from "./splice.ts";
import { tokensOf } from "./tokens.ts";

/** Two edits of one base that cannot both be had; the second is the release's. */
export interface Clash {
  readonly name: string;
  readonly pairs: (base: Code) => readonly (readonly [Edit, Edit])[];
  readonly contested?: { readonly yours: string; readonly theirs: string };
  /** What was in the base before; otherwise the base is as it is. */
  readonly prepare?: Edit;
}

/** Both do the same thing at the same place, each in their own way. */
function both(
  customisation: Customisation,
  contested = { yours: user.prefix, theirs: upstream.prefix },
): Clash {
  return {
    name: `both ${customisation.name}`,
    contested,
    pairs: (base) => sameSites(base, customisation, user, upstream),
  };
}

/** Both give the same name to different things. */
function sameName(customisation: Customisation): Clash {
  const other: Author = { prefix: user.prefix, step: upstream.step };
  return {
    name: `both ${customisation.name} of one name`,
    contested: { yours: String(user.step), theirs: String(upstream.step) },
    pairs: (base) => sameSites(base, customisation, user, other),
  };
}

function sameSites(
  base: Code,
  customisation: Customisation,
  a: Author,
  b: Author,
): readonly (readonly [Edit, Edit])[] {
  const theirs = customisation.sites(base, b);
  return customisation.sites(base, a).flatMap(({ edit }, index) => {
    const other = theirs[index]?.edit;
    return other === undefined ? [] : [[edit, other] as const];
  });
}

/** One deletes or replaces a body that the other changes. */
function against(
  name: string,
  drop: (key: string) => Edit,
  change: Customisation,
  whose: "yours" | "theirs",
): Clash {
  const author = whose === "yours" ? upstream : user;
  const mark = change === changes.changeNumber ? "" : author.prefix;
  return {
    name: `${name} ${whose === "yours" ? "what upstream changed" : "upstream, changed by the user"}: ${change.name}`,
    contested:
      whose === "yours"
        ? { yours: "", theirs: mark }
        : { yours: mark, theirs: "" },
    pairs: (base) =>
      change
        .sites(base, author)
        .filter((site) => changesBody(base, site))
        .map(({ declaration, edit }) =>
          whose === "yours"
            ? [drop(declaration), edit]
            : [edit, drop(declaration)],
        ),
  };
}

/** Another default of a parameter, say, is not in the body. */
function changesBody(base: Code, { declaration, edit }: Site): boolean {
  const before = base.declarations.get(declaration)?.body;
  const changed = before === undefined ? undefined : edit(base);
  const after =
    changed === undefined
      ? undefined
      : new Code(changed).declarations.get(declaration)?.body;
  return (
    before !== undefined &&
    after !== undefined &&
    tokensOf(before) !== tokensOf(after)
  );
}

function deleteDeclaration(key: string): Edit {
  return spliced(({ declarations, text }) => {
    const node = declarations.get(key)?.node;
    return node && !ts.isConstructorDeclaration(node)
      ? [cutNode(text, node)]
      : undefined;
  });
}

function replaceBodyOf(key: string): Edit {
  return (code) =>
    bodies.replaceBody
      .sites(code, user)
      .find(({ declaration }) => declaration === key)
      ?.edit(code);
}

/** A statement goes to the top of a body that the release puts under a condition. */
const wrapped: Clash = {
  name: "add a statement at the top of what upstream puts under a condition",
  contested: {
    yours: `${user.prefix}Trace`,
    theirs: `${upstream.prefix}Enabled`,
  },
  pairs: (base) =>
    statements.addFirst
      .sites(base, user)
      .map(({ declaration, edit }) => [edit, wrapInIf(declaration)] as const),
};

function wrapInIf(key: string): Edit {
  return spliced((code) => {
    const body = bodyOf(code, key);
    const opening = `if (${upstream.prefix}Enabled) {`;
    return (
      body && bodies.wrapped(code, body, opening, (indent) => [`${indent}}`])
    );
  });
}

/** The user's new variable has the name that the release gives to another. */
const captured: Clash = {
  name: "declare a name that upstream renames to",
  pairs: (base) =>
    renames.renameLocal
      .sites(base, upstream)
      .flatMap(({ declaration, edit }) => {
        const renamed = edit(base);
        const old = namesAtTop(base, declaration);
        const [next] = namesAtTop(new Code(renamed ?? ""), declaration).filter(
          (name) => !old.includes(name),
        );
        return next === undefined
          ? []
          : [[declareAtTop(declaration, next), edit] as const];
      }),
};

/** The variables of a body's own scope; in a block a variable would only hide them. */
function namesAtTop({ declarations }: Code, key: string): readonly string[] {
  const statements = declarations.get(key)?.body?.statements ?? [];
  return statements.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : [],
  );
}

function declareAtTop(key: string, name: string): Edit {
  return spliced(({ declarations, text }) => {
    const first = declarations.get(key)?.body?.statements[0];
    if (first === undefined) return undefined;
    const indent = indentAt(text, first.getStart());
    return [
      insertAt(
        linesOfNode(text, first).from,
        `${indent}const ${name} = Date.now();\n${indent}console.debug(${name});\n`,
      ),
    ];
  });
}

const spare: Author = { prefix: "spare", step: 0 };

/** A function that nobody used is deleted, and the release begins to use it. */
const used: Clash = {
  name: "delete a function that upstream begins to use",
  prepare: (code) =>
    imports.addFunctionBetween.sites(code, spare).at(-1)?.edit(code),
  pairs: (base) =>
    statements.addLast
      .sites(base, upstream)
      .map(
        ({ edit }) =>
          [
            deleteDeclaration("spareBetween"),
            (code) =>
              edit(code)?.replace(
                `${upstream.prefix}Trace("leave")`,
                "spareBetween(1)",
              ),
          ] as const,
      ),
};

/** Cases that must end in a conflict. */
export const clashes: readonly Clash[] = [
  ...[
    changes.changeMessage,
    changes.changeDefault,
    changes.changeReturnType,
    changes.changeParameterType,
    changes.addParameter,
    bodies.changeCondition,
    bodies.replaceBody,
    statements.addFirst,
    statements.addLast,
    statements.addBetween,
  ].map((customisation) => both(customisation)),
  both(changes.changeNumber, { yours: "", theirs: "" }),
  ...[
    renames.renameLocal,
    renames.renamePrivate,
    renames.renameExported,
    renames.renameParameter,
  ].map((customisation) => both(customisation, { yours: "", theirs: "" })),
  ...[
    members.addMethod,
    members.addProperty,
    imports.addFunction,
    imports.addConstant,
  ].map(sameName),
  ...[
    statements.addFirst,
    changes.changeNumber,
    bodies.wrapInTry,
    bodies.changeCondition,
  ].flatMap((change) => [
    against("delete", deleteDeclaration, change, "yours"),
    against("deleted", deleteDeclaration, change, "theirs"),
    // A body that somebody replaced can be put into the other's try all the same.
    ...(change === bodies.wrapInTry
      ? []
      : [against("replace", replaceBodyOf, change, "yours")]),
  ]),
  wrapped,
  captured,
  used,
];
