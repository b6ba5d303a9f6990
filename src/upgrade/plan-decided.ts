import { parse, type ParseError } from "jsonc-parser";
import { codeReader, type Code } from "../merge/code.ts";
import { duplicateMembers } from "../merge/duplicate-members.ts";
import type { Conflict } from "../merge/merged.ts";
import { decideMerged } from "../merge/print-merged.ts";
import { isCode, nodeAt, nodesAt, textAt } from "../merge/syntax.ts";
import type { FilePlan } from "./plan-outcome.ts";

/** The texts that take the place of conflicts; one without is not decided yet. */
export type Decided = ReadonlyMap<Conflict, string | undefined>;

/**
 * What is wrong with a file once these conflicts are decided, in a sentence: it does not parse, or has a name twice, and
 * neither side alone is so. What is not decided yet may still become either side.
 */
export function faultOf(
  { path, conflict }: FilePlan,
  decided: Decided,
): string | undefined {
  if (conflict === undefined) return undefined;
  const { merged, sides } = conflict;
  const faultsOf = isCode(path) ? codeFaults(path) : otherFaults(path);
  const known = [sides.yours ?? "", sides.theirs ?? ""].flatMap(faultsOf);
  // A fault that was there before cannot be told from a new one.
  if (known.includes(unparsed)) return undefined;
  const faults = (["yours", "theirs"] as const).map((side) => {
    const text = decideMerged(merged, (one) => decided.get(one) ?? one[side]);
    return faultsOf(text).find((fault) => !known.includes(fault));
  });
  return faults.includes(undefined) ? undefined : faults[0];
}

const unparsed = "it does not parse";

type FaultsOf = (text: string) => readonly string[];

function codeFaults(path: string): FaultsOf {
  const read = codeReader(path);
  return (text) => {
    const code = read(text);
    if (code === undefined) return [unparsed];
    return [
      ...code.faults.map(inWords),
      ...duplicateMembers(code).map((name) => `\`${name}\` is in it twice`),
      ...twice(code).map((name) => `\`${name}\` is declared twice`),
    ];
  };
}

/** Interfaces of one name are one to the compiler, and never what is meant here. */
function twice({ program }: Code): readonly string[] {
  const names = nodesAt(program, "body")
    .map((node) => nodeAt(node, "declaration") ?? node)
    .filter(({ type }) => type === "TSInterfaceDeclaration")
    .map((node) => textAt(nodeAt(node, "id") ?? node, "name"));
  return names.filter((name, index) => names.indexOf(name) !== index);
}

function inWords(fault: string): string {
  const [, name] = /^Identifier '(.+)' has already been/.exec(fault) ?? [];
  return name === undefined
    ? fault.replace(/\.$/, "")
    : `\`${name}\` is declared twice`;
}

function otherFaults(path: string): FaultsOf {
  if (!path.endsWith(".json")) return () => [];
  return (text) => {
    const errors: ParseError[] = [];
    parse(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? [] : [unparsed];
  };
}
