import { beforeEach, expect, test } from 'vitest';
import type { Command } from '../command.ts';
import type { Machine } from '../machine.ts';
import type { Terminal } from './contract.ts';
import { createTypist, type Typist } from './typist.ts';
import { widthOf } from './width.ts';

let typist: Typist;
let machine: Machine;
let terminal: Terminal;
const type = (...data: readonly string[]): Promise<readonly string[]> => typist.type(...data);

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
  typist = createTypist({ commands: [deploy, broken] });
  ({ machine, terminal } = typist);
});

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
    ['cat a/b.txt\x1b\x7f\x1b\x7fc', 'cat a/c'],
    ['cat a/b.txt\x17x', 'cat x'],
    ['one two\x17\x17\x19!', 'one two!'],
    ['ab\x14', 'ba'],
    ['abc\x7f\x7f\x1f\x1f', 'abc'],
    ['a-b\x1b[1;5D\x1b[1;5DX\x1b[1;5CY', 'XaY-b'],
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
  const rows = typist.screen();
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
  terminal.type('echo aaaaaaaaaaaaaaaaaaaaaaaaaaaa\x01');
  await terminal.idle();
  // The cursor goes up to the row of the prompt: 12 columns of prompt and 33 of text take three rows of 20.
  expect(typist.written().endsWith('\r\x1b[2A\x1b[12C')).toBe(true);
});

test('widths are those of a terminal', () => {
  expect(['año', '日本', 'e\u0301', '🙂', '\x1b[31mred\x1b[0m'].map(widthOf)).toEqual([3, 4, 1, 2, 3]);
});

test('Alt+. brings the last word of the line before, then of the one before that', async () => {
  await type('echo one "a b"\r', 'echo two\r');
  expect((await type('cat \x1b.')).at(-1)).toBe('dev@desk:~$ cat two');
  expect((await type('\x1b.')).at(-1)).toBe('dev@desk:~$ cat "a b"');
});

test('a line of the history that was changed is found changed again while one looks around', async () => {
  await type('echo 1\r', 'echo 2\r');
  expect((await type('\x1b[A0\x1b[A\x1b[B')).at(-1)).toBe('dev@desk:~$ echo 20');
});

test('a search that finds nothing says so; Escape keeps what was found, with the cursor where it matches', async () => {
  await type('echo alpha beta\r');
  expect((await type('\x12zz')).at(-1)).toBe("(failed reverse-i-search)`zz':");
  expect((await type('\x07')).at(-1)).toBe('dev@desk:~$');
  expect((await type('\x12beta\x1b', '>')).at(-1)).toBe('dev@desk:~$ echo alpha >beta');
});

test('a loop that was typed on several lines comes back as one line', async () => {
  await type('for i in 1; do\recho $i\rdone\r');
  expect((await type('\x1b[A')).at(-1)).toBe('dev@desk:~$ for i in 1; do echo $i; done');
});

test('a here-document comes back with its lines, and can be run again', async () => {
  await type('cat <<E\ra\rE\r');
  expect((await type('\x1b[A\r')).slice(-5)).toEqual(['dev@desk:~$ cat <<E', 'a', 'E', 'a', 'dev@desk:~$']);
});

test('in a paste a tab is text and the last half line waits', async () => {
  const rows = await type('\x1b[200~printf "%s\\n" "a\tb"\rech\x1b[201~');
  expect(rows).toEqual(['dev@desk:~$ printf "%s\\n" "a\tb"', 'a\tb', 'dev@desk:~$ ech']);
});

test('Tab knows variables, folders for cd, quotes, targets of redirections and commands behind a pipe', async () => {
  for (const folder of ['docs', 'data set']) machine.files.mkdir(`/home/dev/${folder}`);
  machine.files.writeFile('/home/dev/docs.txt', '');
  machine.files.writeFile('/home/dev/data.txt', '');
  const cases: readonly (readonly [string, string])[] = [
    ['cd do\t', 'cd docs/'],
    ['cat do\t', 'cat docs'],
    ['echo $HOM\t', 'echo $HOME'],
    ['ls $HOME/docs.\t', 'ls $HOME/docs.txt'],
    ['cat "data s\t', 'cat "data set/'],
    ['cd data\t', 'cd data\\ set/'],
    ['ls ~/docs.\t', 'ls ~/docs.txt'],
    ['echo >data.\t', 'echo >data.txt'],
    ['ls | deplo\t', 'ls | deploy'],
    ['cd nothing\t', 'cd nothing'],
  ];
  for (const [keys, line] of cases) {
    expect((await type(keys)).at(-1), JSON.stringify(keys)).toBe(`dev@desk:~$ ${line}`);
    await type('\x03\x0c');
  }
});

test('Tab knows the branches, tags and remotes of a repository, and the scripts of a package', async () => {
  const { files } = machine;
  files.mkdir('/home/dev/.git/refs/heads/fix', { recursive: true });
  files.mkdir('/home/dev/.git/refs/tags', { recursive: true });
  files.writeFile('/home/dev/.git/HEAD', 'ref: refs/heads/main\n');
  files.writeFile('/home/dev/.git/config', '[remote "origin"]\n\turl = x\n');
  files.writeFile('/home/dev/.git/refs/heads/main', 'a');
  files.writeFile('/home/dev/.git/refs/heads/fix/seats', 'a');
  files.writeFile('/home/dev/.git/packed-refs', 'abc refs/heads/old\nabc refs/tags/v1.0\n');
  files.writeFile('/home/dev/package.json', '{"scripts":{"start":"x","lint:fix":"y"}}');
  const cases: readonly (readonly [string, string])[] = [
    ['git switch fi\t', 'git switch fix/seats'],
    ['git push o\t', 'git push origin'],
    ['git push origin ol\t', 'git push origin old'],
    ['git show v\t', 'git show v1.0'],
    ['git diff main..fi\t', 'git diff main..fix/seats'],
    ['git add pack\t', 'git add package.json'],
    ['npm run l\t', 'npm run lint:fix'],
  ];
  for (const [keys, line] of cases) {
    expect((await type(keys)).at(-1), JSON.stringify(keys)).toBe(`dev@desk:~ (main)$ ${line}`);
    await type('\x03\x0c');
  }
});

test('a line that wraps is taken away before the screen takes its new size, and drawn for it', async () => {
  const events: string[] = [];
  const resizing = createTypist({
    size: { columns: 20, rows: 5 },
    onResized: ({ columns }) => events.push(`${columns}`),
  });
  await resizing.type('echo aaaaaaaaaaaaaaaaaaaaaaaaaaaa');
  const before = resizing.written().length;
  resizing.terminal.resize(40, 5);
  expect(events).toEqual(['40']);
  // Up over the three rows of the old size; then a text of 45 columns on two rows of the new one.
  const drawn = resizing.written().slice(before);
  expect(drawn.startsWith('\r\x1b[2A\x1b[J\r\x1b[J')).toBe(true);
  expect(drawn.endsWith(`${'a'.repeat(28)}\r\x1b[5C`)).toBe(true);
});
