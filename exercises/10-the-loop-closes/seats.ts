// What changed in the repository of seats since day 9, before this day began: version 2.1.0. The rest is as the days before left it.

/** The service. `offers`: with what 2.2.0 brought. */
export const app = ({
  offers,
}: {
  readonly offers: boolean;
}): string => `import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createBooking, Refused } from './booking.mjs';
${offers ? "import { offer } from './offers.mjs';\n" : ''}
const timetable = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));
const release = new URL('./VERSION', import.meta.url);
const version = existsSync(release) ? readFileSync(release, 'utf8').trim() : 'unreleased';

/** The service over other trips or another clock, for tests; without either, over the timetable and the time of day. */
export function createSeats({ trips = timetable, now = Date.now, log = () => {}, currency } = {}) {
  const booking = createBooking(trips, now, currency);
  const counts = new Map();
${
  offers
    ? `
  /** Trips of a search with their offers. The whole timetable goes out as it is: the screens of the stations show no offers. */
  function search(from, to) {
    const found = booking.search(from, to);
    return from === null && to === null ? found : found.map(offer);
  }
`
    : ''
}
  function metrics() {
    const lines = [...counts].map(([code, count]) => \`http_requests_total{code="\${code}",version="\${version}"} \${count}\`);
    return ['# TYPE http_requests_total counter', ...lines, ''].join('\\n');
  }

  function answer(method, path, query) {
    const [, kind, id, action] = path.split('/');
    if (method === 'GET' && path === '/healthz') return [200, { status: 'ok' }];
    if (method === 'GET' && path === '/version') return [200, { version }];
    if (method === 'GET' && path === '/trips') return [200, ${offers ? '' : 'booking.'}search(query.get('from'), query.get('to'))];
    if (method === 'GET' && kind === 'trips' && action === undefined) return [200, booking.find(id)];
    if (method === 'POST' && kind === 'trips' && action === 'holds') return [201, booking.hold(id)];
    if (method === 'POST' && kind === 'holds' && action === 'sale') return [201, booking.sell(id)];
    return [404, { error: 'not found' }];
  }

  /** Status, body, and the error where there was one that nobody foresaw. */
  function answerOrRefuse(method, path, query) {
    try {
      return answer(method, path, query);
    } catch (error) {
      if (error instanceof Refused) return [error.status, { error: error.message }];
      return [500, { error: 'internal error' }, \`\${error.name}: \${error.message}\`];
    }
  }

  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (pathname === '/metrics') {
      response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' });
      return response.end(metrics());
    }
    const [status, body, error] = answerOrRefuse(request.method, pathname, searchParams);
    counts.set(status, (counts.get(status) ?? 0) + 1);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(\`\${JSON.stringify(body)}\\n\`);
    const what = { method: request.method, path: request.url, status, ...(error && { error }) };
    if (pathname !== '/healthz') log(error === undefined ? 'info' : 'error', what);
  });
}

if (import.meta.main) {
  const port = Number(process.env.PORT ?? 8080);
  const currency = process.env.CURRENCY;
  if (currency === undefined) {
    console.error('seats: CURRENCY is not set');
    process.exit(1);
  }
  /** One line of JSON for what happened: what the logs are searched by. */
  const log = (level, fields) =>
    console.log(JSON.stringify({ time: new Date().toISOString(), level, version, ...fields }));
  const server = createSeats({ currency, log });
  server.listen(port, () => log('info', { message: \`seats listens on \${port}\` }));
  process.on('SIGTERM', () => server.close());
}
`;

/** Path in the repository → text. */
export const logged: Readonly<Record<string, string>> = {
  'app.mjs': app({ offers: false }),
  'trips.json': `[
  { "id": "T01", "from": "Alba", "to": "Puerto", "leaves": "07:10", "arrives": "08:25", "seats": 22, "price": 8, "stops": ["Molinos"] },
  { "id": "T02", "from": "Alba", "to": "Sierra", "leaves": "08:30", "arrives": "10:05", "seats": 16, "price": 6, "stops": ["Puerto"] },
  { "id": "T03", "from": "Puerto", "to": "Alba", "leaves": "09:00", "arrives": "10:15", "seats": 22, "price": 8, "stops": ["Molinos"] },
  { "id": "T04", "from": "Puerto", "to": "Molinos", "leaves": "09:45", "arrives": "10:20", "seats": 30, "price": 5 },
  { "id": "T05", "from": "Sierra", "to": "Alba", "leaves": "10:15", "arrives": "11:50", "seats": 16, "price": 6, "stops": ["Puerto"] },
  { "id": "T06", "from": "Molinos", "to": "Puerto", "leaves": "11:20", "arrives": "11:55", "seats": 30, "price": 5, "stops": ["Cruce"] },
  { "id": "T07", "from": "Molinos", "to": "Sierra", "leaves": "12:05", "arrives": "13:00", "seats": 12, "price": 7, "stops": ["Cruce"] },
  { "id": "T08", "from": "Alba", "to": "Molinos", "leaves": "13:40", "arrives": "14:45", "seats": 22, "price": 4, "stops": ["Cruce"] },
  { "id": "T09", "from": "Sierra", "to": "Puerto", "leaves": "15:00", "arrives": "15:50", "seats": 16, "price": 9, "stops": ["Cruce"] },
  { "id": "T10", "from": "Puerto", "to": "Alba", "leaves": "17:30", "arrives": "18:45", "seats": 22, "price": 8, "stops": ["Molinos"] },
  { "id": "T11", "from": "Molinos", "to": "Alba", "leaves": "18:10", "arrives": "19:15", "seats": 30, "price": 4, "stops": ["Cruce"] },
  { "id": "T12", "from": "Alba", "to": "Puerto", "leaves": "20:00", "arrives": "21:15", "seats": 22, "price": 8, "stops": ["Molinos"] },
  { "id": "T13", "from": "Sierra", "to": "Puerto", "leaves": "23:35", "arrives": "00:25", "seats": 16, "price": 9, "stops": ["Cruce"] }
]
`,
  'soak.sh': `#!/usr/bin/env bash
# Lets the service run for three minutes and asks it every half minute: what only shows after a while shows here.
set -euo pipefail
cd "$(dirname "$0")"
PORT=8088 CURRENCY=units node app.mjs > /tmp/soak.log &
trap 'kill %1' EXIT
for _ in 1 2 3 4 5 6; do
  sleep 30
  curl -fsS localhost:8088/healthz
done
`,
};

/** What else that change does, at the top of a clone. The trips of tests get what trips have now. */
export const alongWithIt = `npm uninstall --silent bitacora
sed -i 's/ app.mjs booking.mjs trips.json package.json node_modules/ .\\/*.mjs .\\/*.json/; s/^node --check app.mjs/for file in *.mjs; do node --check "$file"; done/' build.sh
echo '      - run: bash soak.sh' >> .github/workflows/ci.yml
sed -i "s/leaves: '07:10',/& arrives: '08:25', stops: ['Molinos'],/; s/leaves: '08:30',/& arrives: '10:05', stops: ['Puerto'],/; s/leaves: '09:00',/& arrives: '10:10', stops: ['Cruce'],/; s/leaves: '10:00',/& arrives: '11:35', stops: ['Puerto'],/" test/*.mjs
cat >> README.md <<'END_OF_TABLE'

| from the home folder | |
| --- | --- |
| \`ops/rollback.sh\` | web-1 goes back to the version before |
| \`bash release.sh origin/main\` | releases what CI built and tested; messages decide the number, so a fix begins with \`fix:\`; the entry of CHANGELOG.md comes later, in a pull request of its own |
| \`ops/deploy.sh 2.1.1\` | takes a version to web-1 |

main takes pull requests only, with \`build\` and \`test\` green. A card is an issue of this repository; a pull request that says \`Fixes #40\`
closes it. Alerts and news go to #operations: \`inbox operations\`. Logs: \`logcli query '{app="seats"}'\`.
END_OF_TABLE`;
