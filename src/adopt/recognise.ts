import { mergedByMeaning } from "../upgrade/plan-standing.ts";
import { similarEnough, similarity } from "../upgrade/plan-similarity.ts";
import { ownPart, pristinePart } from "../status/own-part.ts";
import { haveSameWords } from "./resemblance.ts";

/** From this share of common lines on, a file in the layer's folder counts as an edit of ours. */
const editOfOurs = 0.3;

/**
 * Whether a text is the emitted one or an edit of it. Outside of the layer's folder, where every project has a README
 * or a tsconfig of its own, only the very words count.
 */
export function isRecognised(
  id: string,
  inLayer: boolean,
  pristine: string,
  yours: string,
): boolean {
  // Only some keys of it are recorded, and every project has one.
  if (id === "package.json") return true;
  if (haveSameWords(pristine, yours)) return true;
  if (mergedByMeaning[id] !== undefined) {
    const own = ownPart(id, yours, pristine);
    return similarity(pristinePart(id, pristine), own) >= similarEnough;
  }
  return inLayer && similarity(pristine, yours) >= editOfOurs;
}
