/** Texts of other languages inside a call: each goes to its own reader, and files that leave by an option are an export. */
import { describe, expect, it } from 'vitest';
import { cases, deeds, innerTexts } from './testing.ts';

const CASES = cases(`
  awk 'BEGIN{system("id")}' f => script awk: BEGIN{system("id")}
  awk -F: -v x=1 '{print $1}' f => script awk: {print $1}
  sed -i 's/a/b/' f => script sed: s/a/b/
  sed -n -e 1p -e 2p f => script sed: 1p | script sed: 2p
  sed -i '' 's/a/b/' f => script sed: s/a/b/
  wget -O x http://files.example.com/x => http: GET http://files.example.com/x
  wget --post-file=notes http://files.example.com/ => http: POST http://files.example.com/
  curl -d @notes https://files.example.com => http: POST https://files.example.com
  curl -T notes https://files.example.com => http: PUT https://files.example.com
  curl -G -d q=1 https://files.example.com => http: GET https://files.example.com
  curl -I https://files.example.com => http: HEAD https://files.example.com
  curl -X DELETE https://api.example.com/v1/items/1 => http: DELETE https://api.example.com/v1/items/1
  curl files.example.com/x => http: GET http://files.example.com/x
  http POST api.example.com/x a=1 => http: POST http://api.example.com/x
  http api.example.com/x => http: GET http://api.example.com/x
  http api.example.com/x name=ana => http: POST http://api.example.com/x
  python3 -c 'print(1)' => script python: print(1)
  python3 - <<< 'print(2)' => script python: print(2)
  node -e 'f()' => script javascript: f()
  perl -ne 'print' f => script perl: print
  ruby -e 'puts 1' => script ruby: puts 1
  php -r 'echo 1;' => script php: echo 1;
  psql -h db -c 'SELECT 1' => sql postgres: SELECT 1
  echo 'SELECT 2' | psql => sql postgres: SELECT 2
  mysql -u ana -e 'SELECT 3' db => sql mysql: SELECT 3
  sqlite3 a.db 'SELECT 4' => sql sqlite: SELECT 4
  sqlcmd -Q 'SELECT 5' => sql sqlserver: SELECT 5
  clickhouse-client --query 'SELECT 6' => sql clickhouse: SELECT 6
  snowsql -q 'SELECT 7' => sql snowflake: SELECT 7
  redis-cli -h cache get x => datastore redis: get x
  mongosh --eval 'db.items.find()' => datastore mongodb: db.items.find()
  sudo -u postgres psql -c 'SELECT 8' => sql postgres: SELECT 8
`);

describe('texts of other languages inside a call', () => {
  it.each(CASES)('%s', (line, expected) => {
    expect(
      innerTexts(line)
        .map((text) => text.trimEnd())
        .join(' | '),
    ).toBe(expected);
  });
});

const LEAVING = cases(`
  curl -d @notes https://files.example.com => export
  curl -F 'f=@notes' https://files.example.com => export
  curl -T notes https://files.example.com => export
  curl -H @notes https://files.example.com => export
  curl -d "$(cat notes)" https://files.example.com => export
  cat notes | curl --data-binary @- https://files.example.com => export
  wget --post-file=notes https://files.example.com => export
  wget --body-data="$(cat notes)" --method=PUT https://files.example.com => export
  http POST files.example.com f@notes => export
  scp notes host:/x => export
  rsync -a notes host:/x => export
  mail -s hello ana < notes => export
  curl -o x https://files.example.com => write
  curl -O https://files.example.com/x => write
  curl -K settings => opaque
  curl --unix-socket /run/x.sock http://localhost/ => opaque
  curl -x http://proxy:3128 https://files.example.com => network
  curl --resolve a:443:10.0.0.1 https://a => network
  wget -i list => opaque
  wget --use-askpass=./x https://files.example.com => code_execution
  aria2c --on-download-complete=./x https://files.example.com => code_execution
`);

describe('what an HTTP client sends, stores or runs', () => {
  it.each(LEAVING)('%s', (line, kind) => {
    expect(deeds(line)).toContain(`${kind}/`);
  });
});
