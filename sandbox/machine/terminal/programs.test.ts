import { expect, test } from 'vitest';
import { createTypist, type TypistOptions } from './typist.ts';

const small: TypistOptions = { size: { columns: 40, rows: 5 } };
const hint = 'space: next · q: quit';

test('less shows pages, goes up and down, to both ends, and leaves the screen as it was', async () => {
  const typist = createTypist(small);
  expect(await typist.type('seq 9 | less\r')).toEqual(['1', '2', '3', '4', `:  ${hint}`]);
  expect(await typist.type(' ')).toEqual(['5', '6', '7', '8', `:  ${hint}`]);
  expect(await typist.type('\x1b[B')).toEqual(['6', '7', '8', '9', `(END)  ${hint}`]);
  expect(await typist.type('b')).toEqual(['2', '3', '4', '5', `:  ${hint}`]);
  expect((await typist.type('g'))[0]).toBe('1');
  expect((await typist.type('G')).at(-1)).toContain('(END)');
  expect(await typist.type('q')).toEqual(['dev@desk:~$ seq 9 | less', 'dev@desk:~$']);
});

test('less searches both ways, says when there is nothing, and takes a text that is no pattern as it is', async () => {
  const typist = createTypist(small);
  await typist.type('printf "%s\\n" a b c d e1 f g h i e2 j k l m n > t; less t\r');
  expect((await typist.type('/e\r'))[0]).toBe('e1');
  expect((await typist.type('n'))[0]).toBe('e2');
  expect((await typist.type('N'))[0]).toBe('e1');
  expect((await typist.type('/zz\r')).at(-1)).toBe('Pattern not found');
  expect((await typist.type('/(\r')).at(-1)).toBe('Pattern not found');
  expect((await typist.type('g?x\r')).at(-1)).toBe('Pattern not found');
  expect((await typist.type('h'))[0]).toContain('Keys of this view');
  await typist.type('x', '\x03');
  expect((await typist.type('echo on\r')).slice(-2)).toEqual(['on', 'dev@desk:~$']);
});

test('less into a pipe is cat; what it cannot open it names', async () => {
  const typist = createTypist(small);
  expect((await typist.type('seq 9 | less | tail -1\r')).at(-2)).toBe('9');
  expect((await typist.type('less nowhere\r')).slice(-2)).toEqual([
    'nowhere: No such file or directory',
    'dev@desk:~ [1]$',
  ]);
  expect((await typist.type('less /tmp\r')).at(-2)).toBe('/tmp is a directory');
});

test('more leaves behind the last page', async () => {
  const typist = createTypist(small);
  await typist.type('seq 6 | more\r', ' ', ' ');
  expect((await typist.type('echo on\r')).slice(-2)).toEqual(['on', 'dev@desk:~$']);
});

test('a line that is longer than the screen is broken, with -S cut off', async () => {
  const typist = createTypist({ size: { columns: 24, rows: 5 } });
  const text = '/tmp/t';
  typist.machine.files.writeFile(text, `${'x'.repeat(30)}\nend\n`);
  expect((await typist.type(`less ${text}\r`)).slice(0, 3)).toEqual(['x'.repeat(24), 'x'.repeat(6), 'end']);
  expect((await typist.type(`q`, `less -S ${text}\r`)).slice(0, 2)).toEqual(['x'.repeat(24), 'end']);
});

test('cat repeats each line that is typed until Ctrl+D', async () => {
  const typist = createTypist();
  expect((await typist.type('cat\r', 'one\r', 'two\r')).slice(1)).toEqual(['one', 'one', 'two', 'two', '']);
  expect((await typist.type('\x04')).at(-1)).toBe('dev@desk:~$');
});

test.for([
  'base64 -d coded',
  'sed -n 1p text',
  'sed -e s/a/b/ text',
  'cut -s -d , -f 1 text',
  'fold -s text',
  'paste -s text',
  'nl -b a text',
  'jq -c . data',
  "awk -F , '{ print $1 }' text",
  'grep -n -e a text',
  'head -n 1 text',
  'tail -n 1 text',
  'sort -k 1 text',
  'uniq -c text',
  'tac text',
])('`%s` reads the file that it names, and nothing of what is typed', async (line) => {
  const typist = createTypist();
  await typist.type('echo a,b > text; echo 1 > data; echo aGk= > coded; clear\r');
  await typist.type(`${line} > /tmp/out\r`);
  expect((await typist.type('echo on\r')).slice(-2)).toEqual(['on', 'dev@desk:~$']);
});

test.for([
  'base64 -d',
  'base64 -w 0',
  'cut -d , -f 1',
  'sed -n 1p',
  "awk -F , '{ print $1 }'",
  'jq -c .',
  'head -n 1',
  'grep -e a',
])('`%s` waits for what is typed', async (line) => {
  const typist = createTypist();
  await typist.type(`${line}\r`);
  expect((await typist.type('echo on\r')).at(-1)).toBe('');
  await typist.type('\x04');
});

test('cat > file takes what is typed, edited as a terminal edits it', async () => {
  const typist = createTypist();
  await typist.type('cat > note.txt\r', 'helo\x7flo\r', 'drop this\x15keep\r', '\x04');
  expect(typist.machine.files.readText('/home/dev/note.txt')).toBe('hello\nkeep\n');
});

test('read waits for a line, after its question', async () => {
  const typist = createTypist();
  await typist.type('read -p "Name: " name; echo "hi $name"\r');
  expect((await typist.type('Ana\r')).slice(-3)).toEqual(['Name: Ana', 'hi Ana', 'dev@desk:~$']);
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the shell's own words
test('read -s shows nothing of a password; read -n 1 takes one key', async () => {
  const typist = createTypist();
  await typist.type('read -s -p "Password: " p; echo; echo "${#p}"\r');
  expect((await typist.type('secret\r')).slice(1)).toEqual(['Password:', '6', 'dev@desk:~$']);
  await typist.type('read -n 1 -p "Go on? " k; echo "=$k"\r');
  expect((await typist.type('y')).slice(-2)).toEqual(['Go on? y=y', 'dev@desk:~$']);
});

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the shell's own words

test('a loop reads line by line; Ctrl+D ends it', async () => {
  const typist = createTypist();
  await typist.type('while read -r x; do echo "<$x>"; done\r', 'a\r', 'b\r');
  expect((await typist.type('\x04')).slice(1)).toEqual(['a', '<a>', 'b', '<b>', 'dev@desk:~$']);
});

test('wc counts what is typed; Ctrl+C gives it up', async () => {
  const typist = createTypist();
  expect((await typist.type('wc -l\r', 'a\r', 'b\r', '\x04')).at(-2)?.trim()).toBe('2');
  expect((await typist.type('sort\r', 'x\r', '\x03')).at(-1)).toBe('dev@desk:~ [130]$');
});

test('what is redirected or piped is not asked for', async () => {
  const typist = createTypist();
  const rows = await typist.type('cat < /dev/null; true | cat; : > empty; wc -l < empty; echo x | sort; cat empty\r');
  expect(rows.slice(1).map((row) => row.trim())).toEqual(['0', 'x', 'dev@desk:~$']);
});

test.each([
  'true | bash -c "cat; wc -c"',
  '(cat) < /dev/null',
  'while read -r x; do :; done < /dev/null',
  'true | f',
  'x=$(true | cat)',
  'true | env cat',
  'true | if true; then cat; fi',
  'true | sort | uniq -c | sort -rn | head -3',
  'cat & wait',
])('what is fed otherwise does not wait for the person: %s', async (line) => {
  const rows = await createTypist().type('f() { cat; }\r', `${line}\r`);
  expect(rows.at(-1)).toMatch(/^dev@desk:~( \[\d+\])?\$$/);
});

test('lines that were typed ahead go to the program that reads', async () => {
  const typist = createTypist();
  expect((await typist.type('cat > f\rone\rtwo\r\x04', 'cat f\r')).slice(-3)).toEqual(['one', 'two', 'dev@desk:~$']);
});

test('watch runs a command again as time passes, until Ctrl+C', async () => {
  const typist = createTypist({ size: { columns: 60, rows: 6 } });
  typist.terminal.type('watch -n 5 date +%H:%M:%S\r');
  const times = (): readonly string[] => [...typist.written().matchAll(/\r\n(09:..:..)/g)].map(([, time = '']) => time);
  for (let turn = 0; turn < 200 && times().length < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(typist.screen()[0]).toMatch(/^Every 5\.0s: date \+%H:%M:%S {2,}desk: Mon Mar {2}2 09:/);
  expect(times().slice(0, 3)).toEqual(['09:00:00', '09:00:05', '09:00:10']);
  typist.terminal.type('\x03');
  await typist.terminal.idle();
  expect(typist.screen().at(-1)).toBe('dev@desk:~ [130]$');
});

test('edit opens a file in the editor, a new one too; nano says where to go', async () => {
  const typist = createTypist({ hasEditor: true });
  await typist.type('mkdir d; edit d/new.txt\r', '$EDITOR other\r');
  expect(typist.edited).toEqual(['/home/dev/d/new.txt', '/home/dev/other']);
  expect(typist.machine.files.exists('/home/dev/d/new.txt')).toBe(true);
  expect((await typist.type('edit d\r')).slice(-2)).toEqual(['edit: d: Is a directory', 'dev@desk:~ [1]$']);
  expect((await typist.type('nano x\r')).at(-2)).toContain('“edit FILE” opens the file');
  const without = createTypist({ language: 'es' });
  expect((await without.type('edit x\r')).at(-2)).toBe('edit: aquí no hay ningún editor al lado en el que abrirlo');
});

test('the output of the last command of a pipeline comes while it runs', async () => {
  const typist = createTypist();
  typist.terminal.type('seq 2 | while read n; do echo $n; sleep 1; read line < /dev/tty || cat; done\r');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(typist.screen()[1]).toBe('1');
  typist.terminal.type('\x03');
  await typist.terminal.idle();
});
