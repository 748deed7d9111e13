/** Typical statements that a parser reads before its first request, so that the engine has compiled what they need. */
export const WARMING: readonly string[] = [
  'SELECT id, name, email FROM users WHERE id = 7',
  "SELECT o.id, sum(i.price * i.quantity) AS total FROM orders o JOIN items i ON i.order_id = o.id WHERE o.placed_at > now() - interval '7 days' AND o.status IN ('open', 'paid') GROUP BY o.id ORDER BY total DESC LIMIT 20",
  'WITH recent AS (SELECT * FROM events WHERE day = current_date) SELECT count(*) FROM recent WHERE kind = $1',
  "INSERT INTO notes (author, body) VALUES ('ana', 'hello') ON CONFLICT (author) DO UPDATE SET body = excluded.body RETURNING id",
  "UPDATE accounts SET balance = balance - 10, seen = true WHERE id = 12 AND owner = 'bo'",
  'DELETE FROM sessions WHERE expires_at < now()',
  'CREATE TABLE IF NOT EXISTS parts (id bigint PRIMARY KEY, name text NOT NULL DEFAULT upper($$x$$), made timestamptz)',
  'ALTER TABLE parts ADD COLUMN weight numeric(10, 2), DROP COLUMN made',
  'DROP TABLE IF EXISTS parts CASCADE; TRUNCATE logs; GRANT SELECT ON parts TO reader',
  "BEGIN; SET LOCAL statement_timeout = '2s'; SELECT EXISTS (SELECT 1 FROM a WHERE a.b = 1 OR a.c LIKE 'x%'); COMMIT",
  'DO $$ BEGIN UPDATE a SET b = 1 WHERE c = 2; PERFORM lower(d) FROM e; END $$',
  'COPY users TO STDOUT WITH (FORMAT csv)',
];
