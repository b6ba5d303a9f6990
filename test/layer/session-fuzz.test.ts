import { strict as assert } from "node:assert";
import { randomInt } from "node:crypto";
import { Model, UniqueConstraintError } from "sequelize";
import { test } from "uvu";
import type { Session } from "../../templates/infrastructure/database/session/session.ts";
import { rejection, stopOwnServer, targets } from "./session-fixtures.ts";
import type { TestModels } from "./session-models.ts";

const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
console.log(`seed: ${seed}`);

type Team = InstanceType<TestModels["Team"]>;
/** The rows that the session should see: the motto of each object that is stored. */
type Rows = Map<Team, string | null>;

/** Plays a random piece on a session and keeps a record of what must come of it. */
class Player {
  rows: Rows = new Map();
  committed: Rows = new Map();
  readonly touched = new Set<Team>();
  readonly log: string[] = [];
  #state: number;
  #names = 0;
  readonly #session: Session;
  readonly #models: TestModels;

  constructor(start: number, session: Session, models: TestModels) {
    this.#state = start;
    this.#session = session;
    this.#models = models;
  }

  random(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value ^= value + Math.imul(value ^ (value >>> 7), 61 | value);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  }

  async step(depth: number): Promise<void> {
    const kind = this.random(depth > 0 ? 9 : 12);
    this.log.push(`${">".repeat(depth)}${kind}`);
    if (kind < 2) this.add();
    else if (kind < 4) this.change();
    else if (kind === 4) this.remove();
    else if (kind === 5) await this.look();
    else if (kind === 6) await this.fetch();
    else if (kind === 7) await this.nest(depth);
    else if (kind === 8) await this.collide();
    else if (kind === 9) await this.commit();
    else if (kind === 10) await this.rollback();
    else await this.#session.flush();
  }

  add(): void {
    const spare = [...this.touched].filter(
      (team) => team.isNewRecord && !this.rows.has(team),
    );
    const again = spare[this.random(spare.length * 2 + 1)];
    const motto = this.random(2) === 0 ? null : `m${this.random(9)}`;
    const team =
      again ??
      this.#models.Team.build({
        name: `n${this.#names++}`,
        ...(this.random(2) === 0 ? { motto } : { motto: motto ?? "set" }),
      });
    this.touched.add(team);
    this.#session.add(team);
    this.rows.set(team, team.motto);
  }

  change(): void {
    const team = this.pick();
    if (team === undefined) return;
    team.motto = `m${this.random(9)}`;
    this.rows.set(team, team.motto);
  }

  remove(): void {
    const team = this.pick();
    if (team === undefined) return;
    this.#session.delete(team);
    this.rows.delete(team);
    // A deleted object is not new, so it cannot be added again as one.
    this.touched.delete(team);
  }

  async fetch(): Promise<void> {
    const team = this.pick();
    if (team === undefined || team.isNewRecord) return;
    assert.equal(await this.#session.get(this.#models.Team, team.id), team);
  }

  async look(): Promise<void> {
    const seen = await this.#session.execute<{
      name: string;
      motto: string | null;
    }>("SELECT name, motto FROM teams ORDER BY id");
    this.compare(
      seen.all().map(({ name, motto }) => [name, motto] as const),
      this.rows,
    );
    for (const [team] of this.rows) assert.equal(team.isNewRecord, false);
  }

  async nest(depth: number): Promise<void> {
    if (depth === 3) return;
    const before = new Map(this.rows);
    const fails = this.random(2) === 0;
    const work = this.#session.beginNested(async () => {
      for (let turn = this.random(6); turn > 0; turn -= 1) {
        await this.step(depth + 1);
      }
      if (fails) throw new Error("on purpose");
    });
    if (!fails) {
      await work;
      return;
    }
    assert.equal((await rejection(work, Error)).message, "on purpose");
    this.rows = before;
    this.check();
  }

  async collide(): Promise<void> {
    const other = [...this.rows.keys()].find((team) => !team.isNewRecord);
    if (other === undefined) return;
    await this.#session.flush();
    await rejection(
      this.#session.beginNested(() => {
        this.#session.add(this.#models.Team.build({ name: other.name }));
        return Promise.resolve();
      }),
      UniqueConstraintError,
    );
    this.check();
  }

  async commit(): Promise<void> {
    await this.#session.commit();
    this.committed = new Map(this.rows);
    const rows = await this.#models.Team.findAll();
    this.compare(
      rows.map(({ name, motto }) => [name, motto] as const),
      this.committed,
    );
    this.check();
  }

  async rollback(): Promise<void> {
    await this.#session.rollback();
    this.rows = new Map(this.committed);
    this.check();
  }

  /** What the objects say must agree with the rows. */
  check(): void {
    for (const [team, motto] of this.rows) assert.equal(team.motto, motto);
    for (const team of this.touched) {
      if (this.rows.has(team)) continue;
      assert.equal(team.isNewRecord, true, `${team.name} is new again`);
      assert.equal(team.id, null);
    }
  }

  pick(): Team | undefined {
    const teams = [...this.rows.keys()];
    return teams[this.random(Math.max(teams.length, 1))];
  }

  compare(
    seen: readonly (readonly [string, string | null])[],
    rows: Rows,
  ): void {
    const wanted = [...rows].map(([team, motto]) => [team.name, motto]);
    assert.deepEqual([...seen].sort(byName), wanted.sort(byName));
  }
}

function byName(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]).localeCompare(String(b[0]));
}

for (const { name, run } of targets) {
  test(`${name}: after any sequence of steps rows and objects agree`, () =>
    run(async ({ engine, sessions, models }) => {
      for (let piece = 0; piece < 25; piece += 1) {
        await models.Team.destroy({ where: {}, truncate: false });
        const session = sessions({ expireOnCommit: piece % 2 === 0 });
        const player = new Player(seed + piece, session, models);
        try {
          for (let turn = 0; turn < 60; turn += 1) await player.step(0);
          await player.commit();
          await session.close();
        } catch (error) {
          await session.close();
          throw new Error(
            `piece ${piece} of seed ${seed}: ${player.log.join(" ")}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
            { cause: error },
          );
        }
        assert.equal(engine.pool.checkedOut(), 0);
        assert.ok([...player.touched].every((team) => team instanceof Model));
      }
    }));
}

test("the server of this file ends", stopOwnServer);
test.run();
