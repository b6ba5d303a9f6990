import { features } from "../features.ts";
import type { Feature } from "../features/feature.ts";
import { globTest } from "./glob.ts";
import { layerFolder } from "./landing.ts";

/** A pattern of a feature that matches a template. */
export interface Claim {
  readonly feature: Feature;
  readonly pattern: string;
}

const patterns = features.flatMap((feature) =>
  [
    ...(feature.files ?? []),
    ...(feature.layer ?? []).map((pattern) => `${layerFolder}/${pattern}`),
  ].map((pattern) => ({ feature, pattern, matches: globTest(pattern) })),
);

/** The claims on a template that no longer pattern beats: one, unless the manifest is wrong. */
export function claimsOn(template: string): readonly Claim[] {
  const matching = patterns.filter(({ matches }) => matches(template));
  const longest = Math.max(...matching.map(({ pattern }) => pattern.length));
  return matching.filter(({ pattern }) => pattern.length === longest);
}

const known = new Map<string, Feature | undefined>();

/** The feature that a template belongs to. */
export function featureOf(template: string): Feature | undefined {
  if (!known.has(template)) known.set(template, claimsOn(template)[0]?.feature);
  return known.get(template);
}
