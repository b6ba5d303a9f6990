import type { ManagerName, NodeMajor } from "./toolbox.ts";

/** What a project looks like before the layer comes into it. */
export type Resolution = "node10" | "node16" | "nodenext" | "bundler";

/** One surrounding in which the layer has to be at home. */
export interface Row {
  readonly node: NodeMajor;
  readonly manager: ManagerName;
  readonly typescript: "5.9" | "6" | "7";
  readonly module: "esm" | "cjs";
  /** An existing project with this `moduleResolution`; a new one where it is left out. */
  readonly existing?: Resolution;
  readonly driver?: "sqlite3" | "better-sqlite3" | "node";
  /** Without tsx: Node.js strips the types itself. */
  readonly strips?: boolean;
  /** Part of the quick run. */
  readonly quick?: boolean;
}

/** Each package manager, Node.js, compiler, module system, resolution and driver at least once. */
export const rows: readonly Row[] = [
  {
    node: 20,
    manager: "npm@10",
    typescript: "5.9",
    module: "esm",
    quick: true,
  },
  { node: 20, manager: "npm@11", typescript: "6", module: "cjs" },
  { node: 22, manager: "npm@12", typescript: "7", module: "esm" },
  { node: 20, manager: "pnpm@10", typescript: "6", module: "esm" },
  { node: 22, manager: "pnpm@11", typescript: "6", module: "cjs" },
  { node: 24, manager: "pnpm@12", typescript: "7", module: "esm" },
  { node: 20, manager: "yarn@1", typescript: "5.9", module: "cjs" },
  { node: 22, manager: "yarn@4", typescript: "6", module: "esm" },
  { node: 24, manager: "bun@1", typescript: "6", module: "esm" },
  {
    node: 20,
    manager: "npm@11",
    typescript: "5.9",
    module: "cjs",
    existing: "node10",
  },
  {
    node: 20,
    manager: "npm@11",
    typescript: "5.9",
    module: "esm",
    existing: "node16",
  },
  {
    node: 22,
    manager: "npm@11",
    typescript: "7",
    module: "esm",
    existing: "nodenext",
  },
  {
    node: 22,
    manager: "npm@11",
    typescript: "6",
    module: "esm",
    existing: "bundler",
  },
  {
    node: 24,
    manager: "npm@12",
    typescript: "7",
    module: "esm",
    strips: true,
  },
  {
    node: 24,
    manager: "npm@11",
    typescript: "6",
    module: "esm",
    driver: "node",
    strips: true,
    quick: true,
  },
  {
    node: 22,
    manager: "npm@11",
    typescript: "6",
    module: "cjs",
    driver: "node",
  },
  {
    node: 22,
    manager: "npm@12",
    typescript: "5.9",
    module: "cjs",
    driver: "better-sqlite3",
  },
  {
    node: 24,
    manager: "npm@12",
    typescript: "6",
    module: "esm",
    driver: "better-sqlite3",
  },
];

/** The name of a manager's command, such as `npm`. */
export function commandOf({ manager }: Row): string {
  return manager.split("@")[0] ?? manager;
}
