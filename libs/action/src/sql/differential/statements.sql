-- One statement (or one text of several) a line. Each runs in a transaction of its own that is rolled back.
-- Reading
SELECT 1
SELECT * FROM app.users
SELECT id, name FROM app.users WHERE id = 7
SELECT count(*) FROM app.orders
SELECT u.name, sum(o.total) FROM app.users u JOIN app.orders o ON o.user_id = u.id GROUP BY u.name ORDER BY 2 DESC LIMIT 5
SELECT * FROM app.users WHERE id IN (SELECT user_id FROM app.orders WHERE total > 100)
SELECT * FROM app.users u WHERE EXISTS (SELECT 1 FROM app.orders o WHERE o.user_id = u.id)
SELECT name, row_number() OVER (PARTITION BY tenant_id ORDER BY age) FROM app.users
WITH big AS (SELECT * FROM app.orders WHERE total > 200) SELECT count(*) FROM big
WITH RECURSIVE up AS (SELECT id, parent_id FROM app.parts WHERE id = 30 UNION ALL SELECT p.id, p.parent_id FROM app.parts p JOIN up ON p.id = up.parent_id) SELECT * FROM up
SELECT * FROM app.active_users LIMIT 3
SELECT * FROM app.totals WHERE user_id = 3
TABLE app.tenants
VALUES (1, 'a'), (2, 'b')
SELECT * FROM app.users TABLESAMPLE bernoulli (10)
SELECT DISTINCT ON (tenant_id) tenant_id, name FROM app.users ORDER BY tenant_id, age
SELECT (SELECT max(total) FROM app.orders) AS most, (SELECT min(age) FROM app.users) AS least
SELECT name FROM app.users UNION SELECT name FROM app.tenants
SELECT id FROM app.users EXCEPT SELECT user_id FROM app.orders
SELECT * FROM app.users, LATERAL (SELECT max(total) FROM app.orders WHERE user_id = users.id) x WHERE id < 5
SELECT * FROM generate_series(1, 5) n
SELECT upper(name), length(email), data->>'k', to_char(created_at, 'YYYY') FROM app.users WHERE age BETWEEN 20 AND 30
SELECT app.double(2)
SELECT status, count(*) FILTER (WHERE total > 10) FROM app.orders GROUP BY ROLLUP (status)
SELECT * FROM app.metrics WHERE day = '2024-01-05'
SELECT * FROM app.users WHERE name LIKE 'user 1%' ORDER BY id LIMIT 10 OFFSET 2
SELECT jsonb_agg(t) FROM app.tenants t
SELECT array_agg(id ORDER BY id) FROM app.parts
SELECT * FROM app.orders WHERE id = 3 FOR UPDATE
SELECT relname FROM pg_class WHERE relkind = 'r' LIMIT 3
SELECT * FROM information_schema.tables WHERE table_schema = 'app'
SELECT current_user, version(), now()
SELECT pg_size_pretty(pg_total_relation_size('app.users'))
SELECT table_to_xml('app.parts', true, true, '')
SELECT query_to_xml('SELECT * FROM app.parts', true, true, '')
SELECT lo_get(4711)
SHOW work_mem
EXPLAIN SELECT * FROM app.users
EXPLAIN DELETE FROM app.users
EXPLAIN (ANALYZE, TIMING off) SELECT count(*) FROM app.users
SELECT crypt('x', gen_salt('md5')), digest('a', 'sha256'), gen_random_uuid()
SELECT 'a=>1'::hstore -> 'a'
-- Adding
INSERT INTO app.tenants VALUES (100, 'new')
INSERT INTO app.tenants (id, name) VALUES (100, 'a'), (101, 'b'), (102, 'c')
INSERT INTO app.users (name) VALUES ('zoe') RETURNING id
INSERT INTO app.users (name, email) SELECT name, 'x' || email FROM app.users WHERE id < 10
INSERT INTO app.tenants VALUES (1, 'again') ON CONFLICT DO NOTHING
INSERT INTO app.tenants VALUES (1, 'again') ON CONFLICT (id) DO UPDATE SET name = excluded.name
INSERT INTO app.tenants SELECT id, 'x' FROM app.tenants ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE tenants.id < 4
INSERT INTO app.logs DEFAULT VALUES
INSERT INTO app.metrics VALUES ('2024-03-01', 'mem', 1)
INSERT INTO app.audited VALUES (99, 'x')
INSERT INTO app.active_users (id, name) VALUES (999, 'v')
INSERT INTO app.inbox VALUES (1), (2)
WITH n AS (INSERT INTO app.tenants VALUES (200, 'w') RETURNING id) SELECT * FROM n
WITH n AS (INSERT INTO app.tenants VALUES (200, 'w') RETURNING id) INSERT INTO app.parts SELECT id FROM n
INSERT INTO app.orders (user_id, total) VALUES (1, (SELECT max(total) FROM app.orders))
INSERT INTO app.logs (level) OVERRIDING SYSTEM VALUE VALUES ('x')
COPY app.inbox FROM STDIN
-- Changing
UPDATE app.users SET age = 40 WHERE id = 7
UPDATE app.users SET age = age + 1
UPDATE app.users SET active = false WHERE email LIKE '%1@example.org'
UPDATE app.users SET age = o.total::int FROM app.orders o WHERE o.user_id = users.id AND o.total > 250
UPDATE app.users SET name = t.name FROM app.tenants t WHERE t.id = 3
UPDATE app.orders SET (total, status) = (0, 'void') WHERE status = 'gone'
UPDATE app.orders SET total = (SELECT avg(total) FROM app.orders) WHERE id = 1
UPDATE ONLY app.parts SET label = 'x' WHERE parent_id IS NULL
UPDATE app.users SET data = jsonb_set(data, '{a}', '1') WHERE id IN (1, 2, 3)
UPDATE app.metrics SET day = '2024-05-01' WHERE day < '2023-07-01'
UPDATE app.active_users SET name = 'v' WHERE id = 8
UPDATE app.audited SET note = 'y' WHERE id < 3
UPDATE app.users SET mood = DEFAULT WHERE id = 1 RETURNING *
UPDATE app.tenants SET plan = 'paid' WHERE true
UPDATE app.tenants SET plan = 'paid' WHERE id = id
UPDATE app.tenants SET plan = 'paid' WHERE id > 0
UPDATE app.tenants SET plan = 'paid' WHERE name IS NOT NULL
WITH c AS (UPDATE app.tenants SET plan = 'x' WHERE id = 1 RETURNING *) SELECT * FROM c
WITH a AS (WITH b AS (SELECT 1) SELECT 1), c AS (UPDATE app.parts SET label = 'deep' RETURNING id) SELECT count(*) FROM c
UPDATE app.users SET age = 1 WHERE id = (WITH x AS (SELECT 5 AS id) SELECT id FROM x)
-- Removing
DELETE FROM app.orders WHERE id = 3
DELETE FROM app.orders
DELETE FROM app.users WHERE id = 12
DELETE FROM app.items WHERE order_id IN (SELECT id FROM app.orders WHERE status = 'gone')
DELETE FROM app.items USING app.orders o WHERE o.id = items.order_id AND o.status = 'paid'
DELETE FROM app.items USING app.orders o WHERE o.id = 7
DELETE FROM app.logs WHERE id < 20
DELETE FROM app.logs WHERE id IN (SELECT id FROM app.logs)
DELETE FROM app.logs WHERE id IN (SELECT id FROM app.logs LIMIT 5)
DELETE FROM app.parts p USING app.parts q WHERE p.id = q.id
DELETE FROM app.parts WHERE NOT EXISTS (SELECT 1 FROM app.parts c WHERE c.parent_id = parts.id)
DELETE FROM app.metrics WHERE day < '2023-08-01'
DELETE FROM app.audited WHERE id = 4
DELETE FROM app.inbox
DELETE FROM app.active_users WHERE id = 60
WITH d AS (DELETE FROM app.logs WHERE level = 'info' RETURNING *) SELECT count(*) FROM d
WITH d AS (DELETE FROM app.items RETURNING *) INSERT INTO app.inbox SELECT order_id FROM d
TRUNCATE app.items
TRUNCATE app.users CASCADE
TRUNCATE app.items, app.logs RESTART IDENTITY
TRUNCATE app.metrics
MERGE INTO app.tenants t USING (VALUES (1, 'm'), (300, 'n')) v(id, name) ON t.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.name)
MERGE INTO app.parts p USING app.tenants t ON p.id = t.id WHEN MATCHED AND t.id > 10 THEN DELETE WHEN MATCHED THEN UPDATE SET label = t.name
MERGE INTO app.parts p USING app.parts q ON p.id = q.id WHEN MATCHED THEN DELETE
MERGE INTO app.parts p USING app.tenants t ON p.id = t.id WHEN MATCHED THEN DO NOTHING
-- Copying out
COPY app.users TO STDOUT
COPY (SELECT name FROM app.users WHERE id < 5) TO STDOUT WITH (FORMAT csv)
COPY (DELETE FROM app.logs WHERE id = 1 RETURNING *) TO STDOUT
-- Structure that comes
CREATE TABLE app.fresh (id int)
CREATE TABLE app.fresh (id serial PRIMARY KEY, ref int REFERENCES app.users, CHECK (id > 0))
CREATE TABLE IF NOT EXISTS app.users (id int)
CREATE TABLE app.fresh AS SELECT * FROM app.users
CREATE TABLE app.fresh AS SELECT * FROM app.users WITH NO DATA
SELECT * INTO app.fresh FROM app.parts
CREATE TABLE app.fresh (LIKE app.users INCLUDING ALL)
CREATE TABLE app.metrics_2025 PARTITION OF app.metrics FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
CREATE TABLE app.child () INHERITS (app.parts)
CREATE UNLOGGED TABLE app.fresh (id int)
CREATE TEMP TABLE scratch (id int)
CREATE TEMP TABLE scratch AS SELECT * FROM app.users
CREATE TABLE pg_temp.scratch (id int)
SELECT 1 AS a INTO TEMP scratch
CREATE TEMP TABLE scratch ON COMMIT DROP AS SELECT id FROM app.parts LIMIT 3
CREATE TEMP VIEW seen AS SELECT 1
CREATE TEMP SEQUENCE counting
CREATE VIEW app.seen AS SELECT * FROM app.users
CREATE OR REPLACE VIEW app.active_users AS SELECT id, name, email FROM app.users
CREATE RECURSIVE VIEW app.numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 3
CREATE MATERIALIZED VIEW app.sums AS SELECT count(*) FROM app.items
CREATE MATERIALIZED VIEW app.sums AS SELECT 1 WITH NO DATA
REFRESH MATERIALIZED VIEW app.totals
REFRESH MATERIALIZED VIEW CONCURRENTLY app.totals
REFRESH MATERIALIZED VIEW app.totals WITH NO DATA
CREATE INDEX ON app.users (age)
CREATE UNIQUE INDEX fresh ON app.parts (label) WHERE id < 10
CREATE INDEX ON app.users (lower(name))
CREATE SEQUENCE app.fresh
CREATE SCHEMA fresh
CREATE SCHEMA fresh AUTHORIZATION bo
CREATE SCHEMA fresh CREATE TABLE a (id int) CREATE VIEW b AS SELECT 1
CREATE TYPE app.pair AS (a int, b int)
CREATE TYPE app.light AS ENUM ('on', 'off')
CREATE TYPE app.span AS RANGE (subtype = float8)
CREATE DOMAIN app.short AS text CHECK (length(VALUE) < 5)
CREATE FUNCTION app.one() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE OR REPLACE FUNCTION app.double(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 3'
CREATE FUNCTION app.up() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN 1; END'
CREATE PROCEDURE app.go() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM app.logs; END $$
CREATE FUNCTION app.inc(int) RETURNS int RETURN $1 + 1
CREATE AGGREGATE app.total (int) (sfunc = int4pl, stype = int, initcond = '0')
CREATE OPERATOR app.=== (leftarg = int, rightarg = int, function = int4eq)
CREATE CAST (app.mood AS int) WITH INOUT
CREATE COLLATION app.plain (locale = 'C')
CREATE CONVERSION app.conv FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1
CREATE STATISTICS app.more ON name, age FROM app.users
CREATE TEXT SEARCH CONFIGURATION app.words (COPY = simple)
CREATE TEXT SEARCH DICTIONARY app.dict (template = simple)
CREATE TRIGGER again BEFORE UPDATE ON app.parts FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
CREATE OR REPLACE TRIGGER trail AFTER INSERT ON app.audited FOR EACH STATEMENT EXECUTE FUNCTION app.leave_trail()
CREATE RULE quiet AS ON INSERT TO app.logs DO INSTEAD NOTHING
CREATE RULE loud AS ON UPDATE TO app.parts DO ALSO DELETE FROM app.logs
CREATE EXTENSION citext
CREATE EXTENSION pg_trgm SCHEMA other
CREATE FOREIGN DATA WRAPPER more
CREATE SERVER more FOREIGN DATA WRAPPER postgres_fdw
CREATE FOREIGN TABLE app.far (id int) SERVER away
CREATE USER MAPPING FOR bo SERVER away OPTIONS (user 'x', password 'y')
CREATE PUBLICATION more FOR ALL TABLES
CREATE PUBLICATION more FOR TABLE app.parts WHERE (id > 3)
CREATE PUBLICATION more FOR TABLES IN SCHEMA app
CREATE LANGUAGE plpgsql2 HANDLER plpgsql_call_handler
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler
-- Structure that changes
ALTER TABLE app.users ADD COLUMN nick text
ALTER TABLE app.users ADD COLUMN made date DEFAULT now()
ALTER TABLE app.users ALTER COLUMN age TYPE bigint
ALTER TABLE app.users ALTER COLUMN age SET DEFAULT 3, ALTER COLUMN name DROP NOT NULL
ALTER TABLE app.users ALTER COLUMN age SET STATISTICS 50
ALTER TABLE app.users RENAME COLUMN age TO years
ALTER TABLE app.users RENAME TO people
ALTER TABLE app.users SET SCHEMA other
ALTER TABLE app.users SET (fillfactor = 70)
ALTER TABLE app.users ADD CONSTRAINT adult CHECK (age > 0) NOT VALID
ALTER TABLE app.orders ADD FOREIGN KEY (user_id) REFERENCES app.users
ALTER TABLE app.parts ADD UNIQUE (label, id)
ALTER TABLE app.logs SET UNLOGGED
ALTER TABLE app.orders CLUSTER ON orders_status
ALTER TABLE app.items REPLICA IDENTITY FULL
ALTER TABLE app.metrics DETACH PARTITION app.metrics_2023
ALTER TABLE app.parts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY
ALTER VIEW app.active_users RENAME TO actives
ALTER INDEX app.orders_status RENAME TO by_status
ALTER SEQUENCE app.tickets RESTART WITH 50
ALTER SEQUENCE app.tickets INCREMENT 5
ALTER TYPE app.mood ADD VALUE 'calm'
ALTER TYPE app.mood RENAME VALUE 'ok' TO 'fine'
ALTER DOMAIN app.positive SET DEFAULT 4
ALTER FUNCTION app.double(int) STABLE
ALTER FUNCTION app.double(int) RENAME TO twice
ALTER SCHEMA other RENAME TO another
ALTER SERVER away OPTIONS (SET host 'elsewhere.invalid')
ALTER STATISTICS app.orders_stats SET STATISTICS 10
ALTER EXTENSION hstore SET SCHEMA other
ALTER PUBLICATION news ADD TABLE app.parts
ALTER PUBLICATION news DROP TABLE app.items
ALTER PUBLICATION news SET (publish = 'insert')
COMMENT ON TABLE app.users IS 'people'
COMMENT ON COLUMN app.users.name IS 'what they are called'
-- Structure that goes
DROP TABLE app.items
DROP TABLE app.users CASCADE
DROP TABLE IF EXISTS app.nothing
DROP VIEW app.active_users
DROP MATERIALIZED VIEW app.totals
DROP INDEX app.orders_status
DROP SEQUENCE app.tickets
DROP SCHEMA other
DROP SCHEMA app CASCADE
DROP FUNCTION app.double
DROP PROCEDURE app.clean
DROP TRIGGER trail ON app.audited
DROP RULE keep ON app.inbox
DROP DOMAIN app.positive
DROP TYPE app.mood CASCADE
DROP EXTENSION pgcrypto
DROP SERVER away CASCADE
DROP FOREIGN TABLE app.remote
DROP STATISTICS app.orders_stats
DROP PUBLICATION news
ALTER TABLE app.users DROP COLUMN email CASCADE
ALTER TABLE app.users DROP COLUMN age
ALTER TABLE app.users DROP COLUMN id CASCADE
ALTER TABLE app.orders DROP CONSTRAINT orders_user_id_fkey
ALTER TABLE app.metrics DROP COLUMN value
DROP OWNED BY reader
DROP ROLE bo
-- Who may do what
GRANT SELECT ON app.users TO bo
GRANT ALL ON ALL TABLES IN SCHEMA app TO bo
GRANT SELECT (name) ON app.users TO bo
GRANT EXECUTE ON FUNCTION app.wipe() TO bo
GRANT USAGE ON SCHEMA other TO PUBLIC
GRANT CREATE ON DATABASE postgres TO bo
GRANT writer TO bo WITH ADMIN OPTION
REVOKE SELECT ON app.users FROM reader
REVOKE ALL ON ALL TABLES IN SCHEMA app FROM writer CASCADE
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO bo
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC
CREATE ROLE fresh
CREATE USER fresh SUPERUSER PASSWORD 'p'
CREATE ROLE fresh ROLE bo
CREATE GROUP fresh
ALTER ROLE bo SUPERUSER
ALTER ROLE bo PASSWORD 'new'
ALTER ROLE bo VALID UNTIL '2030-01-01'
ALTER ROLE bo RENAME TO jo
ALTER GROUP writer ADD USER bo
ALTER TABLE app.users OWNER TO bo
ALTER FUNCTION app.wipe() OWNER TO bo
ALTER SCHEMA other OWNER TO bo
ALTER TYPE app.mood OWNER TO bo
REASSIGN OWNED BY bo TO writer
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY
ALTER TABLE app.guarded DISABLE ROW LEVEL SECURITY
ALTER TABLE app.guarded FORCE ROW LEVEL SECURITY
CREATE POLICY all_rows ON app.guarded USING (true)
ALTER POLICY own ON app.guarded RENAME TO mine
DROP POLICY own ON app.guarded
ALTER FUNCTION app.wipe() SECURITY DEFINER
ALTER FUNCTION app.double(int) LEAKPROOF
ALTER VIEW app.active_users SET (security_barrier = true)
-- Guards
ALTER TABLE app.audited DISABLE TRIGGER trail
ALTER TABLE app.audited DISABLE TRIGGER ALL
ALTER TABLE app.audited ENABLE REPLICA TRIGGER trail
ALTER TABLE app.inbox DISABLE RULE keep
CREATE FUNCTION app.ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION app.ddl()
-- The session
SET work_mem = '8MB'
SET LOCAL statement_timeout = '5s'
SET search_path = other, app
SET ROLE reader
SET LOCAL ROLE writer
SET SESSION AUTHORIZATION bo
SET row_security = off
SET session_replication_role = replica
SET default_transaction_read_only = on
SET TRANSACTION READ ONLY
SET CONSTRAINTS ALL DEFERRED
SET TIME ZONE 'Europe/Vienna'
SET app.tenant = '7'
SET log_statement = 'all'
SET zero_damaged_pages = on
SET allow_system_table_mods = on
SET standard_conforming_strings = off
RESET ALL
SELECT set_config('work_mem', '9MB', true)
SELECT set_config('role', 'reader', true)
SELECT set_config('search_path', 'other', false)
SELECT set_config('app.tenant', '8', true)
UPDATE pg_settings SET setting = '9MB' WHERE name = 'work_mem'
ALTER ROLE bo SET work_mem = '1GB'
ALTER ROLE ALL SET search_path = other
ALTER DATABASE postgres SET default_transaction_read_only = off
SAVEPOINT a
LISTEN channel
NOTIFY channel, 'x'
UNLISTEN *
DECLARE c CURSOR FOR SELECT * FROM app.users
DECLARE c CURSOR FOR SELECT * FROM app.users; FETCH 3 FROM c; UPDATE app.users SET age = 1 WHERE CURRENT OF c; CLOSE c
PREPARE p AS SELECT 1
PREPARE p (int) AS DELETE FROM app.logs WHERE id < $1; EXECUTE p (10)
DEALLOCATE ALL
DISCARD PLANS
LOCK TABLE app.users
LOCK TABLE app.users, app.orders IN ACCESS EXCLUSIVE MODE NOWAIT
SELECT pg_advisory_xact_lock(7)
SELECT pg_try_advisory_lock(8), pg_advisory_unlock(8)
CHECKPOINT
CLUSTER app.orders USING orders_status
REINDEX TABLE app.orders
REINDEX INDEX app.orders_status
ANALYZE app.users
LOAD 'auto_explain'
-- Functions that do
SELECT nextval('app.tickets')
SELECT setval('app.tickets', 90)
SELECT setval('app.users_id_seq', (SELECT max(id) FROM app.users))
SELECT lo_create(0)
SELECT lo_from_bytea(0, 'abc')
SELECT lo_put(4711, 0, 'zzz')
SELECT lo_unlink(4711)
SELECT lo_unlink(oid) FROM pg_largeobject_metadata
SELECT app.wipe()
CALL app.clean()
SELECT pg_notify('c', 'x')
SELECT pg_stat_reset_single_table_counters('app.users'::regclass)
SELECT setseed(0.5), random()
DO $$ BEGIN DELETE FROM app.logs; END $$
DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM app.parts LOOP DELETE FROM app.parts WHERE id = r.id; END LOOP; END $$
DO $$ BEGIN EXECUTE 'DROP TABLE app.items'; END $$
DO $$ BEGIN EXECUTE 'DROP TABLE app.' || 'items'; END $$
DO $$ BEGIN PERFORM set_config('work_mem', '10MB', true); PERFORM lo_unlink(4711); END $$
DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM app.users; IF n > 3 THEN UPDATE app.users SET age = n; END IF; END $$
DO $$ BEGIN INSERT INTO app.tenants VALUES (1, 'twice'); EXCEPTION WHEN unique_violation THEN DELETE FROM app.items WHERE order_id = 5; END $$
DO $$ BEGIN PERFORM app.wipe(); END $$
DO $$ BEGIN CALL app.clean(); END $$
UPDATE pg_catalog.pg_class SET reloptions = '{fillfactor=50}' WHERE relname = 'parts'
DELETE FROM pg_catalog.pg_description WHERE objoid = 0
INSERT INTO pg_catalog.pg_auth_members (roleid, member, grantor, admin_option) SELECT 'writer'::regrole, 'bo'::regrole, 10, true
-- Several at once
INSERT INTO app.logs (message) VALUES ('a'); UPDATE app.parts SET label = 'a' WHERE id = 1; DELETE FROM app.items WHERE line = 5
CREATE TABLE app.fresh (id int); INSERT INTO app.fresh VALUES (1), (2); DROP TABLE app.fresh
SET LOCAL ROLE writer; DELETE FROM app.logs WHERE id = 2
ALTER TABLE app.audited DISABLE TRIGGER USER; UPDATE app.audited SET note = 'quiet'; ALTER TABLE app.audited ENABLE TRIGGER USER
-- Conditions that let every row through
DELETE FROM app.parts WHERE id + 0 = id
DELETE FROM app.parts WHERE id IN (SELECT id FROM app.parts)
DELETE FROM app.parts WHERE NOT (id < 1)
DELETE FROM app.parts WHERE COALESCE(label, '') >= ''
DELETE FROM app.parts WHERE label LIKE '%' OR label IS NULL
DELETE FROM app.parts WHERE EXISTS (SELECT 1 FROM app.tenants)
DELETE FROM app.parts WHERE id BETWEEN 0 AND 2147483647
DELETE FROM app.parts WHERE id NOT IN (0, -1)
DELETE FROM app.parts WHERE CASE WHEN id > 3 THEN true ELSE true END
DELETE FROM app.parts WHERE (SELECT count(*) FROM app.tenants) > 0
DELETE FROM app.parts WHERE id >= (SELECT min(id) FROM app.parts)
DELETE FROM app.parts WHERE id % 5 < 5
DELETE FROM app.parts USING app.tenants t WHERE t.id = 1
DELETE FROM app.parts p USING (SELECT id FROM app.parts) q WHERE p.id = q.id
UPDATE app.users SET age = 1 WHERE created_at <= now()
UPDATE app.users SET age = 1 WHERE (name IS NULL) IS NOT TRUE
UPDATE app.users SET age = 1 WHERE id = ANY (ARRAY(SELECT id FROM app.users))
UPDATE app.users SET age = 1 FROM app.tenants t WHERE t.id = 2
WITH x AS (SELECT id FROM app.users) UPDATE app.users SET age = 1 FROM x WHERE users.id = x.id
MERGE INTO app.parts p USING app.tenants t ON t.id = 1 WHEN MATCHED THEN UPDATE SET label = 'x'
