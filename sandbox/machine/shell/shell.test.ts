// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts as text
import { describe, expect, test } from 'vitest';
import { createKernel, DAY_START, type LoggedEvent } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { createMachine } from '../create.ts';
import type { Machine } from '../machine.ts';
import type { Language } from '../words.ts';
import type { RunOptions, RunResult, Shell, ShellState } from './contract.ts';
import { createShell } from './shell.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function open(options: { commands?: readonly Command[]; state?: ShellState; language?: Language } = {}): {
  machine: Machine;
  shell: Shell;
  run: (script: string, options?: RunOptions) => Promise<RunResult>;
} {
  const machine = createMachine({ kernel: createKernel({ seed: 'shell' }), language: options.language ?? 'en' });
  const shell = createShell(machine, options.commands ?? [], options.state, { pause: turn });
  return { machine, shell, run: (script, options) => shell.run(script, options) };
}

const summary = { es: '', en: '' };

describe('from line to line', () => {
  test('directory, variables, functions, aliases and options last', async () => {
    const { run, shell } = open();
    await run(
      'mkdir -p a/b && cd a/b; x=5; list=(1 2 3); export Y=out; f() { echo "f $1 $x"; }; alias hi="echo hello"; set -o pipefail',
    );
    const { stdout } = await run(
      'pwd; f arg; hi there; echo ${list[1]}; bash -c "echo [\\$x] [\\$Y]"; false | true; echo $?; cd - > /dev/null; pwd',
    );
    expect(stdout).toBe('/home/dev/a/b\nf arg 5\nhello there\n2\n[] [out]\n1\n/home/dev\n');
    expect(shell.cwd).toBe('/home/dev');
  });

  test('the exit code is there for the next line, and neither `exit` nor `set -e` ends the shell', async () => {
    const { run, shell } = open();
    expect((await run('exit 3')).exitCode).toBe(3);
    expect(shell.lastExitCode).toBe(3);
    expect((await run('echo $?')).stdout).toBe('3\n');
    await run('set -e');
    expect(await run('false; echo never')).toEqual({ stdout: '', stderr: '', exitCode: 1 });
    expect((await run('echo alive')).stdout).toBe('alive\n');
  });

  test('a script that never ends leaves no timer behind, which would keep its machine for ever', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    let isWaiting = false;
    const { run } = open({
      commands: [
        {
          name: 'for-ever',
          summary,
          run: () => {
            isWaiting = true;
            return new Promise<number>(() => {});
          },
        },
      ],
    });
    await run('true');
    const before = timers();
    void run('for-ever');
    while (!isWaiting) await turn();
    expect(timers()).toBe(before);
  });

  test('programs that just-bash leaves out in browsers are simply not found', async () => {
    const { run } = open();
    expect((await run('python3; sqlite3')).stderr).toBe(
      'bash: python3: command not found\nbash: sqlite3: command not found\n',
    );
  });

  test('a line with a mistake changes nothing of what lasts', async () => {
    const { run } = open();
    await run('x=kept; cd /tmp');
    const broken = await run('if true; then echo');
    expect(broken).toEqual({ stdout: '', stderr: 'bash: syntax error: unexpected end of file\n', exitCode: 2 });
    expect((await run('echo $x $PWD $?')).stdout).toBe('kept /tmp 2\n');
  });

  test('lines run one after another, in the order in which they came', async () => {
    const { run } = open();
    const all = await Promise.all([run('sleep 2; echo one > f'), run('cat f; echo two > f'), run('cat f')]);
    expect(all.map(({ stdout }) => stdout)).toEqual(['', 'one\n', 'two\n']);
  });

  test('a state that went through JSON makes a shell that goes on', async () => {
    const first = open();
    await first.run(
      "mkdir d; cd d; x='two words'; export Y=1; greet() { local who=${1:-all}; echo \"hi $who\"; }; alias ll='ls -l'",
    );
    first.shell.remember('greet');
    const state = JSON.parse(JSON.stringify(first.shell.state())) as ShellState;
    const machine = createMachine({
      kernel: first.machine.kernel,
      language: 'en',
      tree: first.machine.files.snapshot(),
    });
    const second = createShell(machine, [], state, { pause: turn });
    const { stdout } = await second.run('pwd; echo "$x"; greet you; alias ll; bash -c "echo \\$Y[\\$x]"; history');
    expect(stdout).toBe("/home/dev/d\ntwo words\nhi you\nalias ll='ls -l'\n1[]\n    1  greet\n");
    expect(second.state()).toEqual(first.shell.state());
  });
});

describe('a script', () => {
  test('tells its lines and ends at exit when it is run as `bash -c` runs it; a typed line does neither', async () => {
    const { run } = open();
    const script = 'true\nnosuch\ntrap "echo bye" EXIT\nexit 3';
    expect(await run(script, { asScript: true })).toEqual({
      stdout: 'bye\n',
      stderr: 'bash: line 2: nosuch: command not found\n',
      exitCode: 3,
    });
    expect((await run('true\nnosuch')).stderr).toBe('bash: nosuch: command not found\n');
  });

  test('writes to the terminal while it runs', async () => {
    const { run, machine } = open();
    machine.files.writeFile('/home/dev/s.sh', 'echo a; sleep 2; echo b; nosuch');
    const heard: string[] = [];
    await run('bash s.sh', {
      onOutput: (_, text) => heard.push(`${Math.floor((machine.kernel.now() - DAY_START) / 1000)}s ${text}`),
    });
    expect(heard).toEqual(['0s a\n', '2s b\n', '2s s.sh: line 1: nosuch: command not found\n']);
  });

  test('leaves the descriptors, the mask and the variables of the shell around it alone', async () => {
    const { run } = open();
    const { stdout } = await run(
      "bash -c 'exec > f 2>&1; umask 077; x=1; declare -A m=([a]=1); echo in'; echo $x${m[a]}; umask; cat f",
    );
    expect(stdout).toBe('\n0022\nin\n');
  });
});

test('arrays last over a reload', async () => {
  const first = open();
  await first.run('a=(one "two words"); a[5]=six; declare -A m=([k]=v)');
  const state = structuredClone(first.shell.state());
  const second = createShell(first.machine, [], state, { pause: turn });
  expect((await second.run('echo "${!a[@]} ${a[1]} ${m[k]}"; m[n]=w; echo ${#m[@]}')).stdout).toBe(
    '0 1 5 two words v\n2\n',
  );
  expect(first.shell.state().arrays).toEqual(state.arrays);
});

test('kill tells a program in the background which signal ended it', async () => {
  const ends: unknown[] = [];
  const server: Command = {
    name: 'server',
    summary,
    run: (_, io) =>
      new Promise((resolve) => {
        io.signal.addEventListener('abort', () => {
          ends.push(io.killedBy?.());
          resolve(0);
        });
      }),
  };
  const { run } = open({ commands: [server] });
  expect(
    (await run('server & sleep 1; kill -9 $!; wait $!; echo $?; server & sleep 1; kill $!; wait $!; echo $?')).stdout,
  ).toBe('137\n143\n');
  expect(ends).toEqual(['SIGKILL', 'SIGTERM']);
});

describe('what a line tells the log', () => {
  const withoutClock = (entries: readonly LoggedEvent[]) => entries.map(({ seq: _, at: __, ...event }) => event);

  test('is that it started, where, and how it ended', async () => {
    const { run, machine } = open();
    await run('frobnicate', { terminal: 'left' });
    expect(withoutClock(machine.kernel.log.entries())).toEqual([
      { type: 'CommandStarted', terminal: 'left', line: 'frobnicate', cwd: '/home/dev' },
      { type: 'CommandEnded', terminal: 'left', line: 'frobnicate', exitCode: 127 },
    ]);
  });

  test('is the same in another run', async () => {
    const one = open();
    const other = open();
    const script = 'for i in 1 2 3; do sleep $i; done & sleep 4; mktemp; jobs; wait; node';
    await one.run(script);
    await other.run(script);
    expect(other.machine.kernel.log.entries()).toEqual(one.machine.kernel.log.entries());
    expect(other.machine.files.snapshot()).toEqual(one.machine.files.snapshot());
  });
});

describe('commands of ours', () => {
  const probe: Command = {
    name: 'probe',
    summary,
    run(args, io) {
      io.stdout(
        `${args.join('|')} ${io.cwd} ${io.env.E ?? '-'} ${io.isTerminal} ${io.columns} ${new TextDecoder().decode(io.stdin)}`,
      );
      io.stderr('note\n');
      return 4;
    },
  };

  test('get arguments, directory, exported variables, input and the width of the terminal', async () => {
    const { run } = open({ commands: [probe] });
    await run('cd /tmp; export E=1; N=2');
    const { stdout, stderr, exitCode } = await run("probe a 'b c' <<< año", { isTerminal: true, columns: 60 });
    expect(stdout).toBe('a|b c /tmp 1 true 60 año\n');
    expect(stderr).toBe('note\n');
    expect(exitCode).toBe(4);
  });

  test.each([
    ['probe', true],
    ['true && probe', true],
    ['for i in 1; do probe; done', true],
    ['f() { probe; }; f', true],
    ['probe | cat', false],
    ['probe > f; cat f', false],
    ['echo $(probe)', false],
    ['f() { probe; }; f | cat', false],
    ['{ probe; } > f; cat f', false],
    ['(probe) | cat', false],
  ])('`%s`: whether it writes to the terminal is %s', async (script, isTerminal) => {
    const { run } = open({ commands: [probe] });
    expect((await run(script, { isTerminal: true })).stdout).toContain(` ${isTerminal} `);
    expect((await run(script)).stdout).toContain(' false ');
  });

  test('may write bytes that are no text, and they arrive whole in a file and through a pipe', async () => {
    const bytes = new Uint8Array([0, 255, 254, 10, 195, 40]);
    const binary: Command = {
      name: 'binary',
      summary,
      run(_, io) {
        io.stdout(bytes);
        return 0;
      },
    };
    const { run, machine } = open({ commands: [binary] });
    await run('binary > one; binary | cat > two; cat one two > three; cp three four');
    expect([...machine.files.readFile('/home/dev/one')]).toEqual([...bytes]);
    expect([...machine.files.readFile('/home/dev/four')]).toEqual([...bytes, ...bytes]);
  });

  test('that break are our fault, not an exit code of the learner', async () => {
    const broken: Command = {
      name: 'broken',
      summary,
      run() {
        throw new Error('a fault of ours');
      },
    };
    const { run } = open({ commands: [broken] });
    await expect(run('broken || echo rescued')).rejects.toThrow('a fault of ours');
    expect((await run('echo goes on')).stdout).toBe('goes on\n');
  });

  test('hear of Ctrl+C through their signal', async () => {
    const heard: string[] = [];
    const slow: Command = {
      name: 'slow',
      summary,
      run: (_, io) =>
        new Promise((resolve) => {
          io.signal.addEventListener('abort', () => {
            heard.push('abort');
            resolve(130);
          });
        }),
    };
    const { run, shell } = open({ commands: [slow] });
    const running = run('slow; echo never');
    await turn();
    expect(shell.busy).toBe(true);
    shell.interrupt();
    expect(await running).toMatchObject({ stdout: '', exitCode: 130, stopped: 'interrupt' });
    expect(heard).toEqual(['abort']);
  });
});

describe('output', () => {
  async function pieces(script: string): Promise<string[]> {
    const { run, machine } = open();
    const heard: string[] = [];
    const onOutput = (stream: string, text: string): void => {
      heard.push(`${Math.floor((machine.kernel.now() - DAY_START) / 1000)}s ${stream} ${text}`);
    };
    const { stdout, stderr } = await run(script, { onOutput });
    const said = (stream: string): string =>
      heard
        .filter((piece) => piece.includes(` ${stream} `))
        .map((piece) => piece.replace(/^.*?(stdout|stderr) /, ''))
        .join('');
    expect(said('stdout')).toBe(stdout);
    expect(said('stderr')).toBe(stderr);
    return heard;
  }

  test('comes while the line runs, from loops, functions and groups as well', async () => {
    expect(
      await pieces(
        'echo a; sleep 1; for i in 1 2; do echo $i; sleep 1; done; f() { echo f; sleep 1; ls no; }; f; { echo g; sleep 1; }; echo end',
      ),
    ).toEqual([
      '0s stdout a\n',
      '1s stdout 1\n',
      '2s stdout 2\n',
      '3s stdout f\n',
      "4s stderr ls: cannot access 'no': No such file or directory\n",
      '4s stdout g\n',
      '5s stdout end\n',
    ]);
  });

  test('of what is piped, captured or redirected does not come by itself', async () => {
    expect(
      await pieces(
        'x=$(echo one; sleep 1); echo two > f; { echo three; sleep 1; echo four; } | wc -l; ls no 2> /dev/null',
      ),
    ).toEqual(['2s stdout 2\n']);
  });

  test('keeps the characters of the world', async () => {
    expect(await pieces("echo 'año → 日本 👩‍💻' | tee f; cat f")).toHaveLength(2);
    const { run } = open();
    expect((await run("printf 'ñ%s\\n' é; echo 日本 | cat -; printf '%s' 'ü' | wc -c")).stdout).toBe('ñé\n日本\n2\n');
  });
});

test('ls stands in columns on a terminal, with colours and names in quotes, and in one column elsewhere', async () => {
  const { run } = open();
  await run("mkdir d 日本; touch a bb ccc 'd e' f; chmod +x a");
  const { stdout } = await run('ls', { isTerminal: true, columns: 24 });
  expect(stdout).toBe("\x1b[01;32ma\x1b[0m   ccc  'd e'  \x1b[01;34m日本\x1b[0m\nbb  \x1b[01;34md\x1b[0m    f\n");
  expect((await run('ls')).stdout).toBe('a\nbb\nccc\nd\nd e\nf\n日本\n');
});

describe('Ctrl+C', () => {
  test.each([
    'while true; do :; done',
    'while true; do echo on and on; done',
    'while true; do sleep 1; done',
    'f() { while true; do x=$(echo y); done; }; f',
    "bash -c 'while true; do :; done'",
    'while true; do echo x | cat > f; done',
    '(while true; do sleep 1; done) & wait $!',
  ])('ends `%s` with 130', async (script) => {
    const { run, shell, machine } = open();
    const running = run(script, { terminal: 't' });
    for (let turns = 0; turns < 20; turns++) await turn();
    shell.interrupt();
    expect(await running).toMatchObject({ exitCode: 130, stopped: 'interrupt' });
    expect(machine.kernel.log.entries().filter(({ type }) => type === 'CommandStopped')).toMatchObject([
      { terminal: 't', line: script, reason: 'interrupt' },
    ]);
    expect((await run('echo goes on')).stdout).toBe('goes on\n');
  });

  test.each([
    ['bash -c \'trap "echo bye" EXIT; while true; do sleep 1; done\'', 'bye\n'],
    ['bash -c \'trap "echo int" INT; trap "echo bye" EXIT; while true; do :; done\'', 'int\nbye\n'],
    ['bash -c \'trap "echo a; while true; do :; done" EXIT; while true; do :; done\'', 'a\n'],
  ])('lets a script run its traps, and a second one ends those: `%s`', async (script, stdout) => {
    const { run, shell } = open();
    const running = run(script, { terminal: 't' });
    for (let again = 0; again < 2; again++) {
      for (let turns = 0; turns < 20; turns++) await turn();
      shell.interrupt();
    }
    expect(await running).toMatchObject({ stdout, exitCode: 130, stopped: 'interrupt' });
    expect((await run('echo goes on')).stdout).toBe('goes on\n');
  });

  test('does nothing when nothing runs', async () => {
    const { run, shell } = open();
    shell.interrupt();
    expect(await run('echo fine')).toEqual({ stdout: 'fine\n', stderr: '', exitCode: 0 });
  });
});

describe('a limit', () => {
  test.each([
    ['while true; do :; done', 'commands'],
    ['f() { f; }; f', 'recursion'],
    ['x=$(printf \'%1000000s\' x); for i in $(seq 40); do echo "$x"; done', 'output_size'],
    ['x=a; while true; do x=$x$x; done', 'string_length'],
    ["printf '%1000000000s' x | wc -c", 'string_length'],
  ])('stops `%s`, in words of its own, and loses nothing', async (script, reason) => {
    const { run, machine } = open({ language: 'es' });
    await run('echo safe > f; v=1');
    const { stopped, exitCode, stderr } = await run(script, { terminal: 't' });
    expect({ stopped, exitCode }).toEqual({ stopped: 'limit', exitCode: 126 });
    expect(stderr).toMatch(/^\[La máquina lo detuvo: .*\]\n$/);
    expect(machine.kernel.log.entries().find(({ type }) => type === 'CommandStopped')).toMatchObject({ reason });
    expect((await run('cat f; echo $v')).stdout).toBe('safe\n1\n');
  });

  test('counts each line anew', async () => {
    const { run } = open();
    for (let line = 0; line < 3; line++) {
      expect(await run('for i in $(seq 8000); do :; done')).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    }
  });

  test('of the files is told as a full disk', async () => {
    const { run, machine } = open();
    machine.files.writeFile('/home/dev/big', new Uint8Array(5 * 2 ** 20));
    const { stdout, stderr, exitCode } = await run(
      'for i in $(seq 60); do cp big copy$i || break; done; ls | wc -l; cat big > again; echo $?',
    );
    expect(stderr).toContain('No space left on device');
    expect(stdout).toBe('51\n1\n');
    expect(exitCode).toBe(0);
  });

  test('leaves room for files of five million bytes', async () => {
    const { run, machine } = open();
    machine.files.writeFile('/home/dev/data', 'x'.repeat(99).concat('\n').repeat(50_000));
    const { stdout, stderr } = await run(
      'wc -c < data; cat data | wc -c; grep -c x data; cp data copy; tail -c 3 copy; sort data | uniq | wc -l',
    );
    expect(stderr).toBe('');
    expect(stdout).toBe('5000000\n5000000\n50000\nxx\n1\n');
  });
});
