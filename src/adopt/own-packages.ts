import { join } from "node:path";
import { readText } from "../project/manifest.ts";
import type { OwnParts } from "../record/own-parts.ts";
import type { Json } from "../render/print-json.ts";
import { ownValues } from "../upgrade/plan-own.ts";
import { packageRules } from "../upgrade/plan-package.ts";
import { parseLoosely } from "../upgrade/plan-standing.ts";
import { undress } from "../upgrade/text-dress.ts";

/**
 * Nothing tells who put the packages and permissions into package.json, so they count as the user's own, unless the file
 * is the tool's as a whole. Scripts do not: they run the layer's files.
 *
 * @param emitted the whole file of a new project; undefined where there was one before
 * @param fragment the layer's part of it
 */
export function ownPackages(
  root: string,
  emitted: string | undefined,
  fragment: string,
): OwnParts {
  const text = readText(join(root, "package.json")) ?? "{}";
  if (emitted !== undefined && undress(text) === emitted) return new Map();
  const rules = packageRules({}, new Map());
  const asked = parseLoosely(fragment) as Json;
  const { own } = ownValues({}, text, asked, [], rules);
  const kept = own.filter((name) => !name.startsWith("scripts "));
  return new Map([["package.json", kept]]);
}
