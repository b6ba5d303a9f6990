import * as assert from "uvu/assert";
import * as pg from "pg";
import { judgeError } from "../../templates/infrastructure/database/resilience/classifier.ts";
import { CommitInDoubtError } from "../../templates/infrastructure/database/resilience/commit-in-doubt.ts";

/** A write to be checked afterwards: all of its parts are there once, or none. */
export interface Entry {
  readonly token: number;
  readonly parts: number;
}

/** The table that a ledger is compared with; without constraints, so that a row stored twice shows. */
export const ledgerTable =
  "CREATE TABLE kept (id bigserial PRIMARY KEY, token int NOT NULL, part int NOT NULL)";

/** What the layer has told its callers about their writes, to be compared with what is stored. */
export class Ledger {
  readonly acknowledged = new Map<number, Entry>();
  readonly refused = new Map<number, unknown>();
  readonly inDoubt = new Map<number, Entry>();
  #next = 0;

  entry(parts = 1): Entry {
    this.#next += 1;
    return { token: this.#next, parts };
  }

  /** Runs a write and notes what its caller was told; rejects only with what is no database error at all. */
  async note(entry: Entry, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
      this.acknowledged.set(entry.token, entry);
    } catch (error) {
      if (error instanceof CommitInDoubtError)
        this.inDoubt.set(entry.token, entry);
      else if (judgeError(error).category === "unknown") throw error;
      else this.refused.set(entry.token, error);
    }
  }

  /** Every acknowledged write is there exactly once, no refused one is, one in doubt is there whole or not at all. */
  async check(url: string): Promise<void> {
    const stored = await storedParts(url);
    for (const [token, entry] of this.acknowledged)
      assert.equal(stored.get(token), allParts(entry), `lost: ${token}`);
    for (const [token, error] of this.refused)
      assert.is(stored.get(token), undefined, `${token}: ${String(error)}`);
    for (const [token, entry] of this.inDoubt) {
      const found = stored.get(token);
      if (found !== undefined)
        assert.equal(found, allParts(entry), `in doubt: ${token}`);
    }
    for (const token of stored.keys())
      assert.ok(
        this.acknowledged.has(token) || this.inDoubt.has(token),
        `nobody was told of ${token}`,
      );
  }

  summary(): string {
    return `${this.acknowledged.size} acknowledged, ${this.refused.size} refused, ${this.inDoubt.size} in doubt`;
  }
}

function allParts({ parts }: Entry): number[] {
  return Array.from({ length: parts }, (_, part) => part);
}

async function storedParts(url: string): Promise<Map<number, number[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ token: number; part: number }>(
    "SELECT token, part FROM kept ORDER BY token, part",
  );
  await client.end();
  const stored = new Map<number, number[]>();
  for (const { token, part } of rows)
    stored.set(token, [...(stored.get(token) ?? []), part]);
  return stored;
}
