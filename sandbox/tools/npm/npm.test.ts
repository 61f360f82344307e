// Installs from the registry of the sandbox; scripts and versions are compared with the real npm in tests/fidelity.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { findPackage } from '../../forge/registry/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createMachine, createShell } from '../../machine/index.ts';
import { createGit } from '../git/index.ts';
import { rareGit } from '../git/rare/index.ts';
import { npm, npx } from './index.ts';

function desk() {
  const machine = createMachine({ kernel: createKernel({ seed: 'npm' }), language: 'en' });
  const shell = createShell(machine, [npm, npx, createGit(async () => rareGit)]);
  const json = (path: string) => JSON.parse(machine.files.readText(`${machine.home}/${path}`));
  return { machine, shell, json, run: (script: string) => shell.run(script) };
}

async function project(install: string) {
  const all = desk();
  await all.run('npm init -y');
  return { ...all, installed: await all.run(`npm install ${install}`) };
}

it('installs a package with what it needs, writes both files and takes simulated time', async () => {
  const { installed, json, machine } = await project('bitacora');
  expect(installed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(installed.stdout).toMatch(
    /^\nadded 2 packages, and audited 3 packages in \d+ms\n\nfound 0 vulnerabilities\n$/,
  );
  expect(json('package.json').dependencies).toEqual({ bitacora: '^2.0.0' });
  expect(Object.keys(json('package-lock.json').packages)).toEqual(['', 'node_modules/bitacora', 'node_modules/matiz']);
  expect(machine.kernel.now()).toBeGreaterThan(createKernel({ seed: 'npm' }).now() + 200);
});

it('nests a version that conflicts with one above it', async () => {
  const { run, json } = await project('matiz@2 bitacora@1');
  expect((await run('npm ls --all')).stdout).toContain('├─┬ bitacora@1.1.0\n│ └── matiz@1.1.0\n└── matiz@2.0.0\n');
  expect(json('package-lock.json').packages['node_modules/bitacora/node_modules/matiz'].version).toBe('1.1.0');
});

it('holds the SHA-512 of the bytes of the tarball', async () => {
  const { machine, json } = await project('matiz');
  const release = findPackage(machine.files, 'matiz')?.versions.get('2.0.0');
  const digest = createHash('sha512')
    .update(release?.tarball ?? '')
    .digest('base64');
  expect(json('package-lock.json').packages['node_modules/matiz'].integrity).toBe(`sha512-${digest}`);
  expect(gunzipSync(release?.tarball ?? '').toString()).toContain('package/package.json');
});

it('refuses a tarball that is not the one of the lock file, and names the package', async () => {
  const { run } = await project('matiz');
  const { exitCode, stderr } = await run("sed -i 's/sha512-....../sha512-AAAAAA/' package-lock.json; npm ci");
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npm error code EINTEGRITY\n');
  expect(stderr).toContain('tarball data for matiz@https://npm.ventarela.test/matiz/-/matiz-2.0.0.tgz (sha512-AAAAAA');
});

it('installs cleanly only what the lock file holds', async () => {
  const { run } = await project('matiz@1.0.0');
  await run('npm pkg set dependencies.fecha-clara=^2.0.0');
  const { exitCode, stderr } = await run('npm ci');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npm error Missing: fecha-clara@2.0.0 from lock file\n');
  await run('npm install; rm -rf node_modules');
  expect((await run('npm ci && npm ls')).stdout).toContain('├── fecha-clara@2.0.0\n└── matiz@1.0.0\n');
});

it('leaves out what only development needs', async () => {
  const { run } = await project('-D probeta');
  expect((await run('npm ci --omit=dev; ls node_modules 2>/dev/null')).stdout).toContain('up to date');
  expect((await run('npm ci && ls node_modules node_modules/.bin')).stdout).toContain('probeta');
});

it('tells of newer versions with exit code 1', async () => {
  const { run } = await project('fecha-clara@1.0.0');
  expect(await run('npm outdated')).toMatchObject({
    exitCode: 1,
    stdout:
      'Package      Current  Wanted  Latest  Location                  Depended by\n' +
      'fecha-clara    1.0.0   1.1.0   2.0.0  node_modules/fecha-clara  dev\n',
  });
  await run('npm update');
  expect((await run('npm ls')).stdout).toContain('fecha-clara@1.1.0');
});

it('finds a known weakness and mends it within the range', async () => {
  const { run, installed } = await project('hoja-csv@1.0.0');
  expect(installed.stdout).toContain('1 high severity vulnerability');
  const found = await run('npm audit');
  expect(found.exitCode).toBe(1);
  expect(found.stdout).toContain('hoja-csv  <1.0.1\nSeverity: high\n');
  expect(found.stdout).toContain('fix available via `npm audit fix`\nnode_modules/hoja-csv\n');
  expect(JSON.parse((await run('npm audit --json')).stdout).metadata.vulnerabilities).toMatchObject({
    high: 1,
    total: 1,
  });
  expect((await run('npm audit fix')).exitCode).toBe(0);
  expect(await run('npm audit')).toMatchObject({ exitCode: 0, stdout: 'found 0 vulnerabilities\n' });
});

it('warns of a deprecated package', async () => {
  const { installed } = await project('reintento');
  expect(installed.stderr).toBe(
    'npm warn deprecated reintento@1.0.0: reintento is no longer kept; write a loop with a limit instead\n',
  );
});

it('publishes once, for whoever has a token', async () => {
  const { run } = desk();
  await run('mkdir asientos; cd asientos; npm init -y');
  expect((await run('npm publish')).stderr).toContain('npm error code ENEEDAUTH\n');
  await run('npm config set //npm.ventarela.test/:_authToken=abc');
  expect((await run('npm publish')).stdout).toBe('+ asientos@1.0.0\n');
  expect((await run('npm publish')).stderr).toContain('npm error code E403\n');
  await run('npm version minor && npm publish; cd ..; mkdir app; cd app; npm init -y; npm i asientos');
  expect((await run('npm view asientos versions --json')).stdout).toBe('[\n  "1.0.0",\n  "1.1.0"\n]\n');
  expect((await run('npm ls')).stdout).toContain('asientos@1.1.0');
});

it.for([
  ['npm install nada', 'E404'],
  ['npm install matiz@9', 'ETARGET'],
  ['npm audit', 'ENOLOCK'],
])('%s ends with %s', async ([script, code]) => {
  const { run } = desk();
  await run('npm init -y');
  expect(await run(script as string)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`npm error code ${code}\n`),
  });
});

it('refuses what is not here', async () => {
  const { run } = desk();
  expect(await run('npm install -g matiz')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("'npm install -g' is not part of this sandbox"),
  });
});

it('writes lock files that the real npm accepts', async () => {
  const { machine } = await project('bitacora@1 matiz@2 && npm install -D probeta senda');
  const folder = mkdtempSync(join(tmpdir(), 'noventa-lock-'));
  try {
    for (const name of ['package.json', 'package-lock.json'])
      writeFileSync(join(folder, name), machine.files.readText(`${machine.home}/${name}`));
    const flags = ['ci', '--dry-run', '--offline', '--no-audit'];
    const { status, stdout, stderr } = spawnSync('npm', flags, { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toContain('add bitacora 1.1.0');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('ends with the script that it runs when it is killed', async () => {
  const { run } = desk();
  await run('npm init -y; npm pkg set scripts.start="sleep 100"');
  const { stdout } = await run('npm start & sleep 1; kill %1; wait; echo over; jobs');
  expect(stdout).toContain('over\n');
});
