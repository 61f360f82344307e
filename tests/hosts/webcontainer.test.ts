import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleEngine, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { bundleNodeProgram } from '../../sandbox/hosts/build/node-program.ts';
import { openSession, type Session } from '../../sandbox/hosts/session.ts';
import {
  type ContainerHosts,
  type ContainerParts,
  openContainerHosts,
} from '../../sandbox/hosts/webcontainer/client.ts';
import { standInContainer } from './container.ts';
import { cases } from './contract.ts';

let parts: ContainerParts;
beforeAll(async () => {
  const engine = await bundleEngine();
  parts = {
    program: (await bundleNodeProgram()).text,
    scripts: [engine.core.text],
    wasm: new Uint8Array(quickjsWasm().bytes).buffer,
    fetchPart: async (name) => engine.parts[name].text,
  };
}, 120_000);

for (const how of ['pipes', 'terminal'] as const)
  describe(`the container host, over ${how}`, () => {
    let hosts: ContainerHosts;
    const container = standInContainer(how);
    beforeAll(async () => {
      hosts = await openContainerHosts(container, parts);
    }, 60_000);
    afterAll(() => {
      hosts.close();
      expect(container.torn()).toBe(true);
    });

    // The whole contract with the sandbox's own node; over a terminal, which changes nothing but the transport, what has most to carry.
    const carried = how === 'pipes' ? cases : cases.filter(({ ofSandboxNode }) => !ofSandboxNode);
    for (const { name, run } of carried)
      test(name, { timeout: 60_000 }, () => run({ startEngine: () => hosts.start(false), openSession }));
    for (const { name, run } of cases.filter(({ ofSandboxNode }) => !ofSandboxNode))
      test(`with real programs: ${name}`, { timeout: 60_000 }, () =>
        run({ startEngine: () => hosts.start(), openSession }),
      );
  });

describe('real programs', () => {
  let hosts: ContainerHosts;
  let session: Session;
  const started: string[] = [];
  beforeAll(async () => {
    hosts = await openContainerHosts(standInContainer('terminal'), parts);
    const text = (content: string): Uint8Array => new TextEncoder().encode(content);
    session = await openSession({
      startEngine: () => {
        started.push('desk');
        return hosts.start();
      },
      startJudge: () => {
        started.push('judge');
        return hosts.start(false);
      },
      isRepeatable: false,
      pack: { day: 'none', seed: 'real', files: { 'a/b.txt': text('b\n'), 'keep.txt': text('kept\n') } },
      language: 'en',
    });
  }, 60_000);
  afterAll(() => {
    session.close();
    hosts.close();
  });
  const run = (script: string) => session.call('run', { script });

  test('node is this computer’s, and the rest of the shell is the sandbox’s', { timeout: 60_000 }, async () => {
    expect((await run('node -p process.version')).stdout).toBe(`${process.version}\n`);
    expect((await run('npm --version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(
      (await run('echo "[1, 2]" | node -p "JSON.parse(require(\'fs\').readFileSync(0)).length" | wc -l')).stdout.trim(),
    ).toBe('1');
    expect((await run('date -u +%H:%M')).stdout).toBe('09:00\n');
    expect((await run('node -e "process.exit(7)"; echo $?')).stdout).toBe('7\n');
  });

  test('files go both ways: made, changed, moved and removed', { timeout: 60_000 }, async () => {
    const script = `
      const fs = require('fs');
      console.log(fs.readFileSync('a/b.txt', 'utf8').trim(), fs.readFileSync('run.sh', 'utf8').length);
      fs.writeFileSync('a/b.txt', 'changed');
      fs.mkdirSync('made/deep', { recursive: true });
      fs.writeFileSync('made/deep/bytes', Buffer.from([0, 255, 10]));
      fs.rmSync('keep.txt');
      fs.renameSync('run.sh', 'made/run.sh');`;
    await session.call('writeFile', { path: 'p.cjs', bytes: new TextEncoder().encode(script) });
    const { stdout, stderr } = await run(
      'printf "echo hi" > run.sh; chmod +x run.sh; node p.cjs; ls -R; cat a/b.txt; made/run.sh',
    );
    expect(stderr).toBe('');
    expect(stdout).toBe(
      'b 7\n.:\na\nmade\np.cjs\n\n./a:\nb.txt\n\n./made:\ndeep\nrun.sh\n\n./made/deep:\nbytes\nchangedhi\n',
    );
    const { files } = session.snapshot();
    expect(files['/home/dev/made/deep/bytes']).toMatchObject({ bytes: Uint8Array.from([0, 255, 10]) });
    expect(files['/home/dev/keep.txt']).toBeUndefined();
  });

  test('packages stay outside, and what npm writes of the project comes in', { timeout: 60_000 }, async () => {
    await run('mkdir -p proj/node_modules/x proj/lib; cd proj; echo "exports.a = 1" > lib/index.js');
    await session.call('writeFile', {
      path: 'proj/package.json',
      bytes: new TextEncoder().encode(
        '{"name":"proj","dependencies":{"lib":"file:lib"},"scripts":{"hi":"node -p 6*7"}}',
      ),
    });
    await session.call('writeFile', {
      path: 'proj/lib/package.json',
      bytes: new TextEncoder().encode('{"name":"lib","version":"1.0.0"}'),
    });
    const { stdout, exitCode } = await run(
      'cd ~/proj; npm install --no-audit --no-fund --offline; npm run --silent hi; node -p "require(\'lib\').a"',
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/42\n1\n$/)]);
    expect(Object.keys(session.snapshot().files).filter((path) => path.includes('package-lock'))).toEqual([
      '/home/dev/proj/package-lock.json',
    ]);
    expect((await run('ls ~/proj/node_modules')).stdout).toBe('x\n');
  });

  test('a server is asked with the sandbox’s curl, and Ctrl+C ends it', { timeout: 60_000 }, async () => {
    const script = `
      const server = require('http').createServer((ask, answer) => {
        answer.setHeader('X-Real', 'yes');
        answer.end(ask.method + ' ' + ask.url);
      });
      server.listen(0, () => { require('fs').writeFileSync('port', String(server.address().port)); console.log('up'); });`;
    await session.call('writeFile', { path: 'server.cjs', bytes: new TextEncoder().encode(script) });
    let shown = '';
    const end = session.subscribe((event) => {
      if (event.event === 'output') shown += event.text;
    });
    await session.call('openTerminal', { id: 't1', columns: 80, rows: 24 });
    await session.call('type', { id: 't1', data: 'cd; node server.cjs\r' });
    await expect.poll(() => shown, { timeout: 20_000 }).toMatch(/up\r\n/);
    await expect.poll(() => session.snapshot().files['/home/dev/port'], { timeout: 5000 }).toBeDefined();
    await session.call('openTerminal', { id: 't2', columns: 80, rows: 24 });
    await session.call('type', {
      id: 't2',
      data: 'curl -si "http://localhost:$(cat ~/port)/trips?a=1" | grep --color=never -e X-Real -e GET\r',
    });
    await expect.poll(() => shown, { timeout: 20_000 }).toMatch(/X-Real: yes\r+\nGET \/trips\?a=1/);
    expect(await session.stopProgram('t1')).toBe('interrupted');
    await session.call('type', { id: 't2', data: 'curl -s localhost:$(cat ~/port) || echo "ended $?"\r' });
    await expect.poll(() => shown, { timeout: 20_000 }).toContain('ended 7');
    end();
  });

  test('a program reads what is typed, line by line, and ends at Ctrl+D', { timeout: 60_000 }, async () => {
    let shown = '';
    const end = session.subscribe((event) => {
      if (event.event === 'output' && event.terminal === 't3') shown += event.text;
    });
    await session.call('openTerminal', { id: 't3', columns: 80, rows: 24 });
    const code =
      "process.stdin.on('data', (d) => console.log('got ' + String(d).trim())).on('end', () => console.log('over'))";
    await session.call('type', { id: 't3', data: `node -e "${code}"\r` });
    await session.call('type', { id: 't3', data: 'one\r' });
    await expect.poll(() => shown, { timeout: 20_000 }).toMatch(/got one\r\n/);
    await session.call('type', { id: 't3', data: '\x04' });
    await expect.poll(() => shown, { timeout: 20_000 }).toMatch(/over\r\n/);
    end();
  });

  test('a runaway is ended by Ctrl+C; there is no journal, and checks are judged elsewhere', {
    timeout: 60_000,
  }, async () => {
    await session.call('type', { id: 't3', data: 'node -e "while (true) {}"\r' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await session.stopProgram('t3')).toBe('interrupted');
    expect(session.snapshot().journal).toBeUndefined();
    expect(started).toEqual(['desk']);
    expect(await session.check(['none'])).toEqual([]);
    expect(started).toEqual(['desk', 'judge']);
  });

  test('outside the home folder they say that they see nothing', { timeout: 60_000 }, async () => {
    const { stderr, exitCode } = await run('cd /tmp; node -p 1');
    expect([exitCode, stderr]).toEqual([1, 'node: the real programs see your home folder only, and this is /tmp\n']);
  });

  test('an engine whose process ends says with what, and what it wrote last', { timeout: 60_000 }, async () => {
    const broken = await openContainerHosts(standInContainer('pipes'), {
      ...parts,
      scripts: ['throw new Error("no engine")'],
    });
    const engine = broken.start();
    expect((await engine.ended).message).toMatch(/ended with 1\n[\s\S]*no engine/);
    broken.close();
  });
});
