import { beforeEach, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { createMachine } from '../create.ts';
import type { Machine } from '../machine.ts';
import { createShell } from '../shell/index.ts';
import type { Terminal } from './contract.ts';
import { createTerminal } from './terminal.ts';
import { widthOf } from './width.ts';

let machine: Machine;
let terminal: Terminal;
let shown: string;

const deploy: Command = {
  name: 'deploy',
  summary: { es: '', en: '' },
  run: () => 0,
  complete: () => ['staging', 'production'],
};

const broken: Command = {
  name: 'broken',
  summary: { es: '', en: '' },
  run() {
    throw new Error('no such thing');
  },
};

beforeEach(() => {
  machine = createMachine({ kernel: createKernel({ seed: 's' }), language: 'en' });
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  const shell = createShell(machine, [deploy, broken], undefined, { pause });
  shown = '';
  terminal = createTerminal({
    id: 't',
    machine,
    shell,
    commands: [deploy],
    write: (text) => {
      shown += text;
    },
  });
});

/** What stands on the screen: a small terminal of our own, wide enough that nothing wraps. */
function screen(): readonly string[] {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  for (const [part, count = '1', command] of shown.matchAll(/\x1b\[([0-9;?]*)([A-Za-z])|[^\x1b]/g)) {
    if (command === 'A') row -= Number(count || 1);
    else if (command === 'B') row += Number(count || 1);
    else if (command === 'C') column += Number(count || 1);
    else if (command === 'H') [row, column] = [0, 0];
    else if (command === 'J') {
      if (count === '2') rows.length = 0;
      else {
        rows.length = row + 1;
        rows[row] = (rows[row] ?? []).slice(0, column);
      }
    } else if (command === undefined && part === '\r') column = 0;
    else if (command === undefined && part === '\n') row += 1;
    else if (command === undefined) {
      const line = rows[row] ?? [];
      rows[row] = line;
      while (line.length < column) line.push(' ');
      line[column++] = part;
    }
    while (rows.length <= row) rows.push([]);
  }
  return Array.from(rows, (line) => (line ?? []).join('').trimEnd());
}

async function type(...data: readonly string[]): Promise<readonly string[]> {
  for (const one of data) terminal.type(one);
  await terminal.idle();
  return screen();
}

test('the prompt says who and where, and a line runs when it is entered', async () => {
  expect(await type('echo hi\r')).toEqual(['dev@desk:~$ echo hi', 'hi', 'dev@desk:~$']);
});

test('output without a newline at its end stays on the screen; the prompt comes below', async () => {
  expect(await type("printf '[]'\r")).toEqual(["dev@desk:~$ printf '[]'", '[]', 'dev@desk:~$']);
});

test('the prompt shows the exit status when it is not 0, and the branch of a repository', async () => {
  machine.files.mkdir('/home/dev/r/.git/refs', { recursive: true });
  machine.files.writeFile('/home/dev/r/.git/HEAD', 'ref: refs/heads/fix/x\n');
  expect(await type('cd r; mkdir d; cd d; false\r')).toEqual([
    'dev@desk:~$ cd r; mkdir d; cd d; false',
    'dev@desk:~/r/d (fix/x) [1]$',
  ]);
});

test('the keys of readline edit the line', async () => {
  const cases: readonly (readonly [string, string])[] = [
    ['acb\x1b[D\x7fb\x1b[F!', 'ab' + 'b!'],
    ['world\x01hello \x05!', 'hello world!'],
    ['one two three\x17\x17x', 'one x'],
    ['one two\x1bb\x0b\x01\x19', 'twoone '],
    ['one two\x15z', 'z'],
    ['año\x7f\x7fb', 'ab'],
    ['abc\x01\x04\x1b[3~', 'c'],
    ['a b\x1bb\x1bb\x1bdx', 'x b'],
  ];
  for (const [keys, line] of cases) {
    const rows = await type(keys);
    expect(rows.at(-1), JSON.stringify(keys)).toBe(`dev@desk:~$ ${line}`.trimEnd());
    await type('\x03\x0c');
  }
});

test('up and down go through the history and come back to what was being typed', async () => {
  await type('echo 1\r', 'echo 2\r');
  expect((await type('dra\x1b[A\x1b[A')).at(-1)).toBe('dev@desk:~$ echo 1');
  expect((await type('\x1b[B\x1b[B')).at(-1)).toBe('dev@desk:~$ dra');
});

test('Ctrl+R searches backwards; Ctrl+G brings the line back, Enter runs what was found', async () => {
  await type('echo alpha\r', 'echo beta\r');
  expect((await type('\x12al')).at(-1)).toBe("(reverse-i-search)`al': echo alpha");
  expect((await type('\x07')).at(-1)).toBe('dev@desk:~$');
  expect((await type('\x12echo\x12\r')).slice(-2)).toEqual(['alpha', 'dev@desk:~$']);
});

test('Tab completes commands, words that a command offers, and paths with spaces; twice lists them', async () => {
  machine.files.mkdir('/home/dev/mis cosas');
  machine.files.writeFile('/home/dev/mis cosas/año.txt', '');
  machine.files.writeFile('/home/dev/misc.txt', '');
  expect((await type('depl\tst\t')).at(-1)).toBe('dev@desk:~$ deploy staging');
  expect((await type('\x15cat mi\t')).at(-1)).toBe('dev@desk:~$ cat mis');
  expect((await type('\t\t')).slice(-2)).toEqual(['mis cosas/  misc.txt', 'dev@desk:~$ cat mis']);
  expect((await type('\\ \ta\t')).at(-1)).toBe('dev@desk:~$ cat mis\\ cosas/año.txt');
});

test('open quotes, blocks and here-documents ask for more lines; Ctrl+C gives them up', async () => {
  expect(await type('cat <<END\ra\rEND\r')).toEqual(['dev@desk:~$ cat <<END', '> a', '> END', 'a', 'dev@desk:~$']);
  expect((await type('for i in 1 2; do\recho $i\rdone\r')).slice(-3)).toEqual(['1', '2', 'dev@desk:~$']);
  expect((await type('echo "a\rb"\r')).slice(-3)).toEqual(['a', 'b', 'dev@desk:~$']);
  expect((await type('echo "a\r\x03')).slice(-2)).toEqual(['> ^C', 'dev@desk:~$']);
});

test('the lines of a paste run one after another', async () => {
  expect(await type('cd /tmp\r\npwd\r\necho done')).toEqual([
    'dev@desk:~$ cd /tmp',
    'dev@desk:/tmp$ pwd',
    '/tmp',
    'dev@desk:/tmp$ echo done',
  ]);
});

test('Ctrl+C stops what runs and drops what was typed ahead', async () => {
  terminal.type('while true; do :; done\recho lost\r');
  await new Promise((resolve) => setTimeout(resolve, 20));
  terminal.type('\x03echo next\r');
  await terminal.idle();
  const rows = screen();
  expect(rows.slice(-3)).toEqual(['dev@desk:~ [130]$ echo next', 'next', 'dev@desk:~$']);
  expect(rows.join()).not.toContain('lost');
});

test('a job in the background is told with its number, and its end before the next prompt', async () => {
  expect(await type('sleep 60 &\r', 'kill %1\r', '\r')).toEqual([
    'dev@desk:~$ sleep 60 &',
    '[1] 1000',
    'dev@desk:~$ kill %1',
    '[1]+  Terminated              sleep 60',
    'dev@desk:~$',
    'dev@desk:~$',
  ]);
});

test('a fault of ours is told as ours, and the terminal goes on', async () => {
  const rows = await type('broken\r', 'echo on\r');
  expect(rows.slice(1)).toEqual([
    '[The machine failed, not you: no such thing. Your files are safe.]',
    'dev@desk:~ [1]$ echo on',
    'on',
    'dev@desk:~$',
  ]);
});

test('a line that wraps is drawn over several rows and edited there', async () => {
  terminal.resize(20, 5);
  shown = '';
  terminal.type('echo aaaaaaaaaaaaaaaaaaaaaaaaaaaa\x01');
  await terminal.idle();
  // The cursor goes up to the row of the prompt: 12 columns of prompt and 33 of text take three rows of 20.
  expect(shown.endsWith('\r\x1b[2A\x1b[12C')).toBe(true);
});

test('widths are those of a terminal', () => {
  expect(['año', '日本', 'e\u0301', '🙂', '\x1b[31mred\x1b[0m'].map(widthOf)).toEqual([3, 4, 1, 2, 3]);
});
