import type { ErrorCategory } from "../../templates/infrastructure/database/resilience/error-category.ts";

type Row = readonly [state: string, category: ErrorCategory, sql: string];

/** Statements that make a real server report the SQLSTATE, each run in a transaction of its own. */
export const refusedStatements: readonly Row[] = [
  ["0A000", "permanent", "SELECT 1 FROM elsewhere.public.parent"],
  ["20000", "permanent", "DO $$BEGIN CASE 1 WHEN 2 THEN NULL; END CASE; END$$"],
  ["21000", "permanent", "SELECT (SELECT id FROM generate_series(1, 2) id)"],
  ["22000", "permanent", "DO $$BEGIN RAISE SQLSTATE '22000'; END$$"],
  ["22001", "permanent", "INSERT INTO parent (short) VALUES ('too long')"],
  ["22003", "permanent", "SELECT 2147483647::int4 + 1"],
  ["22007", "permanent", "SELECT 'no date'::date"],
  ["22008", "permanent", "SELECT '2020-13-45'::date"],
  ["22011", "permanent", "SELECT substring('a' FROM 1 FOR -1)"],
  ["22012", "permanent", "SELECT 1 / 0"],
  ["22025", "permanent", "SELECT 'a' LIKE 'a' ESCAPE 'ab'"],
  ["22021", "permanent", "SELECT convert_from('\\xff', 'UTF8')"],
  ["22023", "permanent", "SELECT pg_xact_status('99999999999')"],
  ["22026", "permanent", "SELECT B'10' & B'1'"],
  ["2201B", "permanent", "SELECT 'a' ~ '('"],
  ["2201E", "permanent", "SELECT ln(0)"],
  ["2201F", "permanent", "SELECT sqrt(-1)"],
  ["22P02", "permanent", "SELECT 'x'::int"],
  ["23502", "integrity", "INSERT INTO parent (name) VALUES (NULL)"],
  ["23503", "integrity", "INSERT INTO child VALUES (7)"],
  ["23505", "integrity", "INSERT INTO parent (id) VALUES (1), (1)"],
  ["23514", "integrity", "INSERT INTO parent (size) VALUES (-1)"],
  ["23P01", "integrity", "INSERT INTO room VALUES ('[1,3]'), ('[2,4]')"],
  ["25001", "permanent", "VACUUM"],
  ["25006", "connection", "SET TRANSACTION READ ONLY; CREATE TABLE x (id int)"],
  ["26000", "transient", "EXECUTE nothing_prepared"],
  ["2BP01", "permanent", "DROP TABLE parent"],
  ["2F005", "permanent", "SELECT returns_nothing()"],
  ["34000", "permanent", "FETCH nothing_open"],
  ["3B001", "permanent", "ROLLBACK TO SAVEPOINT nowhere"],
  ["3F000", "permanent", "CREATE TABLE nowhere.x (id int)"],
  ["42501", "permanent", "SET LOCAL ROLE pg_monitor; SELECT * FROM pg_authid"],
  ["42601", "permanent", "SELEC 1"],
  ["42701", "permanent", "CREATE TABLE x (id int, id int)"],
  ["42702", "permanent", "SELECT id FROM parent a, parent b"],
  ["42703", "permanent", "SELECT nothing FROM parent"],
  ["42704", "permanent", "DROP TYPE nothing"],
  ["42710", "permanent", "CREATE ROLE postgres"],
  ["42712", "permanent", "SELECT 1 FROM parent a, parent a"],
  [
    "42723",
    "permanent",
    "CREATE FUNCTION returns_nothing() RETURNS int LANGUAGE sql AS 'SELECT 1'",
  ],
  ["42803", "permanent", "SELECT id, count(*) FROM parent"],
  ["42804", "permanent", "SELECT CASE WHEN true THEN 1 ELSE now() END"],
  ["42830", "permanent", "CREATE TABLE x (id int REFERENCES parent (size))"],
  ["42846", "permanent", "SELECT now()::int"],
  ["42883", "permanent", "SELECT nothing()"],
  ["428C9", "permanent", "INSERT INTO parent (fixed) VALUES (1)"],
  ["42939", "permanent", "CREATE ROLE pg_mine"],
  ["42P01", "permanent", "SELECT * FROM nothing"],
  ["42P02", "permanent", "SELECT $1"],
  [
    "42P05",
    "transient",
    "PREPARE twice AS SELECT 1; PREPARE twice AS SELECT 1",
  ],
  ["42P06", "permanent", "CREATE SCHEMA public"],
  ["42P07", "permanent", "CREATE TABLE parent (id int)"],
  ["42P10", "permanent", "SELECT 1 ORDER BY 2"],
  [
    "42P16",
    "permanent",
    "CREATE TABLE x (id int PRIMARY KEY, a int PRIMARY KEY)",
  ],
  ["44000", "integrity", "INSERT INTO big_parent (id, size) VALUES (9, 1)"],
  [
    "53400",
    "connection",
    "SET LOCAL temp_file_limit = '1kB'; SET LOCAL work_mem = '64kB'; SELECT count(*) FROM (SELECT * FROM generate_series(1, 200000) i ORDER BY random()) x",
  ],
  [
    "54001",
    "permanent",
    "SET LOCAL max_stack_depth = '100kB'; SELECT deeper(1)",
  ],
  [
    "54011",
    "permanent",
    "DO $$BEGIN EXECUTE 'CREATE TABLE x (' || (SELECT string_agg('c' || i || ' int', ',') FROM generate_series(1, 1700) i) || ')'; END$$",
  ],
  ["55000", "permanent", "SELECT currval('counter')"],
  [
    "55006",
    "transient",
    "DO $$DECLARE c CURSOR FOR SELECT * FROM parent; BEGIN OPEN c; DROP TABLE child; ALTER TABLE parent ADD y int; END$$",
  ],
  [
    "57014",
    "timeout",
    "SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(5)",
  ],
  ["58P01", "connection", "COPY parent FROM '/nowhere/at/all'"],
  ["P0001", "permanent", "DO $$BEGIN RAISE EXCEPTION 'no'; END$$"],
  [
    "P0002",
    "permanent",
    "DO $$DECLARE x int; BEGIN SELECT 1 INTO STRICT x WHERE false; END$$",
  ],
  [
    "P0003",
    "permanent",
    "DO $$DECLARE x int; BEGIN SELECT i INTO STRICT x FROM generate_series(1, 2) i; END$$",
  ],
  ["P0004", "permanent", "DO $$BEGIN ASSERT false; END$$"],
  ["XX000", "permanent", "SELECT pg_describe_object(1, 1, 1)"],
];

/** What the statements above need. */
export const schema = `
  CREATE TABLE parent (
    id serial PRIMARY KEY,
    name text NOT NULL DEFAULT '',
    short varchar(3),
    size int CHECK (size >= 0),
    fixed int GENERATED ALWAYS AS IDENTITY
  );
  CREATE TABLE child (parent int REFERENCES parent (id));
  CREATE TABLE room (taken int4range, EXCLUDE USING gist (taken WITH &&));
  CREATE VIEW big_parent AS SELECT * FROM parent WHERE size > 10 WITH CHECK OPTION;
  CREATE SEQUENCE counter;
  CREATE FUNCTION returns_nothing() RETURNS int LANGUAGE plpgsql AS 'BEGIN END';
  CREATE FUNCTION deeper(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN deeper(i + 1); END';
`;
