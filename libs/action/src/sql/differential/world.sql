-- The database that the statements of the differential test run against. Each table has more rows than one statement of
-- everyday work touches.
CREATE ROLE reader NOLOGIN;
CREATE ROLE writer NOLOGIN;
CREATE ROLE bo LOGIN PASSWORD 'x';
CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN app.positive AS int CHECK (VALUE > 0);
CREATE SEQUENCE app.tickets;
CREATE TABLE app.tenants (id int PRIMARY KEY, name text NOT NULL, plan text DEFAULT 'free');
INSERT INTO app.tenants SELECT i, 'tenant ' || i FROM generate_series(1, 20) i;
CREATE TABLE app.users (
  id serial PRIMARY KEY,
  tenant_id int REFERENCES app.tenants,
  name text NOT NULL,
  email text UNIQUE,
  age int,
  active boolean DEFAULT true,
  mood app.mood DEFAULT 'ok',
  data jsonb DEFAULT '{}',
  created_at timestamptz DEFAULT '2024-01-01'
);
INSERT INTO app.users (tenant_id, name, email, age, active)
  SELECT 1 + i % 20, 'user ' || i, 'u' || i || '@example.org', 18 + i % 50, i % 7 <> 0 FROM generate_series(1, 100) i;
CREATE TABLE app.orders (
  id serial PRIMARY KEY,
  user_id int REFERENCES app.users ON DELETE CASCADE,
  total numeric(10, 2) NOT NULL,
  status text DEFAULT 'open',
  placed_on date DEFAULT '2024-02-01'
);
INSERT INTO app.orders (user_id, total, status)
  SELECT 1 + i % 50, i * 1.5, CASE i % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'paid' ELSE 'gone' END FROM generate_series(1, 200) i;
CREATE TABLE app.items (order_id int, line int, sku text, quantity int, PRIMARY KEY (order_id, line));
INSERT INTO app.items SELECT 1 + i % 200, i, 'sku' || i % 9, i % 5 FROM generate_series(1, 300) i;
CREATE TABLE app.logs (id bigserial, at timestamptz DEFAULT '2024-01-01', level text, message text);
INSERT INTO app.logs (level, message) SELECT CASE i % 5 WHEN 0 THEN 'warning' ELSE 'info' END, 'm' || i FROM generate_series(1, 150) i;
CREATE TABLE app.parts (id int PRIMARY KEY, parent_id int, label text);
INSERT INTO app.parts SELECT i, nullif(i / 2, 0), 'part ' || i FROM generate_series(1, 40) i;
CREATE TABLE app.metrics (day date NOT NULL, name text, value float8) PARTITION BY RANGE (day);
CREATE TABLE app.metrics_2023 PARTITION OF app.metrics FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE app.metrics_2024 PARTITION OF app.metrics FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO app.metrics SELECT '2023-06-01'::date + i * 7, 'cpu', i FROM generate_series(0, 60) i;
CREATE TABLE app.audited (id int PRIMARY KEY, note text);
INSERT INTO app.audited SELECT i, 'note ' || i FROM generate_series(1, 30) i;
CREATE TABLE app.trail (id serial, what text);
CREATE FUNCTION app.leave_trail() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO app.trail (what) VALUES (TG_OP); RETURN NULL; END $$;
CREATE TRIGGER trail AFTER INSERT OR UPDATE OR DELETE ON app.audited FOR EACH STATEMENT EXECUTE FUNCTION app.leave_trail();
CREATE TABLE app.guarded (id int PRIMARY KEY, owner text, body text);
INSERT INTO app.guarded SELECT i, 'reader', 'body ' || i FROM generate_series(1, 15) i;
ALTER TABLE app.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.guarded USING (owner = current_user);
CREATE TABLE app.inbox (id int);
CREATE RULE keep AS ON DELETE TO app.inbox DO INSTEAD NOTHING;
CREATE VIEW app.active_users AS SELECT id, name, email FROM app.users WHERE active;
CREATE MATERIALIZED VIEW app.totals AS SELECT user_id, sum(total) AS total FROM app.orders GROUP BY user_id;
CREATE UNIQUE INDEX totals_user ON app.totals (user_id);
CREATE INDEX orders_status ON app.orders (status);
CREATE FUNCTION app.double(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE FUNCTION app.wipe() RETURNS void LANGUAGE sql AS 'DELETE FROM app.parts';
CREATE PROCEDURE app.clean() LANGUAGE sql AS $$ DELETE FROM app.logs WHERE level = 'info' $$;
CREATE PUBLICATION news FOR TABLE app.items;
CREATE EXTENSION hstore;
CREATE EXTENSION pgcrypto;
CREATE EXTENSION postgres_fdw;
CREATE SERVER away FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'nowhere.invalid', dbname 'x');
CREATE FOREIGN TABLE app.remote (id int) SERVER away;
CREATE STATISTICS app.orders_stats ON user_id, status FROM app.orders;
SELECT lo_from_bytea(4711, 'bytes');
GRANT USAGE ON SCHEMA app TO reader, writer;
GRANT SELECT ON ALL TABLES IN SCHEMA app TO reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO writer;
ANALYZE;
