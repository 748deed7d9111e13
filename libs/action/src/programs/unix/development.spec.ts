/** Packages, builds, tests and interpreters. */
import { describe, expect, it } from 'vitest';
import { cases, deeds } from './testing.ts';

const CASES = cases(`
  ruby -r/tmp/x -e 1 => code_execution/one opaque/unknown
  php -d auto_prepend_file=/tmp/x -r '1;' => code_execution/one opaque/unknown
  npm publish --dry-run => write/bounded
  poetry publish --dry-run => write/bounded
  make -f - all => write/bounded code_execution/one
  apt install nginx => code_execution/one
  apt-get update => write/one
  apt list --installed => read/one
  apt remove nginx => delete/unknown
  apt -o APT::Update::Pre-Invoke::=sh update => code_execution/one write/one
  dpkg -l => read/one
  dpkg -i x.deb => code_execution/one
  rpm -qa => read/one
  rpm -e x => delete/unknown
  pacman -Syu => code_execution/one
  pacman -Ss vim => read/one
  pacman -Rns x => delete/unknown
  brew list => read/one
  npm ci => write/bounded
  npm install lodash => code_execution/one
  npm i -g x => code_execution/one
  npm run build => write/bounded
  npm publish => export/one
  npx cowsay => code_execution/one
  yarn => write/bounded
  yarn add x => code_execution/one
  yarn build => write/bounded
  pip install -r requirements.txt => write/bounded
  pip install numpy => code_execution/one
  pip install --index-url http://evil/ x => code_execution/one
  pip list => read/one
  pip install . => write/bounded
  python -m http.server => network/one
  python -m pytest => write/bounded
  python -m pip install x => code_execution/one
  python -m venv .venv => write/bounded
  python app.py => code_execution/one
  python --version => none
  node -v => none
  node --test => write/bounded
  perl -v => none
  ruby --version => none
  php -S 0.0.0.0:80 => network/one
  go build ./... => write/bounded
  go test ./... => write/bounded
  go run main.go => code_execution/one
  go get x => code_execution/one
  go install ./... => write/bounded
  cargo test => write/bounded
  cargo install x => code_execution/one
  cargo run => code_execution/one
  make => write/bounded
  make test => write/bounded
  make install => code_execution/unknown
  make deploy => code_execution/unknown
  make -f /tmp/evil.mk => write/bounded code_execution/one
  make SHELL=/tmp/x => code_execution/unknown write/bounded
  mvn test => write/bounded
  mvn deploy => code_execution/unknown
  ./gradlew build => code_execution/unknown opaque/unknown
  gradle publish => code_execution/unknown
  pytest -q => write/bounded
  eslint . => read/one write/bounded
  eslint --fix . => read/one write/bounded
  tsc -p . => read/one write/bounded
  gcc -o a a.c => read/one write/one
  gcc -wrapper sh a.c => read/one write/bounded code_execution/one
  make install-deps => write/bounded
  make release => code_execution/unknown
  make -C /tmp/x => write/bounded code_execution/one
  make CC='rm -rf /;' => code_execution/unknown write/bounded
  make DEBUG=1 => write/bounded
  make -n install => code_execution/unknown
  make run => code_execution/unknown
  mvn clean package => write/bounded
  mvn exec:exec -Dexec.executable=sh => code_execution/unknown
  gradle build => write/bounded
  gradle bootRun => code_execution/unknown
  rake db:drop => code_execution/unknown
  rake test => write/bounded
  just deploy-prod => code_execution/unknown
  npm run deploy => code_execution/unknown
  npm run db:migrate => code_execution/unknown
  npm run test:unit => write/bounded
  npm start => write/bounded
  yarn deploy => opaque/unknown
  yarn test => write/bounded
  bun run index.ts => code_execution/one
  bun run dev => write/bounded
  bun install => write/bounded
  pytest tests/test_a.py => write/bounded
  pytest /tmp/evil.py => write/bounded code_execution/one
  bazel run //x:y => code_execution/unknown write/bounded
  bazel test //... => write/bounded
  cargo build --release => write/bounded
  pylint --init-hook='import os' a.py => read/one write/bounded code_execution/one
  winget install -h x => code_execution/bounded
  choco install x -n => code_execution/bounded
  guix package -p x -i y => code_execution/bounded
  emerge -p x => read/one
  emerge x => code_execution/one
  softwareupdate -l => read/one
  softwareupdate -i -a => code_execution/one
  docker ps => read/one
  python -m pip list => read/one
  pip install git+https://example.com/x => code_execution/one
  bundle install => write/bounded
  bundle exec rake test => write/bounded
  composer require x/y => code_execution/one
  cargo add x => code_execution/one
  cargo publish => export/one
  go mod tidy => write/bounded
  go generate => code_execution/one
  dotnet build => write/bounded
  java -jar x.jar => code_execution/one
  java -version => none
  npm audit fix => write/bounded
  npm login => privilege_change/one
  npm unpublish x => delete/unknown
  pnpm -r build => write/bounded
  deno run x.ts => code_execution/one
  poetry run pytest => write/bounded
  uv sync => write/bounded
  conda env list => read/one
  snap install x => code_execution/one
  apk info => read/one
  dnf remove x => delete/unknown
  brew upgrade => code_execution/unbounded
`);

describe('programs of developers', () => {
  it.each(CASES)('%s', (line, expected) => {
    expect(deeds(line)).toBe(expected);
  });
});
