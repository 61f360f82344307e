// For tests: a desk with the company's production as a scenario describes it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createKernel, formatLog, type KernelSnapshot } from '../../sandbox/kernel/index.ts';
import {
  createMachine,
  createNodeRuntime,
  createShell,
  type FileTree,
  type Machine,
  type RunResult,
} from '../../sandbox/machine/index.ts';
import { rareNode } from '../../sandbox/machine/node/rare/index.ts';
import { stripTypes } from '../../sandbox/machine/node/strip-types.ts';
import { withServices } from '../../sandbox/platform/desk.ts';
import { createProduction, type Production } from '../../sandbox/platform/index.ts';
import { rareGit } from '../../sandbox/tools/git/rare/index.ts';
import { createCommands } from '../../sandbox/tools/index.ts';
import { sshTools } from '../../sandbox/tools/ssh/index.ts';
import { watchingTools } from '../../sandbox/tools/watching.ts';

const quickjs = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
const turn = setImmediate;
const runtime = createNodeRuntime(async () => readFileSync(quickjs), {
  loadRareNode: async () => rareNode,
  loadTypeScript: async () => stripTypes,
  pause: () => new Promise((resolve) => turn(resolve)),
});

export interface Desk {
  readonly machine: Machine;
  readonly production: Production;
  run(script: string): Promise<RunResult>;
  /** Ctrl+C. */
  interrupt(): void;
  /** Runs a script that must succeed. */
  must(script: string): Promise<string>;
  log(): string;
  snapshot(): { readonly kernel: KernelSnapshot; readonly files: FileTree };
}

export interface DeskOptions {
  readonly seed?: string;
  readonly snapshot?: ReturnType<Desk['snapshot']>;
}

export async function openDesk({ seed = 'platform', snapshot }: DeskOptions = {}): Promise<Desk> {
  await runtime.load();
  const pause = (): Promise<void> => new Promise((resolve) => turn(resolve));
  const watching = watchingTools({ commands: () => onHosts, language: 'en', pause });
  const onHosts = createCommands(runtime, { rareGit: async () => rareGit, watching, pause });
  const production = createProduction({ commands: () => onHosts, pause, onKernel: () => {} });
  const kernel = createKernel(snapshot?.kernel ?? { seed });
  const { settle } = production;
  const beyond = (one: Machine) => withServices(one, () => settle(one), production.beyond(one));
  const machine = createMachine({ kernel, language: 'en', settle, beyond, ...(snapshot && { tree: snapshot.files }) });
  const shell = createShell(
    machine,
    createCommands(runtime, { rareGit: async () => rareGit, watching, remote: sshTools(production), pause }),
    undefined,
    { pause },
  );
  const run = (script: string): Promise<RunResult> => shell.run(script, { asScript: true });
  return {
    machine,
    production,
    run,
    interrupt: () => shell.interrupt(),
    async must(script) {
      const { stdout, stderr, exitCode } = await run(script);
      if (exitCode !== 0) throw new Error(`${script}\nended with ${exitCode}\n${stdout}${stderr}`);
      return stdout;
    },
    log: () => formatLog(kernel.log.entries()),
    snapshot: () => structuredClone({ kernel: kernel.snapshot(), files: machine.files.snapshot() }),
  };
}

/** The booking service of a version. `needs`: a variable without which it does not start. */
export function seats(version: string, needs?: string): string {
  return `import { createServer } from 'node:http';
${needs === undefined ? '' : `if (!process.env.${needs}) { console.error('${needs} is not set'); process.exit(1); }`}
const trips = [{ from: 'Alba', to: 'Lurin', seats: 12 }, { from: 'Lurin', to: 'Alba', seats: 3 }];
let sold = 0;
let requests = 0;
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const send = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body) + '\\n');
  };
  requests += 1;
  if (pathname === '/metrics') {
    response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' });
    return response.end('# TYPE http_requests_total counter\\nhttp_requests_total ' + requests + '\\n');
  }
  if (pathname === '/healthz') return send(200, { status: 'ok' });
  if (pathname === '/version') return send(200, { version: '${version}' });
  if (pathname === '/trips') return send(200, trips.filter(({ to }) => to === searchParams.get('to')));
  if (pathname === '/sold') return send(200, { sold: ++sold });
  if (pathname === '/crash') throw new Error('no such coach');
  if (pathname === '/loop') for (;;);
  send(404, { error: 'not found' });
});
const port = Number(process.env.PORT ?? 8080);
server.listen(port, () => console.log(JSON.stringify({ level: 'info', message: 'listening', port, version: '${version}' })));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
}

/** Puts versions of seats into the registry, and a scenario in place. */
export async function openCompany(desk: Desk, scenario: string): Promise<void> {
  const { machine } = desk;
  for (const [version, needs] of [['1.0.0'], ['1.0.1'], ['1.1.0', 'CURRENCY']] as const) {
    machine.files.mkdir('/tmp/build', { recursive: true });
    machine.files.writeFile('/tmp/build/app.mjs', seats(version, needs));
    await desk.must(
      `tar -czf /tmp/seats.tgz -C /tmp/build app.mjs && curl -fsS -T /tmp/seats.tgz http://registry.ventarela.test/seats/${version}/seats.tgz`,
    );
  }
  machine.files.mkdir('/srv/production', { recursive: true });
  machine.files.writeFile('/srv/production/scenario.yaml', scenario);
  await desk.must('true');
}

/** web-1 with nginx at port 80, which passes on to the port in /etc/nginx/conf.d/seats.conf, and seats@PORT services. */
export const scenario = `
hosts:
  web-1:
    startUp: 800
    request: 8
    files:
      /etc/systemd/system/seats@.service: |
        [Unit]
        Description=Seats API on port %i
        [Service]
        WorkingDirectory=/opt/seats/on/%i
        Environment=PORT=%i
        EnvironmentFile=-/etc/seats.env
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
      mkdir -p /opt/seats/releases/1.0.0 /opt/seats/on
      curl -fsS http://registry.ventarela.test/seats/1.0.0/seats.tgz | tar -xz -C /opt/seats/releases/1.0.0
      ln -s ../releases/1.0.0 /opt/seats/on/8081
      systemctl enable --now seats@8081
      systemctl enable --now nginx
buyers:
  - to: http://web-1
    rate: 8
    requests:
      - { path: "/trips?to=Alba", weight: 6 }
      - { path: /version, weight: 1 }
scrape:
  - { job: seats, targets: [web-1:8081, web-1:8082] }
  - { job: front, targets: [front:80] }
`;
