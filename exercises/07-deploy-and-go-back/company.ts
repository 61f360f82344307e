// The company as day 7 finds it: what is in the registry, the hosts with what runs on them, and the buyers who call web-1.

/** The booking service of a version. `search`: the body of its search; `start`: what it does before it listens. */
function seats(version: string, { search = 'trips', start = '' } = {}): string {
  return `import { createServer } from 'node:http';
${start}
const trips = [
  { id: 't1', from: 'Sierra', to: 'Puerto', departs: '07:30', seats: 18 },
  { id: 't2', from: 'Alba', to: 'Puerto', departs: '08:15', seats: 22 },
  { id: 't3', from: 'Puerto', to: 'Molinos', departs: '09:00', seats: 16 },
];

function search(query) {
  const found = ${search};
  return found.filter(({ from, to }) => (query.get('from') ?? from) === from && (query.get('to') ?? to) === to);
}

const server = createServer((request, response) => {
  const send = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body) + '\\n');
  };
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  try {
    if (pathname === '/healthz') return send(200, { status: 'ok' });
    if (pathname === '/version') return send(200, { version: '${version}' });
    if (pathname === '/trips') return send(200, search(searchParams));
    send(404, { error: 'not found' });
  } catch (error) {
    console.error(error.message);
    send(500, { error: 'internal' });
  }
});
const port = Number(process.env.PORT ?? 8080);
server.listen(port, () => console.log('seats ${version} listens on ' + port));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
}

/** Shows news on the screens of the stations: the service of the worked example. */
function notices(version: string, text: string): string {
  return `import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const body = request.url === '/version' ? { version: '${version}' } : { notice: '${text}' };
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body) + '\\n');
});
server.listen(Number(process.env.PORT), () => console.log('notices ${version} listens on ' + process.env.PORT));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
}

const needsCurrency = `
if (!process.env.CURRENCY) {
  console.error('CURRENCY is not set');
  process.exit(1);
}
`;

const published: readonly (readonly [name: string, version: string, app: string])[] = [
  ['seats', '1.0.0', seats('1.0.0')],
  ['seats', '1.0.1', seats('1.0.1')],
  // Listens and calls itself healthy, and every search fails.
  ['seats', '1.0.2', seats('1.0.2', { search: 'timetable.trips' })],
  [
    'seats',
    '1.1.0',
    seats('1.1.0', {
      search: 'trips.map((trip) => ({ ...trip, currency: process.env.CURRENCY }))',
      start: needsCurrency,
    }),
  ],
  ['notices', '2.3.0', notices('2.3.0', 'Platform 3 is closed')],
  ['notices', '2.4.0', notices('2.4.0', 'Platform 3 is open again')],
];

/** The unit of a service that runs once for each port, and nginx in front of one of them. */
function files(name: string, port: number): string {
  return `
    files:
      /etc/systemd/system/${name}@.service: |
        [Unit]
        Description=${name} on port %i
        StartLimitIntervalSec=0
        [Service]
        WorkingDirectory=/opt/${name}/%i
        Environment=PORT=%i
        EnvironmentFile=-/etc/${name}.env
        ExecStart=/usr/bin/node app.mjs
        Restart=on-failure
        RestartSec=2
        [Install]
        WantedBy=multi-user.target
      /etc/nginx/conf.d/${name}.conf: |
        server {
          listen 80;
          location / {
            proxy_pass http://127.0.0.1:${port};
          }
        }
    setup: |
      set -e
      mkdir -p /opt/${name}/releases`;
}

const put = (name: string, version: string, port: number): string => `
      mkdir /opt/${name}/releases/${version}
      curl -fsS http://registry.ventarela.test/${name}/${version}/${name}.tgz | tar -xz -C /opt/${name}/releases/${version}
      ln -s /opt/${name}/releases/${version} /opt/${name}/${port}`;

const scenario = `hosts:
  web-1:
    startUp: 1200
    request: 8${files('seats', 8081)}${put('seats', '1.0.0', 8081)}
      systemctl start seats@8081 nginx
  info-1:
    startUp: 900
    request: 4${files('notices', 9001)}${put('notices', '2.3.0', 9001)}
      systemctl start notices@9001 nginx
buyers:
  - to: http://web-1
    rate: 8
    requests:
      - { path: "/trips?to=Puerto", weight: 6 }
      - { path: "/trips?from=Sierra", weight: 3 }
      - { path: /version, weight: 1 }
`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export const setup = `set -e
mkdir -p /tmp/build /srv/production
${published
  .map(
    ([name, version, app]) => `echo ${quoted(app)} > /tmp/build/app.mjs
tar -czf /tmp/build/${name}.tgz -C /tmp/build app.mjs
curl -fsS -T /tmp/build/${name}.tgz http://registry.ventarela.test/${name}/${version}/${name}.tgz > /dev/null`,
  )
  .join('\n')}
rm -r /tmp/build
echo ${quoted(scenario)} > /srv/production/scenario.yaml
chmod +x ~/ops/*.sh`;
