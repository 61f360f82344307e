// What every host must do, as cases that run anywhere: in Node by Vitest, inside a page by Playwright. They throw when it does not.
import type { EngineEvent, EngineHost, Session, SessionOptions } from '../../sandbox/hosts/session.ts';

/** A host to be tried: a way to start engines for an empty machine. */
export interface HostUnderTest {
  startEngine(): EngineHost;
  openSession(options: SessionOptions): Promise<Session>;
}

export interface Case {
  readonly name: string;
  /** True where it needs the sandbox's own `node`: a real one ends no runaway by itself and does nothing the same twice. */
  readonly ofSandboxNode?: boolean;
  run(host: HostUnderTest): Promise<void>;
}

const ofSandboxNode = (one: Case): Case => ({ ...one, ofSandboxNode: true });

const pack = { day: 'none', seed: 'contract', files: { 'hello.txt': encode('hello\n') } };

async function withSession(host: HostUnderTest, body: (session: Session) => Promise<void>): Promise<void> {
  const session = await host.openSession({ startEngine: () => host.startEngine(), pack, language: 'en' });
  try {
    await body(session);
  } finally {
    session.close();
  }
}

function inSession(name: string, body: (session: Session) => Promise<void>): Case {
  return { name, run: (host) => withSession(host, body) };
}

const run = (session: Session, script: string) => session.call('run', { script });

export const cases: readonly Case[] = [
  inSession('a script answers with its output and its exit code', async (session) => {
    const { stdout, stderr, exitCode } = await run(session, 'cat hello.txt; echo oops >&2; exit 3');
    equal({ stdout, stderr, exitCode }, { stdout: 'hello\n', stderr: 'oops\n', exitCode: 3 });
  }),
  inSession('directory, variables, functions and aliases last from one script to the next', async (session) => {
    await run(session, 'mkdir -p a/b && cd a/b && export X=1 && f() { echo "f $X"; }');
    equal((await run(session, 'pwd; f; bash -c "echo $X"')).stdout, '/home/dev/a/b\nf 1\n1\n');
  }),
  inSession('an unknown command is told as bash tells it', async (session) => {
    const { stderr, exitCode } = await run(session, 'frobnicate');
    equal({ stderr, exitCode }, { stderr: 'bash: frobnicate: command not found\n', exitCode: 127 });
  }),
  inSession('a program runs, and its files are the shell’s files', async (session) => {
    await session.call('writeFile', {
      path: 'p.mjs',
      bytes: encode('import { writeFileSync } from "node:fs"; writeFileSync("out.txt", "made"); console.log(6 * 7);'),
    });
    equal((await run(session, 'node p.mjs && cat out.txt')).stdout, '42\nmade');
  }),
  inSession('sleeping moves the clock and takes no real time', async (session) => {
    equal((await run(session, 'date -u +%H:%M; sleep 3600; date -u +%H:%M')).stdout, '09:00\n10:00\n');
  }),
  inSession('files with spaces, accents and ten thousand lines are kept as they are', async (session) => {
    const path = 'mis cosas/año nuevo.txt';
    const text = 'línea\n'.repeat(10_000);
    equal(await session.call('writeFile', { path, bytes: encode(text) }), { ok: true });
    equal((await run(session, 'wc -l < "mis cosas/año nuevo.txt"')).stdout.trim(), '10000');
    equal(await session.call('rename', { from: path, to: 'b.txt' }), { ok: true });
    equal((await run(session, 'ls')).stdout, 'b.txt\nhello.txt\nmis cosas\n');
    equal(await session.call('remove', { path: 'mis cosas' }), { ok: true });
    const gone = await session.call('remove', { path: 'mis cosas' });
    equal(gone.ok ? 'removed' : gone.code, 'ENOENT');
  }),
  inSession('every change of a file is told, and the mirror holds it', async (session) => {
    const told: string[] = [];
    session.subscribe((event: EngineEvent) => {
      if (event.event === 'files') told.push(...event.changes.map(({ op, path }) => `${op} ${path}`));
    });
    await run(session, 'echo 1 > n.txt; rm hello.txt');
    equal(told.filter((line) => line.includes('/home/dev/')).includes('remove /home/dev/hello.txt'), true);
    const { files } = session.snapshot();
    const entry = files['/home/dev/n.txt'];
    equal(entry?.type === 'file' ? new TextDecoder().decode(entry.bytes) : undefined, '1\n');
    equal(files['/home/dev/hello.txt'], undefined);
  }),
  inSession('a terminal shows what is typed, what is answered, and a prompt', async (session) => {
    let shown = '';
    session.subscribe((event: EngineEvent) => {
      if (event.event === 'output' && event.terminal === 't') shown += event.text;
    });
    await session.call('openTerminal', { id: 't', columns: 80, rows: 24 });
    await session.call('type', { id: 't', data: 'echo $((40 + 2))\r' });
    await until(
      () => plain(shown).includes('42\r\n'),
      () => shown,
    );
    equal(plain(shown).includes('dev@desk:~$ echo $((40 + 2))'), true);
  }),
  ...['while true; do :; done', 'f() { f; }; f'].map((script) =>
    inSession(`a shell that runs away ends: ${script}`, async (session) => {
      const { exitCode, stderr } = await run(session, script);
      equal({ ended: exitCode !== 0, said: stderr !== '' }, { ended: true, said: true });
      equal((await run(session, 'cat hello.txt')).stdout, 'hello\n');
    }),
  ),
  ...[
    'while (true) {}',
    'let s = "x"; while (true) s += s',
    'const a = []; while (true) a.push(new Array(1e6).fill(1))',
    '(function f() { f() })()',
    'async function f() { while (true) await null } f()',
  ].map((code) =>
    ofSandboxNode(
      inSession(`a program that runs away ends: ${code}`, async (session) => {
        await session.call('writeFile', { path: 'r.mjs', bytes: encode(code) });
        const { exitCode, stderr } = await run(session, 'node r.mjs');
        equal({ ended: exitCode !== 0, said: stderr !== '' }, { ended: true, said: true });
        equal((await run(session, 'cat hello.txt')).stdout, 'hello\n');
      }),
    ),
  ),
  inSession('a fork bomb of functions burns out, and the shell goes on', async (session) => {
    await run(session, 'f() { f | f & }; f; wait');
    equal((await run(session, 'jobs > /dev/null; cat hello.txt')).stdout, 'hello\n');
  }),
  inSession('a million lines of output are cut off, and said to be', async (session) => {
    const { exitCode, stdout, stderr } = await run(session, 'i=0; while true; do echo line; done');
    equal(
      { ended: exitCode !== 0, bounded: stdout.length < 20_000_000, said: stderr !== '' },
      { ended: true, bounded: true, said: true },
    );
  }),
  inSession('Ctrl+C ends a loop in the terminal, and the next line runs', async (session) => {
    let shown = '';
    session.subscribe((event: EngineEvent) => {
      if (event.event === 'output' && event.terminal === 't') shown += event.text;
    });
    await session.call('openTerminal', { id: 't', columns: 80, rows: 24 });
    await session.call('type', { id: 't', data: 'echo begun; while true; do sleep 0.001; done\r' });
    await until(
      () => plain(shown).includes('begun\r\n'),
      () => shown,
    );
    equal(['interrupted', 'restarted'].includes(await session.stopProgram()), true);
    await session.call('type', { id: 't', data: 'cat hello.txt\r' });
    await until(
      () => plain(shown).includes('hello\r\n'),
      () => shown,
    );
  }),
  {
    name: 'a snapshot goes on where it was taken, and runs nothing by itself',
    async run(host) {
      const startEngine = (): EngineHost => host.startEngine();
      await withSession(host, async (first) => {
        await run(first, 'cd /tmp; X=kept; echo saved > ~/saved.txt; sleep 60');
        const snapshot = structuredClone(first.snapshot());
        const second = await host.openSession({ startEngine, pack, language: 'en', snapshot });
        try {
          equal(second.snapshot(), snapshot);
          equal((await run(second, 'pwd; echo $X; cat ~/saved.txt; jobs')).stdout, '/tmp\nkept\nsaved\n');
        } finally {
          second.close();
        }
      });
    },
  },
  {
    name: 'the same actions give the same log, byte for byte',
    ofSandboxNode: true,
    async run(host) {
      const logs: string[] = [];
      for (const _ of [1, 2]) {
        await withSession(host, async (session) => {
          await run(
            session,
            'echo $RANDOM > r; sleep 5; node -e "console.log(Math.random(), Date.now())" > n; cat r n; false',
          );
          await run(session, 'cat r n >&2');
          logs.push((await session.call('log', {})).text + (await run(session, 'cat r n')).stdout);
        });
      }
      equal(logs[0] === logs[1] && logs[0] !== '', true);
    },
  },
  {
    name: 'a call before the start is a fault of ours, and says so',
    async run(host) {
      const engine = host.startEngine();
      const outcome = await engine.call('run', { script: 'true' }).then(
        () => 'answered',
        (error: Error) => `${error.name}: ${error.message}`,
      );
      engine.stop();
      equal(outcome, 'EngineFault: the engine was called before start');
    },
  },
  {
    name: 'stopping an engine rejects what was under way',
    async run(host) {
      const engine = host.startEngine();
      await engine.call('start', { pack, language: 'en' });
      const answer = engine.call('run', { script: 'while true; do :; done' }).catch((error: Error) => error.name);
      engine.stop();
      equal(await answer, 'EngineStopped');
    },
  },
];

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Text without ANSI sequences. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins every ANSI sequence
  return text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
}

function equal(found: unknown, expected: unknown): void {
  const [a, b] = [stable(found), stable(expected)];
  if (a !== b) throw new Error(`expected ${b.slice(0, 2000)}\nfound    ${a.slice(0, 2000)}`);
}

function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (inner instanceof Uint8Array) return Array.from(inner).join(' ');
      if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
      return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? 'undefined'
  );
}

async function until(condition: () => boolean, shown: () => string): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain; shown so far: ${JSON.stringify(shown())}`);
}
