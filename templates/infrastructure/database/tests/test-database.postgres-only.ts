/** Where the tests run unless `TEST_DB_URL` says otherwise; a database of its own, as tests drop tables. */
export const defaultUrl =
  "postgresql://postgres:postgres@localhost:5432/postgres";
