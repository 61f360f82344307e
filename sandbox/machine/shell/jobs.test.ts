import { describe, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { createMachine } from '../create.ts';
import type { Machine } from '../machine.ts';
import type { RunResult } from './contract.ts';
import { createShell } from './shell.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function open(commands: readonly Command[] = []): { machine: Machine; run: (script: string) => Promise<RunResult> } {
  const machine = createMachine({ kernel: createKernel({ seed: 'jobs' }), language: 'en' });
  const shell = createShell(machine, commands, undefined, { pause: turn });
  return { machine, run: (script) => shell.run(script, { isTerminal: true }) };
}

describe('a line that ends in &', () => {
  test('tells number and pid, runs beside the shell, and is done when its time has come', async () => {
    const { run } = open();
    expect(await run('sleep 10 &')).toEqual({ stdout: '', stderr: '[1] 1000\n', exitCode: 0 });
    expect((await run('echo $!; sleep 4; jobs')).stdout).toBe('1000\n[1]+  Running                 sleep 10 &\n');
    expect((await run('sleep 7; jobs; jobs')).stdout).toBe('[1]+  Done                    sleep 10\n');
  });

  test('does its part at its time while the shell sleeps', async () => {
    const { run } = open();
    const { stdout } = await run(
      '(while true; do sleep 1; echo tick >> ticks; done) & sleep 5; kill %1; wc -l < ticks; sleep 5; wc -l < ticks',
    );
    // The loop's own commands take a moment each: its fifth tick comes too late.
    expect(stdout).toBe('4\n4\n');
  });

  test('is a shell of its own: what it changes stays with it', async () => {
    const { run } = open();
    expect((await run('x=1; { x=2; cd /; echo in $x $PWD; } & wait; echo out $x $PWD')).stdout).toBe(
      'in 2 /\nout 1 /home/dev\n',
    );
  });

  test('writes where it is redirected to, piece by piece', async () => {
    const { run } = open();
    const script = '{ echo one; sleep 2; echo two; ls no; } > log 2>&1 & sleep 1; cat log; wait; cat log';
    expect((await run(script)).stdout).toBe("one\none\ntwo\nls: cannot access 'no': No such file or directory\n");
    expect((await run('echo more >> log & wait; tail -n 1 log; echo gone > /dev/null & wait')).stdout).toBe('more\n');
  });

  test('is refused with bash’s words when its file cannot be', async () => {
    const { run } = open();
    expect((await run('echo x > no/where &')).stderr).toContain('bash: no/where: No such file or directory\n');
  });

  test('knows under which process it runs, and hears when it is killed', async () => {
    const seen: (number | undefined)[] = [];
    const serve: Command = {
      name: 'serve',
      summary: { es: '', en: '' },
      run: (_, io) =>
        new Promise((resolve) => {
          seen.push(io.pid);
          io.signal.addEventListener('abort', () => resolve(143));
        }),
    };
    const { run, machine } = open([serve]);
    await run('serve & sleep 1');
    expect(machine.processes.list().map(({ pid, command }) => [pid, command])).toEqual([[1000, 'serve']]);
    expect((await run('kill $!; wait $!; echo $?')).stdout).toBe('143\n');
    expect(machine.processes.list()).toEqual([]);
    expect(seen).toEqual([1000]);
    expect(machine.kernel.log.entries().filter(({ type }) => type.startsWith('Process'))).toMatchObject([
      { type: 'ProcessStarted', pid: 1000, command: 'serve' },
      { type: 'ProcessEnded', pid: 1000, exitCode: 143 },
    ]);
  });
});

describe('wait', () => {
  test('waits for all, or gives the exit code of one', async () => {
    const { run } = open();
    expect((await run('(sleep 3; exit 4) & (sleep 1; echo first) & wait %1; echo $?; wait; echo $?')).stdout).toBe(
      'first\n4\n0\n',
    );
  });

  test('of something that is no job says so', async () => {
    const { run } = open();
    expect(await run('wait 4242; echo $?')).toMatchObject({
      stdout: '127\n',
      stderr: 'bash: wait: pid 4242 is not a child of this shell\n',
    });
  });
});

describe('kill', () => {
  test.each([
    ['kill %1', 143, 'Terminated'],
    ['kill -9 %1', 137, 'Killed'],
    ['kill -INT $!', 130, 'Interrupt'],
    ['kill -s KILL %+', 137, 'Killed'],
  ])('`%s` ends a job with %i', async (line, exitCode, state) => {
    const { run } = open();
    expect((await run(`sleep 100 & sleep 1; ${line}; jobs`)).stdout).toBe(`[1]+  ${state.padEnd(24)}sleep 100\n`);
    const again = open();
    expect((await again.run(`sleep 100 & sleep 1; ${line}; wait $!; echo $?`)).stdout).toBe(`${exitCode}\n`);
  });

  test('of nothing says so', async () => {
    const { run } = open();
    const { stderr, exitCode } = await run('kill 4242; kill %3; kill -NOPE 1; kill');
    expect(stderr).toBe(
      'bash: kill: (4242) - No such process\nbash: kill: %3: no such job\nbash: kill: NOPE: invalid signal specification\n' +
        'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
    );
    expect(exitCode).toBe(2);
  });

  test('ends a busy loop in the background', async () => {
    const { run, machine } = open();
    expect((await run('while true; do :; done & sleep 1; kill $!; wait $!; echo $?')).stdout).toBe('143\n');
    expect(machine.processes.list()).toEqual([]);
  });
});

describe('a bomb', () => {
  test('of jobs is held back, and the shell goes on', async () => {
    const { run } = open();
    await run(':() { : | : & }; :');
    const { stopped } = await run('wait');
    expect(stopped).toBeUndefined();
    expect((await run('echo goes on')).stdout).toBe('goes on\n');
  });

  test('of commands in the background is stopped by the limit, in words', async () => {
    const { run } = open();
    expect((await run('while true; do :; done & wait $!; echo $?')).stderr).toContain(
      '[The machine stopped it: too many commands in a row.',
    );
  });
});
