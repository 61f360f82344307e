// The company before anybody is awake: its repository on the forge, version 1.2.0 released and serving buyers on web-1.
import { seats } from './seats.ts';

export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Commands that write files into a folder; those that are scripts may be run. */
export function write(files: Readonly<Record<string, string>>, folder: string): string {
  return Object.entries(files)
    .flatMap(([path, text]) => {
      const target = `${folder}/${path}`;
      const isScript = path.endsWith('.sh');
      return [
        `mkdir -p ${target.slice(0, target.lastIndexOf('/'))}`,
        `printf %s ${quote(text)} > ${target}`,
        ...(isScript ? [`chmod +x ${target}`] : []),
      ];
    })
    .join('\n');
}

const scenario = `hosts:
  web-1:
    startUp: 600
    request: 6
    files:
      /etc/systemd/system/seats@.service: |
        [Unit]
        Description=Seats API on port %i
        [Service]
        WorkingDirectory=/opt/seats/on/%i
        Environment=PORT=%i
        ExecStart=/usr/bin/node app.mjs
        Restart=on-failure
        [Install]
        WantedBy=multi-user.target
      /etc/nginx/conf.d/seats.conf: |
        upstream seats { server 127.0.0.1:8081; }
        server {
          listen 80;
          location / { proxy_pass http://seats; proxy_read_timeout 3s; }
        }
    setup: |
      set -e
      mkdir -p /opt/seats/releases/1.2.0 /opt/seats/on
      curl -fsS http://registry.ventarela.test/seats/1.2.0/seats.tgz | tar -xz -C /opt/seats/releases/1.2.0
      echo 1.2.0 > /opt/seats/releases/1.2.0/VERSION
      ln -s ../releases/1.2.0 /opt/seats/on/8081
      systemctl enable --now seats@8081
      systemctl enable --now nginx
buyers:
  - to: http://web-1
    rate: 2
    requests:
      - { path: "/trips?from=Alba", weight: 3 }
      - { path: "/trips?from=Puerto", weight: 2 }
      - { path: "/trips?to=Alba", weight: 2 }
      - { path: "/trips?from=Sierra", weight: 2 }
      - { path: "/trips?to=Molinos", weight: 2 }
      - { path: /holds, json: { trip: T01 }, weight: 1 }
      - { path: /holds, json: { trip: T04, seats: 2 }, weight: 2 }
scrape:
  - { job: seats, targets: [web-1:8081, web-1:8082] }
  - { job: front, targets: [front:80] }
`;

const protection = `{ "required_status_checks": { "strict": false, "contexts": ["build", "test"] }, "enforce_admins": true,
  "required_pull_request_reviews": null, "restrictions": null }`;

/** Everything up to the evening before: 1.2.0 serves, nobody complains. */
export const company = `
set -e
git config --global user.name Aprendiz
git config --global user.email aprendiz@ventarela.test
git config --global init.defaultBranch main
git init -q --bare -b main /srv/git/seats.git
${write(seats, '~/seats')}
cd ~/seats
git init -q
git add .
git commit -qm "Hold seats of a trip"
git remote add origin https://git.ventarela.test/seats.git
git push -qu origin main
sleep 10m
gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input - > /dev/null <<'JSON'
${protection}
JSON
./release.sh 1.2.0 > /dev/null
mkdir -p /srv/production /srv/prometheus
ln -s ~/seats/monitoring /srv/alertmanager
ln -s ~/seats/monitoring/alerts.yaml /srv/prometheus/rules.yml
printf %s ${quote(scenario)} > /srv/production/scenario.yaml
cd
sleep 1m
`;
