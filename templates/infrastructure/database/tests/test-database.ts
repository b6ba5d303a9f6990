/** Where the tests run unless `TEST_DB_URL` says otherwise: SQLite in memory, fresh for every engine. */
export const defaultUrl = "sqlite:///:memory:";
