import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine, createNodeRuntime, createShell, type Language } from '../../machine/index.ts';
import { rareGit } from '../git/rare/index.ts';
import { createCommands } from '../index.ts';

const pause = () => new Promise<void>((resolve) => void setImmediate(resolve));
const wasm = readFileSync(createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm'));

const runtime = createNodeRuntime(async () => wasm, { pause });
beforeAll(() => runtime.load());

const service = (start: string): string => `import { createServer } from 'node:http';
${start}
createServer((request, response) => {
  response.writeHead(request.url === '/healthz' ? 200 : 404);
  response.end('well');
}).listen(process.env.PORT);
`;

function desk(files: Readonly<Record<string, string>>, language: Language = 'en') {
  const machine = createMachine({ kernel: createKernel({ seed: 'cleanroom' }), language });
  for (const [path, text] of Object.entries(files)) {
    machine.files.mkdir(`${machine.home}/${path}`.replace(/\/[^/]*$/, ''), { recursive: true });
    machine.files.writeFile(`${machine.home}/${path}`, text);
  }
  const shell = createShell(machine, createCommands(runtime, { rareGit: async () => rareGit, pause }), undefined, {
    pause,
  });
  return { machine, run: (script: string) => shell.run(script) };
}

test('an artifact that carries all it needs answers with 200', async () => {
  const { run, machine } = desk({ 'app.mjs': service('') });
  expect(await run('tar -czf a.tgz app.mjs && cleanroom run a.tgz')).toMatchObject({
    exitCode: 0,
    stdout: 'cleanroom: empty machine; node app.mjs\ncleanroom: GET /healthz answered 200 well\n',
  });
  expect(machine.network.ports()).toEqual([]);
  expect(machine.kernel.log.entries()).toContainEqual(
    expect.objectContaining({ type: 'CleanroomRan', file: 'a.tgz', holds: 'app.mjs', exitCode: 0 }),
  );
});

test('an artifact has no network: npm brings it nothing when it starts', async () => {
  const { run } = desk({
    'package.json': '{"name":"a","scripts":{"start":"npm ci && node app.mjs"},"dependencies":{"senda":"^1.2.0"}}',
    'app.mjs': service("import 'senda';"),
  });
  await run('npm install && tar -czf a.tgz app.mjs package.json package-lock.json');
  const tried = await run('cleanroom run a.tgz');
  expect(tried.exitCode).toBe(1);
  expect(tried.stdout).toContain('npm error code ENOTFOUND');
  expect(tried.stderr).toBe('cleanroom: the program ended with 1 before it answered\n');
});

test('a module of the desk above the project is not there', async () => {
  const files = {
    'node_modules/only-here/index.js': 'exports.it = 1;',
    'app/app.mjs': service("import 'only-here';"),
  };
  const { run } = desk(files);
  expect((await run('cd app && node --check app.mjs && node -e "require(\'only-here\')"')).exitCode).toBe(0);
  const tried = await run('tar -czf a.tgz app.mjs && cleanroom run a.tgz');
  expect(tried.exitCode).toBe(1);
  expect(tried.stdout).toContain("Cannot find package 'only-here'");
  expect(tried.stderr).toBe('cleanroom: the program ended with 1 before it answered\n');
});

test('neither variables nor files of the desk are there', async () => {
  const { run } = desk({
    'app.mjs': service("if (process.env.SECRET || process.env.HOME !== '/home/clean') process.exit(3);"),
  });
  expect((await run('export SECRET=1; tar -czf a.tgz app.mjs; cleanroom run a.tgz')).exitCode).toBe(0);
});

test('package.json says how a program starts, also in the only folder of the artifact', async () => {
  const manifest = JSON.stringify({ name: 'it', version: '1.0.0', scripts: { start: 'node main.mjs' } });
  const { run } = desk({ 'it/main.mjs': service(''), 'it/package.json': manifest });
  const { stdout, exitCode } = await run('tar -czf a.tar.gz it && cleanroom run a.tar.gz');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('cleanroom: empty machine; npm start\n');
});

test('what never answers is told after ten seconds, and any answer but 200 is a failure', async () => {
  const { run, machine } = desk({
    'app.mjs': 'setInterval(() => {}, 1000);',
    'b/app.mjs': service('').replace('/healthz', '/other'),
  });
  const began = machine.kernel.now();
  const silent = await run('tar -czf a.tgz app.mjs && cleanroom run a.tgz');
  expect(silent).toMatchObject({
    exitCode: 1,
    stderr: 'cleanroom: the program did not answer within 10 s: listen on the port that PORT says\n',
  });
  expect(machine.kernel.now() - began).toBeGreaterThanOrEqual(10_000);
  const missing = await run('tar -czf b.tgz -C b . && cleanroom run b.tgz');
  expect(missing).toMatchObject({ exitCode: 1, stderr: 'cleanroom: GET /healthz answered 404 well\n' });
});

test('a script runs on the last commit and on nothing else of the folder', async () => {
  const { run } = desk({ 'app/build.sh': 'ls; exit 4\n', 'app/kept.txt': '1' });
  await run(
    'git config --global user.name a; git config --global user.email a@b.c; cd app; git init -q; git add .; git commit -qm one; echo 2 > extra.txt',
  );
  expect(await run('cleanroom run build.sh')).toMatchObject({
    exitCode: 4,
    stdout: 'cleanroom: empty machine with your last commit; build.sh\nbuild.sh\nkept.txt\n',
    stderr: 'cleanroom: the script ended with 4; the machine is gone\n',
  });
  await run('echo ls > new.sh');
  expect(await run('cleanroom run new.sh')).toMatchObject({
    exitCode: 1,
    stderr: 'cleanroom: new.sh is not in your last commit\n',
  });
});

test.each([
  ['cleanroom', ''],
  ['cleanroom run', 'what shall be tried? cleanroom run ARTIFACT.tgz or cleanroom run SCRIPT'],
  ['cleanroom keep a.tgz', 'there is no "keep"; try cleanroom --help'],
  ['cleanroom run --port a.tgz', 'it has no option --port; try cleanroom --help'],
  ['cleanroom run no.tgz', 'cannot read the file no.tgz'],
  ['cleanroom run a.tgz more', 'an artifact is tried alone: "more" is one word too many'],
  ['cleanroom run a.tgz b.tgz', 'those are several artifacts (a.tgz b.tgz): name one'],
  ['cleanroom run script.sh', 'script.sh is in no git repository: there is no commit to take along'],
])('%s is refused', async (line, why) => {
  const { run } = desk({ 'a.tgz': 'no archive', 'script.sh': 'ls' });
  expect(await run(line)).toMatchObject({ exitCode: 2, stderr: why === '' ? '' : `cleanroom: ${why}\n` });
});

test('what is no archive cannot be unpacked, and an archive without a program not started', async () => {
  const { run } = desk({ 'a.tgz': 'no archive', 'note.txt': 'hello' }, 'es');
  expect((await run('cleanroom run a.tgz')).stderr).toContain('cleanroom: a.tgz no se puede desempaquetar\n');
  expect((await run('tar -czf b.tgz note.txt; cleanroom run b.tgz')).stderr).toBe(
    'cleanroom: no sé cómo arrancarlo: ni package.json con «start» ni app.mjs (hay: note.txt)\n',
  );
});
