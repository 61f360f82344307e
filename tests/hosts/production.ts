// A day of production that every host must live through in the same way.
import type { Session } from '../../sandbox/hosts/session.ts';

const app = `import { createServer } from 'node:http';
let sold = 0;
createServer((request, response) => {
  if (request.url === '/crash') throw new Error('no such coach');
  response.end(JSON.stringify({ sold: ++sold, at: Date.now(), luck: Math.random() }));
}).listen(Number(process.env.PORT), () => console.log('listening'));
`;

const scenario = `
hosts:
  web-1:
    files:
      /opt/seats/app.mjs: ${JSON.stringify(app)}
      /etc/systemd/system/seats.service: |
        [Service]
        WorkingDirectory=/opt/seats
        Environment=PORT=8080
        ExecStart=/usr/bin/node app.mjs
        Restart=always
      /etc/nginx/conf.d/seats.conf: |
        server { listen 80; location / { proxy_pass http://127.0.0.1:8080; } }
    setup: systemctl start seats nginx
buyers:
  - { to: "http://web-1", rate: 5, requests: [{ path: /sold }] }
scrape:
  - { job: front, targets: ["front:80", "web-1:8080"] }
`;

const rules = `groups:
  - name: buyers
    rules:
      - { alert: Quiet, expr: 'sum(rate(front_requests_total{code="200"}[1m])) < 1', for: 15s }
      - { alert: Night, expr: 'histogram_quantile(0.5, sum by (le) (rate(lb_request_duration_seconds_bucket[5m]))) > 0.07' }
`;
const alertmanager = `route: { receiver: ops, group_wait: 10s }
receivers:
  - { name: ops, slack_configs: [{ channel: '#operations', api_url: 'http://chat.test/', send_resolved: true }] }
`;

const lines = [
  'sleep 30; curl -s http://web-1/sold; curl -s http://web-1/crash',
  'echo hello > note; scp -q note web-1:/tmp/; ssh web-1 "cat /tmp/note; systemctl restart seats; sleep 2; journalctl -u seats -o json"',
  'curl -s --json \'{"service":"seats","version":"1.0.0","result":"succeeded"}\' http://events.ventarela.test/deploys; sleep 200',
  'curl -s --data-urlencode "query=rate(front_request_duration_seconds_sum[1m])" http://prometheus.ventarela.test:9090/api/v1/query',
  'curl -sX POST http://prometheus.ventarela.test:9090/-/reload; ssh web-1 systemctl stop seats; sleep 150; ssh web-1 systemctl start seats; sleep 300; inbox operations',
  'prodsim run quiet-night --rules /srv/prometheus/rules.yml --alertmanager /srv/alertmanager/alertmanager.yml --json',
  "promtool query instant --time 2026-03-03T23:00:00Z http://quiet-night.ventarela.test:9090 'sum(rate(lb_requests_total[5m]))'",
  'ssh web-1 "systemctl status seats; ss -ltn; ps -ef"; curl -s http://web-1/sold',
];

/** What was said and logged. */
export async function liveThrough(session: Session): Promise<string> {
  const files = {
    '/srv/prometheus/rules.yml': rules,
    '/srv/alertmanager/alertmanager.yml': alertmanager,
    '/srv/production/scenario.yaml': scenario,
  };
  for (const [path, text] of Object.entries(files))
    await session.call('writeFile', { path, bytes: new TextEncoder().encode(text) });
  let said = '';
  for (const script of lines) {
    const { stdout, stderr, exitCode } = await session.call('run', { script });
    said += `${exitCode}\n${stdout}${stderr}`;
  }
  return said + (await session.call('log', {})).text;
}
