// What programs of the sandbox do that real ones do not: they obey the machine's clock and chance, and its limits.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createKernel, DAY_START } from '../../kernel/index.ts';
import { createCurl } from '../../tools/curl/index.ts';
import { createNodeCommand } from '../../tools/node.ts';
import { costs } from '../cost.ts';
import { type Command, createMachine, createNodeRuntime, type Language } from '../index.ts';
import { rareNode } from './rare/index.ts';
import { stripTypes } from './strip-types.ts';

const wasm = readFileSync(createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm'));
const pause = () => new Promise<void>((resolve) => void setImmediate(resolve));
const curl = createCurl(pause);
const node = createNodeCommand(
  createNodeRuntime(async () => wasm, {
    loadRareNode: async () => rareNode,
    loadTypeScript: async () => stripTypes,
    pause,
    watch: () => performance.now(),
  }),
);

/** A desk on which commands run; each run tells what it wrote. */
function openDesk(files: Readonly<Record<string, string>> = {}, language: Language = 'en') {
  const machine = createMachine({ kernel: createKernel({ seed: 'program' }), language });
  for (const [file, text] of Object.entries(files)) machine.files.writeFile(`${machine.home}/${file}`, text);

  function start(command: Command, args: readonly string[]) {
    const stopping = new AbortController();
    const written = { stdout: '', stderr: '' };
    const ended = Promise.resolve(
      command.run(args, {
        machine,
        cwd: machine.home,
        env: {},
        stdin: new Uint8Array(),
        isTerminal: false,
        columns: 80,
        signal: stopping.signal,
        stdout: (text) => {
          written.stdout += typeof text === 'string' ? text : new TextDecoder().decode(text);
        },
        stderr: (text) => {
          written.stderr += text;
        },
      }),
    );
    return { written, ended, interrupt: () => stopping.abort() };
  }

  async function run(command: Command, ...args: readonly string[]) {
    const { written, ended } = start(command, args);
    const exitCode = await ended;
    return { ...written, exitCode };
  }

  /** Starts a service and waits until it listens. */
  async function serve(file: string) {
    const service = start(node, [file]);
    for (let turn = 0; turn < 100 && machine.network.ports().length === 0; turn++) await pause();
    return service;
  }
  return { machine, start, run, serve, evaluate: (code: string) => run(node, '-e', code) };
}

/** What starting node takes. */
const STARTED = DAY_START + costs.program / 1000;

const events = ({ machine }: ReturnType<typeof openDesk>) =>
  machine.kernel.log.entries().map(({ seq: _, at: __, ...event }) => event);

describe('clock and chance', () => {
  it('gives a program the time of the machine, which stands still within a short turn', async () => {
    const { stdout } = await openDesk().evaluate('console.log(Date.now(), new Date().toISOString(), Date.now())');
    expect(stdout).toBe(`${STARTED} ${new Date(STARTED).toISOString()} ${STARTED}\n`);
  });

  it('lets an hour pass at once for a program that only waits', async () => {
    const desk = openDesk();
    const { stdout } = await desk.evaluate('setTimeout(() => console.log(Date.now(), performance.now()), 3600e3)');
    expect(stdout).toBe(`${STARTED + 3_600_000} 3600020\n`);
    expect(desk.machine.kernel.now()).toBe(STARTED + 3_600_000);
  });

  it('repeats chance for the same seed', async () => {
    const code = 'console.log(Math.random(), crypto.randomUUID(), require("crypto").randomInt(100))';
    const first = await openDesk().evaluate(code);
    expect(first.stdout).toMatch(/^0\.\d+ [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} \d+\n$/);
    expect(await openDesk().evaluate(code)).toEqual(first);
  });

  it('gives the same log for the same program', async () => {
    const logs = await Promise.all(
      [1, 2].map(async () => {
        const desk = openDesk();
        await desk.evaluate('setTimeout(() => process.exit(3), 250)');
        return desk.machine.kernel.log.entries();
      }),
    );
    expect(logs[0]).toEqual(logs[1]);
    expect(logs[0]?.map(({ type, at }) => [type, at - DAY_START])).toEqual([
      ['ProcessStarted', 0],
      ['ProcessEnded', STARTED - DAY_START + 250],
    ]);
  });
});

describe('limits', () => {
  const time = /^node: the sandbox stopped the program: it computed for too long/;
  const memory = /^node: the sandbox stopped the program: it used more than 64 MB/;
  const cases: readonly (readonly [name: string, code: string, exitCode: number, said: RegExp])[] = [
    ['an endless loop', 'for (;;);', 124, time],
    [
      'an endless loop that catches everything',
      'for (;;) { try { for (;;); } catch {} finally { continue; } }',
      124,
      time,
    ],
    ['an endless chain of promises', '(async () => { for (;;) await 0; })()', 124, time],
    ['endless ticks', 'const f = () => process.nextTick(f); f()', 124, time],
    ['endless output', 'for (;;) console.log("x")', 124, time],
    ['a loop of heavy steps', 'for (;;) JSON.parse(JSON.stringify({ a: [1, 2, 3] }))', 124, time],
    ['an expression that never matches', '/(a*)*b/.test("a".repeat(50))', 124, time],
    ['an array that grows', 'const a = []; for (;;) a.push(new Uint8Array(1e6))', 137, memory],
    [
      'a ticker that nobody stops',
      'setInterval(() => {}, 1000)',
      124,
      /^node: the sandbox stopped the program: it repeated its timers/,
    ],
    [
      'endless immediates',
      'const f = () => setImmediate(f); f()',
      124,
      /^node: the sandbox stopped the program: it repeated its timers/,
    ],
    ['a text of 1 GB', '"x".repeat(2 ** 30)', 1, /RangeError: Invalid string length/],
    ['a text of 200 MB', '"x".repeat(2e8) + Math.random()', 137, memory],
    [
      'a recursion without end',
      'const f = (n) => f(n + 1) + 1; f(0)',
      1,
      /RangeError: Maximum call stack size exceeded/,
    ],
  ];
  for (const [name, code, exitCode, said] of cases) {
    it(`stops ${name}, with a message of its own`, async () => {
      const result = await openDesk().evaluate(code);
      expect(result.exitCode).toBe(exitCode);
      expect(result.stderr).toMatch(said);
    });
  }

  it('stops an array of small things when the first of its limits is reached', async () => {
    const { exitCode, stderr } = await openDesk().evaluate('const a = []; for (;;) a.push({})');
    expect([exitCode, memory.test(stderr) || time.test(stderr)]).toEqual([exitCode === 124 ? 124 : 137, true]);
  });

  it('speaks the language of the machine', async () => {
    expect((await openDesk({}, 'es').evaluate('for (;;);')).stderr).toMatch(/^node: el sandbox detuvo el programa: /);
  });

  it('leaves what the program had written, and nothing of it running', async () => {
    const desk = openDesk();
    await desk.evaluate('require("fs").writeFileSync("kept", "yes"); for (;;);');
    expect(desk.machine.files.readText('/home/dev/kept')).toBe('yes');
    expect(desk.machine.processes.list()).toEqual([]);
  });

  it('lets a program catch a recursion that goes too deep', async () => {
    const { stdout } = await openDesk().evaluate(
      'const f = () => f(); try { f(); } catch (e) { console.log(e instanceof RangeError); }',
    );
    expect(stdout).toBe('true\n');
  });

  it('takes at least a thousand calls deep', async () => {
    const { stdout } = await openDesk().evaluate(
      'const sum = (n) => (n === 0 ? 0 : n + sum(n - 1)); console.log(sum(1000))',
    );
    expect(stdout).toBe('500500\n');
  });
});

describe('signals', () => {
  it('ends with 130 on Ctrl+C, while it waits', async () => {
    const desk = openDesk({ 'a.mjs': 'setInterval(() => {}, 1000); console.log("up")' });
    const { ended, interrupt, written } = desk.start(node, ['a.mjs']);
    for (let turn = 0; turn < 20; turn++) await pause();
    interrupt();
    expect(await ended).toBe(130);
    expect(written.stdout).toBe('up\n');
  });

  it('lets a program that listens for SIGTERM end in its own way', async () => {
    const desk = openDesk({
      'a.mjs': `import http from 'node:http'; const server = http.createServer().listen(8080);
        process.on('SIGTERM', (signal) => { console.log('got', signal); server.close(() => console.log('closed')); });`,
    });
    const { ended, written } = await desk.serve('a.mjs');
    desk.machine.processes.list()[0]?.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(written.stdout).toBe('got SIGTERM\nclosed\n');
  });

  it('ends with 143 when nobody listens for SIGTERM, with 137 for SIGKILL', async () => {
    for (const [signal, exitCode] of [
      ['SIGTERM', 143],
      ['SIGKILL', 137],
    ] as const) {
      const desk = openDesk({ 'a.mjs': `import http from 'node:http'; http.createServer().listen(8080);` });
      const { ended } = await desk.serve('a.mjs');
      desk.machine.processes.list()[0]?.kill(signal);
      expect(await ended).toBe(exitCode);
      expect(desk.machine.network.ports()).toEqual([]);
    }
  });
});

describe('services', () => {
  const service = `import http from 'node:http'; import { setTimeout as wait } from 'node:timers/promises';
    let served = 0;
    http.createServer(async (req, res) => {
      served += 1;
      if (req.url === '/slow') await wait(2000);
      if (req.url === '/throw') throw new Error('handler broke');
      if (req.url === '/loop') for (;;);
      if (req.url === '/never') return;
      let body = ''; for await (const chunk of req) body += chunk;
      res.end(JSON.stringify({ served, body }));
    }).listen(8080, () => console.log('listening'));
    setInterval(() => {}, 100);`;

  it('answers with its own handler, keeps its state, and never moves the clock by itself', async () => {
    const desk = openDesk({ 's.mjs': service });
    const { written } = await desk.serve('s.mjs');
    const begun = desk.machine.kernel.now();
    expect(await desk.run(curl, 'localhost:8080/')).toEqual({
      stdout: '{"served":1,"body":""}',
      stderr: '',
      exitCode: 0,
    });
    expect((await desk.run(curl, '-d', 'hola', 'localhost:8080/')).stdout).toBe('{"served":2,"body":"hola"}');
    expect(written.stdout).toBe('listening\n');
    // But for its own work: its timer of 100 ms has not been waited for.
    expect(desk.machine.kernel.now() - begun).toBeLessThan(5);
    expect(events(desk)).toEqual([
      { type: 'ProcessStarted', pid: 1000, command: 'node s.mjs' },
      { type: 'PortOpened', pid: 1000, port: 8080 },
      { type: 'RequestAnswered', port: 8080, method: 'GET', path: '/', status: 200 },
      { type: 'RequestAnswered', port: 8080, method: 'POST', path: '/', status: 200 },
    ]);
  });

  it('lets the time pass that an answer takes', async () => {
    const desk = openDesk({ 's.mjs': service });
    await desk.serve('s.mjs');
    expect((await desk.run(curl, 'localhost:8080/slow')).stdout).toBe('{"served":1,"body":""}');
    expect(Math.floor((desk.machine.kernel.now() - DAY_START) / 100)).toBe(20);
  });

  it('goes on with its timers when somebody else moves the clock', async () => {
    const desk = openDesk({ 's.mjs': `${service} setInterval(() => console.log(Date.now()), 60_000);` });
    const { written } = await desk.serve('s.mjs');
    desk.machine.kernel.advance(120_100);
    const minutes = written.stdout
      .split('\n')
      .slice(1, 3)
      .map((text) => Math.round((Number(text) - DAY_START) / 60_000));
    expect(minutes).toEqual([1, 2]);
  });

  it('dies of an error in a handler, as node does, and its client is told', async () => {
    const desk = openDesk({ 's.mjs': service });
    const { ended, written } = await desk.serve('s.mjs');
    const answer = await desk.run(curl, 'localhost:8080/throw');
    expect(answer).toEqual({ stdout: '', stderr: 'curl: (52) Empty reply from server\n', exitCode: 52 });
    expect(await ended).toBe(1);
    expect(written.stderr).toContain('Error: handler broke\n    at ');
    expect((await desk.run(curl, 'localhost:8080/')).exitCode).toBe(7);
    expect(events(desk).slice(-2)).toEqual([
      { type: 'PortClosed', pid: 1000, port: 8080 },
      { type: 'ProcessEnded', pid: 1000, exitCode: 1 },
    ]);
  });

  it('is stopped when a handler never ends', async () => {
    const desk = openDesk({ 's.mjs': service });
    const { ended } = await desk.serve('s.mjs');
    expect((await desk.run(curl, 'localhost:8080/loop')).exitCode).toBe(52);
    expect(await ended).toBe(124);
  });

  it('that never answers makes its client give up', async () => {
    const desk = openDesk({ 's.mjs': service });
    await desk.serve('s.mjs');
    const { stderr, exitCode } = await desk.run(curl, '--max-time', '3', 'localhost:8080/never');
    expect([exitCode, stderr]).toEqual([
      28,
      'curl: (28) Operation timed out after 3000 milliseconds with 0 bytes received\n',
    ]);
  });

  it('refuses a port that is taken in the words of node', async () => {
    const desk = openDesk({ 's.mjs': service });
    await desk.serve('s.mjs');
    const second = await desk.run(node, 's.mjs');
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain('Error: listen EADDRINUSE: address already in use :::8080\n');
    expect(second.stderr).toContain("  code: 'EADDRINUSE',");
  });

  it('is reached by fetch from another program, and nothing else is', async () => {
    const desk = openDesk({ 's.mjs': service });
    await desk.serve('s.mjs');
    const { stdout } = await desk.evaluate(`
      const answer = await fetch('http://localhost:8080/slow', { method: 'POST', body: 'x' }); console.log(answer.status, await answer.json());
      for (const url of ['http://example.test/', 'http://localhost:9999/']) await fetch(url).catch((e) => console.log(e.message, e.cause.code));`);
    expect(stdout).toBe("200 { served: 1, body: 'x' }\nfetch failed ENOTFOUND\nfetch failed ECONNREFUSED\n");
  });
});

describe('what is not part of the sandbox', () => {
  it('is refused by name', async () => {
    const { stderr, exitCode } = await openDesk({ 'a.mjs': `import { spawn } from 'node:cluster';` }).run(
      node,
      'a.mjs',
    );
    expect([
      exitCode,
      stderr
        .split('\n')
        .find((line) => line.includes('sandbox'))
        ?.replace(/ \{$/, ''),
    ]).toEqual([
      1,
      "Error [ERR_UNKNOWN_BUILTIN_MODULE]: node: 'node:cluster' is not part of this sandbox: a program has one process here; node:child_process starts others",
    ]);
  });

  it('leaves no way from a program to the machine that runs the sandbox', async () => {
    const { stdout } = await openDesk().evaluate(
      'console.log(typeof __host, typeof WebAssembly, typeof XMLHttpRequest, this.constructor.constructor("return typeof importScripts")())',
    );
    expect(stdout).toBe('undefined undefined undefined undefined\n');
    const inner = await openDesk({ 'a.mjs': `import 'node:internal/host';` }).run(node, 'a.mjs');
    expect(inner.stderr).toContain('No such built-in module: node:internal/host');
  });
});
