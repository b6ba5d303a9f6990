import type { ConflictMode } from "./plan-conflicts.ts";
import type { PlanInput } from "./plan-input.ts";
import { touchesDisk, type FilePlan } from "./plan-outcome.ts";
import { blameConflicts, blameFiles } from "./type-blame.ts";
import {
  describeProblem,
  type TypeCheck,
  type TypeProblem,
} from "./type-check.ts";
import { lessIn, siftProblems } from "./type-news.ts";
import { doubtsOf, questionFiles, tellConflicts } from "./type-questions.ts";
import { openSides, settle, treeOf } from "./type-trees.ts";

/** A plan that went through the type check. */
export interface Passed {
  readonly files: readonly FilePlan[];
  /** Errors that this version brings to code that it does not write. */
  readonly news: readonly string[];
  /** The errors that are still there once the conflicts are decided. */
  readonly left: (decided: readonly FilePlan[]) => Promise<readonly string[]>;
}

/** What one round found, all conflicts being decided for one side, and for the other where that is open. */
interface Found {
  readonly tree: readonly FilePlan[];
  readonly theirs: readonly FilePlan[];
  /** Wrong whichever side is taken, and with the user's only. */
  readonly sure: readonly TypeProblem[];
  readonly withYours: readonly TypeProblem[];
  readonly news: readonly TypeProblem[];
}

/** What is asked about is looked at again as it may be decided; more often than this changes nothing any more. */
const mostRounds = 4;

/** Makes questions of what does not type-check, until what is left as merged does. */
export class TypeGate {
  readonly #check: TypeCheck;
  readonly #input: PlanInput;
  readonly #mode: ConflictMode;
  /** Where errors were found. */
  readonly #doubtful = new Set<string>();

  constructor(check: TypeCheck, input: PlanInput, mode: ConflictMode) {
    this.#check = check;
    this.#input = input;
    this.#mode = mode;
  }

  async pass(files: readonly FilePlan[], round = 1): Promise<Passed> {
    const found = await this.#look(files);
    const { blames, rest } = await blameFiles(
      this.#check,
      found.sure,
      found.tree,
    );
    const doubts = doubtsOf(blames);
    // What is decided for the new version is not asked; what is wrong with it is said.
    const asked =
      this.#mode === "new"
        ? files
        : questionFiles(files, found.theirs, doubts, this.#input);
    const isNew = asked.some((file, index) => file !== files[index]);
    if (isNew && round < mostRounds) return this.pass(asked, round + 1);
    const emitted = new Set(pathsOf(files));
    const own = found.news.filter(({ path }) => !emitted.has(path));
    return {
      files: await this.#tell(asked, found),
      news: [...own, ...rest].map(describeProblem),
      left: (decided) => this.#left(asked, decided),
    };
  }

  async #look(files: readonly FilePlan[]): Promise<Found> {
    const { version } = this.#input;
    const [side = "yours", other] = openSides(files, this.#mode);
    const tree = settle(files, side, version);
    const theirs = settle(files, "theirs", version);
    const { fresh, news } = await this.#sift(tree);
    const withYours =
      other === undefined
        ? []
        : await lessIn(this.#check, fresh, treeOf(theirs));
    const sure = fresh.filter((problem) => !withYours.includes(problem));
    return { tree, theirs, sure, withYours, news };
  }

  async #sift(
    tree: readonly FilePlan[],
    only?: ReadonlySet<string>,
  ): ReturnType<typeof siftProblems> {
    const problems = await this.#check.problems(treeOf(tree), only);
    const sifted = await siftProblems(this.#check, problems, this.#input);
    for (const { path } of sifted.fresh) this.#doubtful.add(path);
    return sifted;
  }

  async #tell(
    files: readonly FilePlan[],
    { tree, theirs, withYours }: Found,
  ): Promise<readonly FilePlan[]> {
    const ways = {
      candidates: pathsOf(files.filter(isOpen)),
      tree,
      others: theirs,
    };
    const blames = await blameConflicts(this.#check, withYours, ways);
    return tellConflicts(files, blames);
  }

  /** Where errors were found, and after questions that were answered one by one all that is written. */
  async #left(
    planned: readonly FilePlan[],
    decided: readonly FilePlan[],
  ): Promise<readonly string[]> {
    const answered = this.#mode === "ask" && planned.some(isOpen);
    const written = answered ? pathsOf(decided.filter(touchesDisk)) : [];
    const paths = new Set([...this.#doubtful, ...written]);
    if (decided.some(isOpen) || paths.size === 0) return [];
    const { fresh } = await this.#sift(decided, paths);
    return fresh.map(describeProblem);
  }
}

function isOpen({ conflict }: FilePlan): boolean {
  return conflict !== undefined;
}

function pathsOf(files: readonly FilePlan[]): readonly string[] {
  return files.map(({ path }) => path);
}
