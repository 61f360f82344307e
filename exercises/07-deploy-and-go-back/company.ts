// The company as day 7 finds it: hosts with what runs on them, the buyers who call web-1, and what is in the registry besides what
// day 6 has released there.

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Shows news on the screens of the stations: the service of the worked example. */
function notices(text: string): string {
  return `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const version = readFileSync('VERSION', 'utf8').trim();

const server = createServer((request, response) => {
  const body = request.url === '/version' ? { version } : { notice: '${text}' };
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body) + '\\n');
});
server.listen(Number(process.env.PORT), () => console.log('notices listens on ' + process.env.PORT));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
}

const registry = 'http://registry.ventarela.test';

/** Puts what lies in /tmp/build into the registry. */
const publish = (name: string, version: string): string => `
tar -czf /tmp/artifact.tgz -C /tmp/build .
curl -fsS -T /tmp/artifact.tgz ${registry}/${name}/${version}/${name}-${version}.tgz > /dev/null
rm -r /tmp/build /tmp/artifact.tgz`;

const publishNotices = (version: string, text: string): string => `
mkdir /tmp/build && echo ${quoted(notices(text))} > /tmp/build/app.mjs${publish('notices', version)}`;

/** Listens and calls itself healthy, and every search fails: 1.0.1 with one line changed. */
const publishSpoilt = `
mkdir /tmp/build && curl -fsS ${registry}/seats/1.0.1/seats-1.0.1.tgz | tar -xz -C /tmp/build
sed -i 's/return trips$/return timetable.trips/' /tmp/build/booking.mjs${publish('seats', '1.0.2')}`;

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
      curl -fsS ${registry}/${name}/${version}/${name}-${version}.tgz | tar -xz -C /opt/${name}/releases/${version}
      echo ${version} > /opt/${name}/releases/${version}/VERSION
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

export const setup = `set -e${publishSpoilt}${publishNotices('2.3.0', 'Platform 3 is closed')}${publishNotices('2.4.0', 'Platform 3 is open again')}
mkdir -p /srv/production
echo ${quoted(scenario)} > /srv/production/scenario.yaml
chmod +x ~/ops/*.sh`;
