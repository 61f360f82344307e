// The repository of seats as nine days have made it: version 1.2.0, its tests, its gate, its scripts, what watches it.

/** Path in the repository → text. */
export const seats: Readonly<Record<string, string>> = {
  'app.mjs': `import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { hold } from './holds.mjs';
import { search } from './search.mjs';

const version = existsSync('VERSION') ? readFileSync('VERSION', 'utf8').trim() : 'dev';
const port = Number(process.env.PORT ?? 8080);
const counts = new Map();

function answer(method, url, body) {
  if (url.pathname === '/healthz') return [200, { status: 'ok' }];
  if (url.pathname === '/version') return [200, { version }];
  if (method === 'GET' && url.pathname === '/trips') return [200, search(url.searchParams)];
  if (method === 'POST' && url.pathname === '/holds') return hold(JSON.parse(body));
  return [404, { error: 'not found' }];
}

function metrics() {
  const lines = [...counts].map(([code, count]) => \`http_requests_total{code="\${code}",version="\${version}"} \${count}\`);
  return ['# TYPE http_requests_total counter', ...lines, ''].join('\\n');
}

/** One line of JSON for what happened: what the logs are searched by. */
function log(level, fields) {
  console.log(JSON.stringify({ time: new Date().toISOString(), level, version, ...fields }));
}

const server = createServer((request, response) => {
  const started = Date.now();
  const url = new URL(request.url, 'http://localhost');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (url.pathname === '/metrics') {
      response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' });
      return response.end(metrics());
    }
    const asked = Buffer.concat(chunks).toString();
    const what = { method: request.method, path: request.url, ...(asked !== '' && { body: asked }) };
    let [status, body] = [500, { error: 'internal error' }];
    try {
      [status, body] = answer(request.method, url, asked);
    } catch (error) {
      log('error', { ...what, status, error: \`\${error.name}: \${error.message}\` });
    }
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (status < 500 && url.pathname !== '/healthz') log('info', { ...what, status, ms: Date.now() - started });
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(\`\${JSON.stringify(body)}\\n\`);
  });
});

server.listen(port, () => log('info', { message: \`seats listens on \${port}\` }));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`,
  'search.mjs': `import { readFileSync } from 'node:fs';

export const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));

/** The trips that a search asks for: \`from\` and \`to\` are towns, each may be left out. */
export function search(query) {
  const from = query.get('from');
  const to = query.get('to');
  return trips.filter((trip) => (from === null || trip.from === from) && (to === null || trip.to === to));
}
`,
  'holds.mjs': `import { trips } from './search.mjs';

/** Keeps seats for a buyer: the status and what to say. */
export function hold({ trip: id, seats = 1 }) {
  const trip = trips.find((one) => one.id === id);
  if (trip === undefined) return [404, { error: 'no such trip' }];
  if (seats > trip.seats) return [409, { error: 'not enough seats' }];
  return [201, { trip: id, seats }];
}
`,
  'trips.json': `[
  { "id": "T01", "from": "Alba", "to": "Puerto", "leaves": "07:10", "arrives": "08:25", "seats": 22, "stops": ["Molinos"] },
  { "id": "T02", "from": "Alba", "to": "Sierra", "leaves": "08:30", "arrives": "10:05", "seats": 16, "stops": ["Puerto"] },
  { "id": "T03", "from": "Puerto", "to": "Alba", "leaves": "09:00", "arrives": "10:15", "seats": 22, "stops": ["Molinos"] },
  { "id": "T04", "from": "Puerto", "to": "Molinos", "leaves": "09:45", "arrives": "10:20", "seats": 30 },
  { "id": "T05", "from": "Sierra", "to": "Alba", "leaves": "10:15", "arrives": "11:50", "seats": 16, "stops": ["Puerto"] },
  { "id": "T06", "from": "Molinos", "to": "Puerto", "leaves": "11:20", "arrives": "11:55", "seats": 30, "stops": ["Cruce"] },
  { "id": "T07", "from": "Molinos", "to": "Sierra", "leaves": "12:05", "arrives": "13:00", "seats": 12, "stops": ["Cruce"] },
  { "id": "T08", "from": "Sierra", "to": "Puerto", "leaves": "23:35", "arrives": "00:25", "seats": 16, "stops": ["Cruce"] }
]
`,
  'test/search.test.mjs': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../search.mjs';

const found = (query) => search(new URLSearchParams(query)).map(({ id }) => id);

test('a search by town of departure gives its trips and no others', () => {
  assert.deepEqual(found('from=Alba'), ['T01', 'T02']);
});

test('a town that nobody knows gives an empty list', () => {
  assert.deepEqual(found('from=Nowhere'), []);
});
`,
  'test/holds.test.mjs': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from '../holds.mjs';

test('seats of a trip are held', () => {
  assert.equal(hold({ trip: 'T01', seats: 2 })[0], 201);
});

test('more seats than there are cannot be held', () => {
  assert.equal(hold({ trip: 'T01', seats: 23 })[0], 409);
});
`,
  'package.json': `{
  "name": "seats",
  "private": true,
  "type": "module",
  "scripts": { "build": "./build.sh", "test": "./test.sh" }
}
`,
  '.gitignore': `node_modules/
dist/
.env
`,
  'README.md': `# seats

Which coaches leave, and seats on them. \`node app.mjs\` serves it on PORT (8080).

| what | with |
| --- | --- |
| test | \`./test.sh\` |
| release what main holds | \`./release.sh 1.2.1\` |
| deploy a version | \`./deploy.sh 1.2.1\` |
| go back to the version before | \`./rollback.sh\` |

main takes pull requests only, and only with a green \`ci\`. A card is an issue of this repository; a commit that says \`Fixes #7\`
closes it. Alerts and news go to #operations: \`inbox operations\`. Logs: \`logcli query '{app="seats"}'\`.
`,
  'CHANGELOG.md': `# Changelog

## 1.2.0

- Hold seats of a trip.
`,
  'build.sh': `#!/usr/bin/env bash
# Makes dist/seats.tgz, all that a host needs.
set -euo pipefail
cd "$(dirname "$0")"
for file in *.mjs; do node --check "$file"; done
mkdir -p dist
tar -czf dist/seats.tgz package.json ./*.mjs ./*.json
`,
  'test.sh': `#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")"
node --test
`,
  'soak.sh': `#!/usr/bin/env bash
# Lets the service run for four minutes and asks it every half minute: what only shows after a while shows here.
set -euo pipefail
cd "$(dirname "$0")"
PORT=8088 node app.mjs > /tmp/soak.log &
trap 'kill %1' EXIT
for _ in 1 2 3 4 5 6 7 8; do
  sleep 30
  curl -fsS localhost:8088/healthz
done
`,
  'release.sh': `#!/usr/bin/env bash
# release.sh VERSION: publishes the artifact that CI tested on main under a version, once and for ever.
set -euo pipefail
cd "$(dirname "$0")"
version=\${1:?version, such as 1.2.1}
git fetch -q origin
commit=$(git rev-parse origin/main)
run=$(gh run list --branch main --commit "$commit" --status success --json databaseId --jq '.[0].databaseId')
[ -n "$run" ] || { echo "release: no green run on main for \${commit:0:7} yet" >&2; exit 1; }
rm -rf "/tmp/release-$version"
gh run download "$run" -n seats -D "/tmp/release-$version"
curl -fsS -T "/tmp/release-$version/seats.tgz" "http://registry.ventarela.test/seats/$version/seats.tgz"
git tag -a "v$version" -m "seats $version" "$commit"
git push -q origin "v$version"
gh release create "v$version" --verify-tag --title "seats $version" --generate-notes
`,
  'deploy.sh': `#!/usr/bin/env bash
# deploy.sh VERSION: starts it beside the one that serves, asks it, and only then lets buyers in. Says so on the timeline.
set -euo pipefail
version=\${1:?version, such as 1.2.1}
action=\${2:-deploy}
host=web-1
tell() {
  curl -fsS -o /dev/null http://events.ventarela.test/deploys -H 'Content-Type: application/json' \\
    -d "{\\"service\\":\\"seats\\",\\"version\\":\\"$version\\",\\"action\\":\\"$action\\",\\"result\\":\\"$1\\",\\"host\\":\\"$host\\",\\"by\\":\\"$(gh api user --jq .login)\\"}"
}
fail() { echo "$action: $1" >&2; tell failed; exit 1; }

curl -fsS -o /tmp/seats.tgz "http://registry.ventarela.test/seats/$version/seats.tgz" || fail "no version $version in the registry"
scp -q /tmp/seats.tgz "$host:/tmp/seats.tgz"
ssh "$host" bash -s "$version" "$action" <<'ON_HOST' || fail "$version is not well; what served goes on serving"
set -euo pipefail
version=$1
old=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' /etc/nginx/conf.d/seats.conf)
new=$((old == 8081 ? 8082 : 8081))
before=$(cat "/opt/seats/on/$old/VERSION")
mkdir -p "/opt/seats/releases/$version"
tar -xzf /tmp/seats.tgz -C "/opt/seats/releases/$version"
echo "$version" > "/opt/seats/releases/$version/VERSION"
systemctl stop "seats@$new"
ln -sfn "../releases/$version" "/opt/seats/on/$new"
systemctl start "seats@$new"
sleep 2
curl -fsS "http://localhost:$new/version" | grep -qF "\\"$version\\"" || { systemctl stop "seats@$new"; exit 1; }
sed -i "s/:$old/:$new/" /etc/nginx/conf.d/seats.conf
systemctl reload nginx
# Who goes back twice must not come back to what was bad.
[ "$2" = rollback ] || [ "$before" = "$version" ] || echo "$before" > /opt/seats/previous
sleep 2
systemctl stop "seats@$old"
ON_HOST
tell succeeded
echo "$action: $host serves $version"
`,
  'rollback.sh': `#!/usr/bin/env bash
# rollback.sh: back to the version that served before. Nothing is built.
set -euo pipefail
cd "$(dirname "$0")"
./deploy.sh "$(ssh web-1 cat /opt/seats/previous)" rollback
`,
  'monitoring/alerts.yaml': `groups:
  - name: buyers
    rules:
      - alert: BuyersGetErrors
        expr: |
          sum(rate(front_requests_total{code=~"5..|000"}[5m])) / sum(rate(front_requests_total[5m])) > 0.05
        for: 1m
        labels: { severity: page }
        annotations:
          summary: '{{ $value | humanizePercentage }} of what buyers ask fails'
      - alert: BuyersWait
        expr: |
          histogram_quantile(0.95, sum by (le) (rate(front_request_duration_seconds_bucket[5m]))) > 0.8
        for: 2m
        labels: { severity: page }
        annotations:
          summary: '5 % of the buyers wait longer than {{ $value | humanizeDuration }}'
`,
  'monitoring/alertmanager.yml': `global:
  slack_api_url: http://chat.ventarela.test/hook
route:
  receiver: operations
  group_by: [alertname]
  group_wait: 30s
  group_interval: 1m
receivers:
  - name: operations
    slack_configs:
      - channel: '#operations'
        send_resolved: true
`,
  'monitoring/notify.yaml': `routes:
  - matchers: ['kind=~"deploy|rollback"']
    to: '#operations'
`,
  '.github/workflows/ci.yml': `name: ci
on:
  pull_request:
  push:
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./build.sh
      - uses: actions/upload-artifact@v4
        with:
          name: seats
          path: dist/seats.tgz
          if-no-files-found: error
  test:
    runs-on: ubuntu-latest
    needs: build
    steps:
      - uses: actions/checkout@v4
      - run: ./test.sh
      - run: ./soak.sh
`,
};
