// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { expect, test } from 'vitest';
import { openSandbox } from '../../sandbox/hosts/node/sandbox.ts';
import { readRuns } from '../../sandbox/pipeline/index.ts';
import { desk } from '../forge/desk.ts';

async function jobOf(...lines: readonly string[]) {
  const text = ['on: push', 'jobs:', '  a:', '    runs-on: ubuntu-latest', ...lines.map((line) => `    ${line}`)];
  const { machine } = await desk({ 'ci.yml': text.join('\n') });
  const [job] = readRuns(machine, 'seats')[0]?.record.jobs ?? [];
  if (job === undefined) throw new Error('no job');
  return job;
}

// "About service containers": a job that runs on the runner itself reaches a service at localhost and the mapped port.
test('a job talks to its service at the ports that it maps, and finds the one that nobody chose in its context', async () => {
  const job = await jobOf(
    'services:',
    '  who:',
    '    image: traefik/whoami:v1.10',
    '    env: { WHOAMI_NAME: seats }',
    '    ports: [8080:80, 80]',
    '    options: --name who --hostname box -e OTHER=1',
    'steps:',
    '  - run: curl -fsS -H X-Town:Leon localhost:8080/trips?day=1',
    '  - run: test "$(curl -fsS localhost:${{ job.services.who.ports[80] }}/health -o /dev/null -w "%{http_code}")" = 200',
    '  - run: curl -fsS localhost:${{ job.services.who.ports[80] }} | grep Hostname',
    '  - run: curl -fsS localhost:8081',
  );
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'failure']);
  const [asked] = job.steps;
  expect(asked?.log.slice(0, 2)).toEqual(['Name: seats', 'Hostname: box']);
  expect(asked?.log.map((line) => line.trim())).toEqual(
    expect.arrayContaining(['GET /trips?day=1 HTTP/1.1', 'Host: localhost:8080', 'X-Town: Leon']),
  );
  expect(job.steps[2]?.log).toEqual(['Hostname: box']);
});

test('what is not there is refused by name, at the line of its image; an empty image is no service', async () => {
  const db = await jobOf(
    'services:',
    '  search:',
    '    ports: [9200:9200]',
    '    image: elasticsearch:8.15.0',
    'steps: [run: echo]',
  );
  expect([db.conclusion, db.steps]).toEqual(['failure', []]);
  expect(db.annotations).toEqual([
    {
      level: 'error',
      message: expect.stringContaining('The image elasticsearch:8.15.0 is not part of this sandbox.'),
      file: '.github/workflows/ci.yml',
      line: 8,
    },
  ]);
  const said = async (rest: string) =>
    (await jobOf(`services: { w: { image: traefik/whoami, ${rest} } }`, 'steps: [run: echo]')).annotations[0]?.message;
  expect(await said('volumes: ["a:/b"]')).toContain('services.w.volumes is not part of this sandbox');
  expect(await said('options: --gpus all')).toContain('The option --gpus of services.w');
  expect(await said('ports: [53:53/udp]')).toContain('"53:53/udp" is no port of this sandbox');
  expect(await said('ports: [80:80, 80:81]')).toBe('Bind for 0.0.0.0:80 failed: port is already allocated');
  expect(await said('credentials: { username: a, password: "${{ secrets.NONE }}" }')).toBe(
    "Unexpected value '' for credentials.password",
  );
  const none = await jobOf('services: { w: { image: "${{ vars.NONE }}" } }', 'steps: [run: echo]');
  expect(none.conclusion).toBe('success');
});

// "Creating PostgreSQL service containers", "Creating Redis service containers".
test('a job begins when its services are healthy, and asks them with the clients of the runner', async () => {
  const job = await jobOf(
    'services:',
    '  db:',
    '    image: postgres:16',
    '    env: { POSTGRES_PASSWORD: postgres }',
    '    ports: ["5432:5432"]',
    '    options: >-',
    '      --health-cmd pg_isready --health-interval 10s --health-timeout 5s --health-retries 5',
    '  cache:',
    '    image: redis',
    '    options: --health-cmd "redis-cli ping" --health-interval 10s --health-timeout 5s --health-retries 5',
    'steps:',
    '  - run: pg_isready -h localhost',
    '  - run: pg_isready -h localhost -p 5433',
    '    continue-on-error: true',
    '  - run: curl localhost:5432',
    '    continue-on-error: true',
    '  - run: psql -h localhost -U postgres -c "select 1"',
  );
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure', 'failure', 'failure']);
  expect(job.steps[0]?.log).toEqual([
    'db service is healthy.',
    'cache service is healthy.',
    'localhost:5432 - accepting connections',
  ]);
  expect(job.steps[1]?.log[0]).toBe('localhost:5433 - no response');
  expect(job.steps[2]?.log[0]).toBe('curl: (52) Empty reply from server');
  expect(job.steps[3]?.log[0]).toContain('is not part of this sandbox: the server is there, but keeps no data');
});

test('a service that is not healthy after its retries fails the job; so does a database without a password', async () => {
  const slow = 'services: { db: { image: mysql:8, env: { MYSQL_ROOT_PASSWORD: a }, options: "OPTIONS" } }';
  const withOptions = (options: string) => jobOf(slow.replace('OPTIONS', options), 'steps: [run: mysqladmin ping]');
  const ill = await withOptions('--health-cmd=\\"mysqladmin ping\\" --health-interval 1s --health-retries 3');
  expect([ill.conclusion, ill.steps.length, ill.annotations[0]?.line]).toEqual(['failure', 0, 5]);
  expect(ill.annotations[0]?.message).toMatch(/^Failed to initialize container mysql:8\ndb service is unhealthy: /);
  const patient = await withOptions('--health-cmd=\\"mysqladmin ping\\" --health-interval 1s --health-retries 20');
  // Its port is not mapped: the runner does not reach it.
  expect(patient.steps[0]?.log.slice(0, 2)).toEqual([
    'db service is healthy.',
    "mysqladmin: connect to server at 'localhost' failed",
  ]);
  const bare = await jobOf('services: { db: { image: postgres } }', 'steps: [run: echo]');
  expect(bare.annotations[0]?.message).toContain('superuser password is not specified');
});

// "About service containers": a job in a container reaches a service by its label, whether or not its ports are mapped.
test('a job in a container runs as root in its image, and reaches services by their names', async () => {
  const job = await jobOf(
    'container: { image: "buildpack-deps", env: { TOWN: Leon }, volumes: ["kept:/kept", "/host:/there:ro"] }',
    'services: { web: { image: nginx, ports: ["8080:80"] } }',
    'steps:',
    '  - run: echo "$TOWN $(whoami) $HOME $PWD"; test -d /kept && test -d /there',
    '  - run: curl -s -o /dev/null -w "%{http_code}" http://web',
    '  - run: test "${{ job.services.web.ports[80] }}" = 8080 && test -n "${{ job.container.id }}"',
    '  - run: curl -sS http://localhost:8080 || true',
    '  - run: npm --version',
  );
  expect(job.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'success', 'failure']);
  expect(job.steps[0]?.log).toEqual(['Leon root /github/home /__w/seats/seats']);
  expect(job.steps[1]?.log).toEqual(['200']);
  expect(job.steps[3]?.log[0]).toContain('curl: (7) Failed to connect to localhost port 8080');
  const alpine = await jobOf('container: alpine:3', 'steps: [{ run: echo, shell: bash }]');
  expect(alpine.steps[0]?.log[0]).toContain('exec: "bash": executable file not found in $PATH');
  const python = await jobOf('container:', '  env: {}', '  image: python:3.12', 'steps: [run: echo]');
  expect([python.annotations[0]?.line, python.annotations[0]?.message]).toEqual([
    7,
    expect.stringContaining('The image python:3.12 is not part of this sandbox'),
  ]);
});

test('a runner has sudo and a package manager; a container gets with it what its image lacks', async () => {
  const bare = await jobOf(
    'container: ubuntu:24.04',
    'steps:',
    '  - run: curl --version',
    '    continue-on-error: true',
    '  - run: apt-get -qq update && apt-get install -y curl && curl --version',
  );
  expect(bare.steps.map(({ outcome }) => outcome)).toEqual(['failure', 'success']);
  const runner = await jobOf(
    'steps:',
    '  - run: sudo apt-get update && sudo apt-get install -y jq',
    '  - run: apt-get update',
    '    continue-on-error: true',
    '  - run: sudo apt-get install -y cowsay',
    '    continue-on-error: true',
    '  - run: docker ps',
  );
  expect(runner.steps.map(({ log }) => log.at(-2) ?? log.at(-1))).toEqual([
    'Reading package lists...',
    'E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)',
    expect.stringContaining("the package 'cowsay' is not part of this sandbox"),
    'docker: not part of this sandbox',
  ]);
});

test('an image of the company is what its registry has: the program in the artifact serves', async () => {
  const program = `import http from 'node:http';
http.createServer((request, response) => response.end('seats of ' + process.env.TOWN + ' ' + request.url)).listen(3000);`;
  const files = { 'app.mjs': new TextEncoder().encode(program) };
  const sandbox = await openSandbox({ language: 'en', files });
  try {
    await sandbox.run('tar -czf s.tgz app.mjs && curl -fsT s.tgz http://registry.ventarela.test/seats/1.2.0/s.tgz');
    await sandbox.run(`mkdir -p .github/workflows && cat > .github/workflows/ci.yml <<'END'
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    services:
      seats:
        image: registry.ventarela.test/seats:1.2.0
        env: { TOWN: Leon }
        ports: ['8080:3000']
        options: --health-cmd "curl -f localhost:3000" --health-interval 2s
    steps: [run: curl -s localhost:8080/free]
  b:
    runs-on: ubuntu-latest
    services: { seats: { image: 'registry.ventarela.test/seats:9.9.9' } }
    steps: [run: echo]
END`);
    const asked = { path: '.github/workflows/ci.yml', inputs: {}, secrets: {}, vars: {} };
    const { run } = await sandbox.runWorkflow(asked);
    expect(run?.jobs[0]?.steps[0]?.log).toEqual(['seats service is healthy.', 'seats of Leon /free']);
    expect(run?.jobs[1]?.annotations[0]?.message).toContain(
      'manifest for registry.ventarela.test/seats:9.9.9 not found',
    );
  } finally {
    sandbox.close();
  }
});

test('a file that is run by itself has no forge: its job is told so, and a push from it is refused', async () => {
  const sandbox = await openSandbox({ language: 'en' });
  try {
    await sandbox.run(`cat > ci.yml <<'END'
on: push
permissions: { contents: write, pull-requests: read }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: test "$SHELL" = /bin/bash && test -n "\${{ secrets.GITHUB_TOKEN }}" && echo \${{ github.token }}
      - run: git init -q; git -c user.name=a -c user.email=a@b commit -q --allow-empty -m a; git push https://git.ventarela.test/seats.git HEAD
END`);
    const { run } = await sandbox.runWorkflow({ path: 'ci.yml', inputs: {}, secrets: {}, vars: {} });
    const [job] = run?.jobs ?? [];
    expect(job?.annotations[0]).toMatchObject({
      level: 'notice',
      message: expect.stringContaining('(contents: write)'),
    });
    expect(job?.steps[0]?.log).toEqual(['***']);
    expect(job?.steps[1]?.log.join('\n')).toContain('fatal: there is no forge to push to here');
  } finally {
    sandbox.close();
  }
});
