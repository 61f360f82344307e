// Production on a day's desk, put there through its terminal: hosts with a service, buyers, and what is scraped of them.
import type { Page } from '@playwright/test';
import { type } from './learner.ts';

const program = `import { createServer } from 'node:http';
let requests = 0;
createServer((request, response) => {
  requests += 1;
  if (request.url === '/metrics') {
    response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' });
    return response.end('# TYPE http_requests_total counter\\nhttp_requests_total ' + requests + '\\n');
  }
  if (request.url === '/broken') {
    console.log(JSON.stringify({ level: 'error', message: 'no coach for that town' }));
    response.writeHead(500);
    return response.end('no coach');
  }
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end('[]');
}).listen(8081, () => console.log(JSON.stringify({ level: 'info', message: 'listening' })));
`;

const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));

const scenario = `hosts:
  web-1:
    files:
      /opt/seats/app.mjs: |
${indented(program, 8)}
      /etc/systemd/system/seats.service: |
        [Service]
        WorkingDirectory=/opt/seats
        ExecStart=/usr/bin/node app.mjs
        Restart=on-failure
        [Install]
        WantedBy=multi-user.target
    setup: systemctl enable --now seats
buyers:
  - to: http://web-1:8081
    rate: 5
    requests:
      - { path: /trips, weight: 9 }
      - { path: /broken, weight: 1 }
scrape:
  - { job: seats, targets: [web-1:8081] }
  - { job: front, targets: [front:80] }
`;

/** Puts a whole text into a file of the desk with one command. */
async function place(page: Page, path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text).toString('base64');
  await type(page, `mkdir -p ${path.slice(0, path.lastIndexOf('/'))} && echo ${bytes} | base64 -d > ${path}; clear`);
}

/** Production begins, and the company has had it for a while. */
export async function openProduction(page: Page): Promise<void> {
  await place(page, '/srv/production/scenario.yaml', scenario);
  await type(page, 'sleep 300');
}

/** A day of the shop, lived through with rules by load. */
export async function simulateDay(page: Page, day = 'friday-1700'): Promise<void> {
  await place(page, '~/capacity.yaml', 'seats: { min: 1, max: 6, load: { target: 60% } }\n');
  await type(page, `prodsim run ${day}`);
}

export { place };
