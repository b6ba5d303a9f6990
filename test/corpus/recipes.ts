import { type Clash, clashes } from "./clashes.ts";
import { Code } from "./code.ts";
import {
  type Customisation,
  type Edit,
  inTurn,
  type Site,
  user,
} from "./customisation.ts";
import { customisations } from "./customisations.ts";
import type { MergeCase } from "./merge-case.ts";
import type { Release } from "./release.ts";
import { bothAddStatements } from "./same-place.ts";
import { pick } from "./sampling.ts";
import { crlf, plain, type Style, styles } from "./styles.ts";
import { canonical } from "./tokens.ts";

/** One sort of case; gives nothing where the file has no place for it. */
export interface Recipe {
  readonly group: "elsewhere" | "hot" | "style" | "pair" | "clash";
  readonly name: string;
  readonly make: (
    release: Release,
    random: () => number,
  ) => Promise<MergeCase | undefined>;
}

/** Every sort of case that the corpus has. */
export const recipes: readonly Recipe[] = [
  ...customisations.map((customisation) => edited(customisation, "elsewhere")),
  ...customisations.map((customisation) => edited(customisation, "hot")),
  ...styles.map((style) => styled(style, "inferred")),
  ...styles
    .filter(({ formatter }) => formatter)
    .map((style) => styled(style, "configured")),
  ...Array.from({ length: 20 }, twoEdits),
  ...styles.flatMap((style) => [
    editedAndStyled(style),
    editedAndStyled(style),
  ]),
  ...styles.filter(({ formatter }) => formatter).map(styledWithCrlf),
  ...clashes.map(clash),
];

function edited(
  customisation: Customisation,
  group: "elsewhere" | "hot",
): Recipe {
  return {
    group,
    name: customisation.name,
    make: async (release, random) => {
      const site = siteOf(customisation, release, group, random);
      const made =
        site &&
        (await replayed(
          release,
          site.edit,
          customisation.name.startsWith("rename"),
        ));
      return made && { ...made, kind: `${group}: ${customisation.name}` };
    },
  };
}

function twoEdits(): Recipe {
  return {
    group: "pair",
    name: "two edits",
    make: async (release, random) => {
      const two = twoSites(release, random);
      const made = two && (await replayed(release, two.edit, two.isRename));
      return made && { ...made, kind: `pair: ${two.name}` };
    },
  };
}

function styled(style: Style, how: "inferred" | "configured"): Recipe {
  return {
    group: "style",
    name: `${style.name}, ${how}`,
    make: (release) =>
      inStyle(
        plainCase(release),
        style,
        how === "configured",
        `style: ${style.name}, ${how}`,
      ),
  };
}

function editedAndStyled(style: Style): Recipe {
  return {
    group: "pair",
    name: `an edit, ${style.name}`,
    make: async (release, random) => {
      const customisation = pick(customisations, random);
      const site =
        customisation && siteOf(customisation, release, "any", random);
      const made =
        site &&
        (await replayed(
          release,
          site.edit,
          customisation.name.startsWith("rename"),
        ));
      const isConfigured = style.formatter && random() < 0.5;
      const how = isConfigured ? "configured" : "inferred";
      return inStyle(
        made,
        style,
        isConfigured,
        `pair: ${customisation?.name ?? ""} + ${style.name}, ${how}`,
      );
    },
  };
}

function styledWithCrlf(style: Style): Recipe {
  return {
    group: "pair",
    name: `${style.name}, CRLF`,
    make: async (release) => {
      const kind = `pair: ${style.name} + CRLF, configured`;
      const made = await inStyle(plainCase(release), style, true, kind);
      return (
        made && {
          ...made,
          yours: crlf(made.yours),
          expected: made.expected.map(crlf),
        }
      );
    },
  };
}

function clash({ name, pairs, contested, prepare }: Clash): Recipe {
  return {
    group: "clash",
    name,
    make: ({ path, base: given }, random) => {
      const prepared = prepare === undefined ? given.text : prepare(given);
      if (prepared === undefined) return Promise.resolve(undefined);
      const base = prepared === given.text ? given : new Code(prepared);
      const [mine, next] = pick(pairs(base), random) ?? [];
      const yours = mine?.(base);
      const theirs = next?.(base);
      const isWhole =
        yours !== undefined &&
        theirs !== undefined &&
        yours !== base.text &&
        theirs !== base.text &&
        yours !== theirs &&
        new Code(yours).parses &&
        new Code(theirs).parses;
      return Promise.resolve(
        isWhole
          ? {
              kind: `clash: ${name}`,
              path,
              base: base.text,
              yours,
              theirs,
              wanted: "conflict",
              expected: [],
              ...(contested && { contested }),
            }
          : undefined,
      );
    },
  };
}

type Heat = "elsewhere" | "hot" | "any";

function siteOf(
  { sites }: Customisation,
  { base, changed }: Release,
  heat: Heat,
  random: () => number,
): Site | undefined {
  const all = sites(base, user);
  return pick(
    heat === "any"
      ? all
      : all.filter(
          ({ declaration }) => changed.has(declaration) === (heat === "hot"),
        ),
    random,
  );
}

function twoSites(
  release: Release,
  random: () => number,
): { name: string; edit: Edit; isRename: boolean } | undefined {
  const [first, second] = [
    pick(customisations, random),
    pick(customisations, random),
  ];
  if (first === undefined || second === undefined || first === second)
    return undefined;
  const [a, b] = [first, second].map((customisation) =>
    siteOf(customisation, release, "any", random),
  );
  if (a === undefined || b === undefined) return undefined;
  return {
    name: `${first.name} + ${second.name}`,
    edit: inTurn([a.edit, b.edit], (text) => new Code(text)),
    isRename:
      first.name.startsWith("rename") && second.name.startsWith("rename"),
  };
}

/** The user changed nothing but the layout. */
function plainCase({ path, base, theirs }: Release): MergeCase {
  return {
    kind: "",
    path,
    base: base.text,
    yours: base.text,
    theirs: theirs.text,
    wanted: "merge",
    expected: [theirs.text],
  };
}

/**
 * The user's edit made in both releases. Where upstream's change is an edit too, it is made in the user's text as well:
 * what the two orders agree on is certain. A new name goes wherever the old one was, so it is certain in any case.
 */
async function replayed(
  { path, base, theirs, upstream }: Release,
  edit: Edit,
  isRename: boolean,
): Promise<MergeCase | undefined> {
  const yours = edit(base);
  if (yours === undefined || yours === base.text || !new Code(yours).parses)
    return undefined;
  const outcomes = [
    edit(theirs),
    await asEmitted(upstream?.(new Code(yours))),
  ].filter((text) => text !== undefined);
  const [
    first,
    second = upstream === undefined || isRename ? first : undefined,
  ] = outcomes;
  if (first === undefined || first === theirs.text) return undefined;
  if (!outcomes.every((text) => new Code(text).parses)) return undefined;
  const isCertain =
    second !== undefined &&
    canonical(first) === canonical(second) &&
    !bothAddStatements(base, new Code(yours), theirs);
  return {
    kind: "",
    path,
    base: base.text,
    yours,
    theirs: theirs.text,
    wanted: isCertain ? "merge" : "either",
    expected: outcomes,
  };
}

/** A release is formatted, and so is what it does to the user's text. */
async function asEmitted(
  text: string | undefined,
): Promise<string | undefined> {
  return text === undefined || !new Code(text).parses
    ? text
    : plain.apply(text);
}

async function inStyle(
  made: MergeCase | undefined,
  style: Style,
  isConfigured: boolean,
  kind: string,
): Promise<MergeCase | undefined> {
  if (made === undefined || made.base === made.theirs) return undefined;
  const [yours, ...expected] = await Promise.all(
    [made.yours, ...made.expected].map(style.apply),
  );
  if (yours === undefined || yours === made.yours) return undefined;
  if (expected.some((text) => text === yours || text === made.theirs))
    return undefined;
  if (!isConfigured) return { ...made, kind, yours, expected };
  const restyled = {
    base: await style.apply(made.base),
    theirs: await style.apply(made.theirs),
  };
  return { ...made, kind, yours, expected, restyled };
}
