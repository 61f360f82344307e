// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { expect, test } from 'vitest';
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
    '  db:',
    '    ports: [5432:5432]',
    '    image: postgres:17',
    'steps: [run: echo]',
  );
  expect([db.conclusion, db.steps]).toEqual(['failure', []]);
  expect(db.annotations).toEqual([
    {
      level: 'error',
      message: expect.stringContaining('The image postgres:17 is not part of this sandbox.'),
      file: '.github/workflows/ci.yml',
      line: 8,
    },
  ]);
  const said = async (rest: string) =>
    (await jobOf(`services: { w: { image: traefik/whoami, ${rest} } }`, 'steps: [run: echo]')).annotations[0]?.message;
  expect(await said('volumes: ["a:/b"]')).toContain('services.w.volumes is not part of this sandbox');
  expect(await said('options: --health-cmd true')).toContain('The option --health-cmd of a service');
  expect(await said('ports: [53:53/udp]')).toContain('"53:53/udp" is no port of this sandbox');
  expect(await said('ports: [80:80, 80:81]')).toBe('Bind for 0.0.0.0:80 failed: port is already allocated');
  const none = await jobOf('services: { w: { image: "${{ vars.NONE }}" } }', 'steps: [run: echo]');
  expect(none.conclusion).toBe('success');
});

test('a job that asks to write is told that its token opens nothing here, and a push from it is refused', async () => {
  const job = await jobOf(
    'permissions: { contents: write, pull-requests: read }',
    'steps:',
    '  - uses: actions/checkout@v4',
    '  - run: git push',
  );
  expect(job.annotations[0]).toMatchObject({ level: 'notice', message: expect.stringContaining('(contents: write)') });
  expect(job.steps[1]?.log.join('\n')).toContain("fatal: 'git push' from a job is not part of this sandbox");
  expect(job.steps[1]?.outcome).toBe('failure');
  const reads = await jobOf('permissions: { contents: read }', 'steps: [run: test "$SHELL" = /bin/bash]');
  expect([reads.conclusion, reads.annotations]).toEqual(['success', []]);
});
