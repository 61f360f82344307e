import { describe, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine } from '../create.ts';
import { createShell } from '../shell/index.ts';
import type { Language } from '../words.ts';
import { systemTools } from './index.ts';
import { rareTools } from './rare/index.ts';

function open(language: Language = 'en') {
  const machine = createMachine({ kernel: createKernel({ seed: 'tools' }), language });
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { machine, run: createShell(machine, rareTools, undefined, { pause }).run };
}

describe('every tool', () => {
  test.each([...systemTools(() => Promise.resolve()), ...rareTools].map(({ name }) => name))(
    '%s answers --help in the reader’s language',
    async (name) => {
      const [es, en] = [await open('es').run(`${name} --help`), await open('en').run(`${name} --help`)];
      expect(es.exitCode).toBe(0);
      expect(es.stdout).not.toBe('');
      if (name !== 'openssl') expect(es.stdout).not.toBe(en.stdout);
    },
  );

  test('refuses by name an option of the real tool that is not here', async () => {
    expect(await open().run('tar -cjf x.tar.bz2 .')).toMatchObject({
      exitCode: 64,
      stderr: "tar: '-j' is not part of this sandbox\n",
    });
    expect(await open().run('find . -fprintf x y')).toMatchObject({
      exitCode: 1,
      stderr: "find: '-fprintf' is not part of this sandbox\n",
    });
  });
});

describe('the machine’s own facts', () => {
  test('ps, pgrep and pkill see the jobs that run', async () => {
    const { machine, run } = open();
    await run('sleep 500 &');
    const [job] = machine.processes.list();
    expect((await run('pgrep -f "sleep 500"')).stdout).toBe(`${job?.pid}\n`);
    expect((await run('ps -o pid,args')).stdout).toContain(`${job?.pid} sleep 500`);
    await run('pkill sleep; wait');
    expect((await run('pgrep sleep')).exitCode).toBe(1);
  });

  test('ss and lsof tell the port of a program that listens', async () => {
    const { machine, run } = open();
    machine.network.listen(8080, 1234, async () => 'ECONNRESET');
    expect((await run('ss -ltn | grep -c :8080')).stdout).toBe('1\n');
    expect((await run('lsof -ti :8080')).stdout).toBe('1234\n');
  });

  test('df counts what the files take', async () => {
    const { machine, run } = open();
    await run('truncate -s 3M big');
    expect((await run("df -B1 / | awk 'NR == 2 { print $3 }'")).stdout).toBe(`${machine.files.totalBytes}\n`);
  });

  test('a time limit is kept in simulated time', async () => {
    const { machine, run } = open();
    const before = machine.kernel.now();
    expect((await run('timeout 5 sleep 100')).exitCode).toBe(124);
    expect(Math.floor((machine.kernel.now() - before) / 100)).toBe(50);
  });
});

test('a pattern that makes others explode is matched in linear time', async () => {
  const { run } = open();
  expect(
    (await run(`printf '%0.sa' $(seq 40) > f; echo b >> f; grep -cE '^(a+)+$' f; grep -cP '^(a|a)*$' f`)).stdout,
  ).toBe('0\n0\n');
});

test('what gzip packs is what it opens', async () => {
  const { run } = open();
  expect(
    (
      await run(
        'head -c 100000 /dev/urandom > f; sha256sum < f > a; gzip f; gunzip f.gz; sha256sum < f | cmp - a && echo same',
      )
    ).stdout,
  ).toBe('same\n');
});
