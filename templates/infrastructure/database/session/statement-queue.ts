import { AsyncLocalStorage } from "node:async_hooks";

interface Lane {
  readonly queue: StatementQueue;
  readonly outer: Lane | undefined;
  open: boolean;
  last: Promise<unknown>;
}

// One storage for all sessions: each further one would slow down every promise of the process.
const currentLane = new AsyncLocalStorage<Lane>();

/**
 * Runs the statements of a session one after the other, as its one connection needs it.
 * What a task itself queues (a model hook, a `beginNested` block) runs within the task, not behind it.
 */
export class StatementQueue {
  readonly #ground = createLane(this, undefined);

  /** Runs `work` after everything that was queued before. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const lane = this.#findLane();
    const turn = lane.last.then(() => this.#runInside(work));
    lane.last = turn.then(ignore, ignore);
    return turn;
  }

  #findLane(): Lane {
    let lane = currentLane.getStore();
    while (lane !== undefined && !(lane.queue === this && lane.open)) {
      lane = lane.outer;
    }
    return lane ?? this.#ground;
  }

  async #runInside<T>(work: () => Promise<T>): Promise<T> {
    const lane = createLane(this, currentLane.getStore());
    try {
      return await currentLane.run(lane, work);
    } finally {
      // Statements that nobody awaited still belong to this task.
      await lane.last;
      lane.open = false;
    }
  }
}

function createLane(queue: StatementQueue, outer: Lane | undefined): Lane {
  return { queue, outer, open: true, last: Promise.resolve() };
}

function ignore(): void {
  // The caller of `run` sees the outcome; the queue only needs its end.
}
