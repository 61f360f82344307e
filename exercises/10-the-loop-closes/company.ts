// The company before anybody is awake: 2.1.0 of seats, released and serving buyers on web-1.
import { alongWithIt, logged } from './seats.ts';

export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Commands that write files into a folder. */
export function write(files: Readonly<Record<string, string>>, folder: string): string {
  return Object.entries(files)
    .flatMap(([path, text]) => {
      const target = `${folder}/${path}`;
      return [`mkdir -p ${target.slice(0, target.lastIndexOf('/'))}`, `printf %s ${quote(text)} > ${target}`];
    })
    .join('\n');
}

/** A change that a role takes through the gate: `script` runs at the top of a clone. Simulated time passes for the runs. */
export function merged(login: string, branch: string, message: string, script: string): string {
  return `
cat > /tmp/change.sh <<'END_OF_CHANGE'
set -e
git clone -q https://git.ventarela.test/seats.git /tmp/${branch}
cd /tmp/${branch}
git switch -q -c ${branch}
${script}
git add .
git commit -q -m "${message}"
git push -q origin ${branch}
gh pr create --title "${message}" --body "Asked for by Product." > /dev/null
END_OF_CHANGE
forge as ${login} "bash /tmp/change.sh"
sleep 6m
forge as ${login} "cd /tmp/${branch}; gh pr merge ${branch} --squash > /dev/null"
sleep 6m
rm -rf /tmp/${branch} /tmp/change.sh
git -C ~/seats pull -q`;
}

const scenario = `hosts:
  web-1:
    startUp: 600
    request: 6
    files:
      /etc/seats.env: CURRENCY=units
      /etc/systemd/system/seats@.service: |
        [Unit]
        Description=seats on port %i
        StartLimitIntervalSec=0
        [Service]
        WorkingDirectory=/opt/seats/%i
        Environment=PORT=%i
        EnvironmentFile=-/etc/seats.env
        ExecStart=/usr/bin/node app.mjs
        Restart=on-failure
        RestartSec=2
        [Install]
        WantedBy=multi-user.target
      /etc/nginx/conf.d/seats.conf: |
        server {
          listen 80;
          location / { proxy_pass http://127.0.0.1:8081; proxy_read_timeout 3s; }
        }
    setup: |
      set -e
      mkdir -p /opt/seats/releases/2.1.0
      curl -fsS http://registry.ventarela.test/seats/2.1.0/seats-2.1.0.tgz | tar -xz -C /opt/seats/releases/2.1.0
      echo 2.1.0 > /opt/seats/releases/2.1.0/VERSION
      ln -s /opt/seats/releases/2.1.0 /opt/seats/8081
      systemctl start seats@8081 nginx
buyers:
  - to: http://web-1
    rate: 2
    requests:
      - { path: "/trips?from=Alba&to=Puerto", weight: 3 }
      - { path: "/trips?from=Puerto&to=Alba", weight: 2 }
      - { path: "/trips?to=Alba", weight: 2 }
      - { path: "/trips?from=Sierra", weight: 2 }
      - { path: "/trips?to=Molinos", weight: 2 }
      - { path: /trips/T01/holds, method: POST, weight: 1 }
      - { path: /trips/T04/holds, method: POST, weight: 2 }
scrape:
  - { job: seats, targets: [web-1:8081, web-1:8082] }
  - { job: front, targets: [front:80] }
`;

/**
 * Everything up to the evening before. What day 9 recorded has no part in it. `release.sh` leaves CHANGELOG.md alone from now on: what is
 * to be followed is the pull request and its card, and a file that it wrote would lie uncommitted in the middle of an incident. `start/monitoring/alerts.yaml` asks for the same two
 * symptoms as day 9 does, by the names that the Prometheus of web-1 has for them.
 */
export const company = `
set -e
rm -rf /srv/production /srv/loki /srv/alerting ~/friday ~/logs ~/answer.yaml ~/examples
${merged('dev-booking', 'log-in-json', 'feat: log in JSON, and tell when a coach arrives', `${write(logged, '.')}\n${alongWithIt}`)}
sed -i '/^# 5\\. /,/^cp /d' ~/release.sh
bash ~/release.sh origin/main > /dev/null
mkdir -p /srv/production /srv/prometheus
ln -s ~/monitoring /srv/alertmanager
ln -s ~/monitoring/alerts.yaml /srv/prometheus/rules.yml
printf %s ${quote(scenario)} > /srv/production/scenario.yaml
sleep 1m
`;
