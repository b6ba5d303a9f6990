import { strict as assert } from "node:assert";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
} from "sequelize";
import { test } from "uvu";
import type { Engine } from "../engine.ts";
import { createSessionFactory } from "../session/session-factory.ts";
import type { SessionFactory } from "../session/session-factory.ts";
import { withEngine } from "./fixtures.ts";

class Author extends Model<
  InferAttributes<Author>,
  InferCreationAttributes<Author>
> {
  declare id: CreationOptional<number>;
  declare name: string;
}

class Book extends Model<InferAttributes<Book>, InferCreationAttributes<Book>> {
  declare id: CreationOptional<number>;
  declare title: string;
  declare authorId: CreationOptional<number>;
  declare author?: NonAttribute<Author>;
}

/** Two tables that refer to each other, gone again after the work. */
function withSessions(
  work: (sessions: SessionFactory) => Promise<void>,
): Promise<void> {
  return withEngine(async (engine) => {
    initModels(engine);
    await engine.sequelize.sync({ force: true });
    try {
      await work(createSessionFactory(engine));
    } finally {
      await engine.sequelize.drop();
    }
  });
}

function initModels({ sequelize }: Engine): void {
  const id = {
    type: DataTypes.INTEGER,
    autoIncrement: true,
    primaryKey: true,
  };
  const text = { type: DataTypes.STRING, allowNull: false, unique: true };
  const options = { sequelize, timestamps: false };
  Author.init({ id, name: text }, { ...options, tableName: "test_authors" });
  Book.init(
    { id: { ...id }, title: { ...text }, authorId: DataTypes.INTEGER },
    { ...options, tableName: "test_books" },
  );
  Book.belongsTo(Author, { as: "author", foreignKey: "authorId" });
}

test("objects are written together, parents first, and get their keys", () =>
  withSessions(async (sessions) => {
    const author = Author.build({ name: "Ursula" });
    const books = ["one", "two", "three"].map((title) => {
      const book = Book.build({ title });
      book.author = author;
      return book;
    });
    await sessions.begin(async (session) => {
      session.addAll(books);
      await session.flush();
      assert.ok(author.id > 0);
      assert.equal(await session.get(Author, author.id), author);
    });
    assert.equal(await Book.count({ where: { authorId: author.id } }), 3);
  }));

test("changes and deletions are written at the commit", () =>
  withSessions(async (sessions) => {
    await Author.bulkCreate([{ name: "kept" }, { name: "gone" }]);
    await sessions.begin(async (session) => {
      const [kept, gone] = await session.findAll(Author, { order: ["id"] });
      assert.ok(kept !== undefined && gone !== undefined);
      kept.name = "renamed";
      session.delete(gone);
    });
    const names = (await Author.findAll()).map(({ name }) => name);
    assert.deepEqual(names, ["renamed"]);
  }));

test("what fails is rolled back, in the objects too", () =>
  withSessions(async (sessions) => {
    const author = Author.build({ name: "lost" });
    const work = sessions.begin(async (session) => {
      session.add(author);
      await session.flush();
      throw new Error("changed my mind");
    });
    await assert.rejects(work, /changed my mind/);
    assert.equal(author.isNewRecord, true);
    assert.equal(await Author.count(), 0);
  }));

test("a savepoint takes back a part", () =>
  withSessions(async (sessions) => {
    await Author.create({ name: "taken" });
    await sessions.begin(async (session) => {
      session.add(Author.build({ name: "first" }));
      const nested = session.beginNested(async () => {
        session.add(Author.build({ name: "taken" }));
        await session.flush();
      });
      await assert.rejects(nested, { name: "SequelizeUniqueConstraintError" });
      session.add(Author.build({ name: "last" }));
    });
    assert.equal(await Author.count(), 3);
  }));

test("raw statements bind their values", () =>
  withSessions((sessions) =>
    sessions.begin(async (session) => {
      const sql = "INSERT INTO test_authors (name) VALUES ($1), ($2)";
      const inserted = await session.execute(sql, ["it's", "fine"]);
      assert.equal(inserted.rowCount, 2);
      const found = await session.execute<{ name: string }>(
        "SELECT name FROM test_authors WHERE name LIKE $pattern",
        { pattern: "it%" },
      );
      assert.equal(found.scalarOne(), "it's");
    }),
  ));

test("statements at once take turns, and nothing stays open", () =>
  withEngine(async (engine) => {
    const session = createSessionFactory(engine)();
    const results = await Promise.all(
      [1, 2, 3].map((n) => session.execute("SELECT $1 + 0 AS n", [n])),
    );
    assert.deepEqual(
      results.map((result) => Number(result.scalarOne())),
      [1, 2, 3],
    );
    assert.equal(engine.pool.checkedOut(), 1);
    await session.close();
    assert.equal(engine.pool.checkedOut(), 0);
  }));

test.run();
