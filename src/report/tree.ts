import type { Target } from "../create/target.ts";
import { describePath } from "./describe-path.ts";

/** One line of the tree. */
interface Row {
  readonly label: string;
  readonly note: string;
}

interface Branch {
  readonly name: string;
  readonly note: string;
  readonly children: readonly Branch[];
}

/** How a tree is drawn. */
export interface TreeOptions {
  /** What to say about a path instead of its action. */
  readonly notes: ReadonlyMap<string, string>;
  /** Lists every file. */
  readonly verbose: boolean;
  /** The terminal's width, where a note that would wrap is left out. */
  readonly columns: number | undefined;
}

/** What was done, one line each: the layer by its folders, everything else by file. */
export function drawTree(
  title: string,
  layer: string,
  targets: readonly Target[],
  { notes, verbose, columns = Infinity }: TreeOptions,
): string {
  const inLayer = targets.filter(({ path }) => path.startsWith(`${layer}/`));
  const others = targets.filter(
    ({ path }) => !inLayer.some((t) => t.path === path),
  );
  const source = others.filter(({ path }) => path.startsWith("src/"));
  const single = others.filter((target) => !source.includes(target));
  const branches: Branch[] = [
    layerBranch(layer, inLayer, verbose),
    ...(source.length > 0 ? [folderBranch("src", source, "src", verbose)] : []),
    ...single.map(({ path, action }) => ({
      name: path,
      note: notes.get(path) ?? actionNotes[action],
      children: [],
    })),
  ];
  return print([{ label: title, note: "" }, ...rows(branches, "")], columns);
}

const actionNotes: Readonly<Record<Target["action"], string>> = {
  create: "created",
  change: "lines added",
  same: "unchanged",
  keep: "yours, kept",
  conflict: "in the way",
};

function layerBranch(
  layer: string,
  targets: readonly Target[],
  verbose: boolean,
): Branch {
  const groups = new Map<string, Target[]>();
  for (const target of targets) {
    const [first = "", ...rest] = target.path
      .slice(layer.length + 1)
      .split("/");
    const key = rest.length > 0 ? first : "";
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  const loose = groups.get("") ?? [];
  const folders = [...groups].filter(([name]) => name !== "");
  return {
    name: `${layer}/`,
    note: `the layer, ${count(targets)}`,
    children: [
      ...folders.map(([name, files]) =>
        folderBranch(name, files, `${layer}/${name}`, verbose),
      ),
      ...loose.map(({ path }) => {
        const name = path.slice(layer.length + 1);
        return { name, note: describePath(name) ?? "", children: [] };
      }),
    ],
  };
}

function folderBranch(
  name: string,
  targets: readonly Target[],
  path: string,
  verbose: boolean,
): Branch {
  const description = describePath(name);
  const files = count(targets);
  return {
    name: `${name}/`,
    note: description === undefined ? files : `${description}, ${files}`,
    children: verbose
      ? targets.map((target) => ({
          name: target.path.slice(path.length + 1),
          note: target.action === "create" ? "" : actionNotes[target.action],
          children: [],
        }))
      : [],
  };
}

function count(targets: readonly Target[]): string {
  return targets.length === 1 ? "1 file" : `${targets.length} files`;
}

function rows(branches: readonly Branch[], indent: string): Row[] {
  return branches.flatMap(({ name, note, children }, index) => {
    const last = index === branches.length - 1;
    return [
      { label: `${indent}${last ? "└──" : "├──"} ${name}`, note },
      ...rows(children, `${indent}${last ? "    " : "│   "}`),
    ];
  });
}

function print(list: readonly Row[], columns: number): string {
  const width = Math.max(...list.map(({ label }) => label.length)) + 2;
  return list
    .map(({ label, note }) =>
      width + note.length > columns ? label : `${label.padEnd(width)}${note}`,
    )
    .map((line) => line.trimEnd())
    .join("\n");
}
