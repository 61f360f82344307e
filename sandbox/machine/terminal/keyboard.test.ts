import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { createNodeCommand } from '../../tools/node.ts';
import { createNodeRuntime } from '../node/index.ts';
import { rareNode } from '../node/rare/index.ts';
import { createTypist, type Typist } from './typist.ts';

const path = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const runtime = createNodeRuntime(async () => readFileSync(path), { loadRareNode: async () => rareNode, pause });

async function open(program: string): Promise<Typist> {
  await runtime.load();
  const typist = createTypist({ commands: [createNodeCommand(runtime)] });
  typist.machine.files.writeFile('/home/dev/a.mjs', program);
  return typist;
}

test('a program asks and goes on with what is typed', async () => {
  const typist = await open(`
    import { createInterface } from 'node:readline/promises';
    const rl = createInterface({ input: process.stdin, output: process.stdout });
    const name = await rl.question('Name? ');
    const seat = await rl.question('Seat? ');
    console.log(name + ' sits on ' + seat);
    rl.close();`);
  expect((await typist.type('node a.mjs\r')).at(-1)).toBe('Name?');
  expect((await typist.type('Anna\x7f\r')).slice(-2)).toEqual(['Name? Ann', 'Seat?']);
  expect((await typist.type('4\r')).slice(-3)).toEqual(['Seat? 4', 'Ann sits on 4', 'dev@desk:~$']);
  expect((await typist.type('echo on\r')).slice(-2)).toEqual(['on', 'dev@desk:~$']);
});

test('lines come one by one until Ctrl+D', async () => {
  const typist = await open(`
    import { createInterface } from 'node:readline';
    let sum = 0;
    for await (const line of createInterface({ input: process.stdin })) console.log((sum += Number(line)));
    console.log('total', sum);`);
  await typist.type('node a.mjs\r', '2\r');
  expect((await typist.type('3\r')).slice(1)).toEqual(['2', '2', '3', '5', '']);
  expect((await typist.type('\x04')).slice(-2)).toEqual(['total 5', 'dev@desk:~$']);
});

test('data of process.stdin ends with Ctrl+D, and Ctrl+C ends the program', async () => {
  const typist = await open(`
    process.stdin.setEncoding('utf8').on('data', (text) => console.log(process.stdin.isTTY, JSON.stringify(text)));
    process.stdin.on('end', () => console.log('end'));`);
  expect((await typist.type('node a.mjs\r', 'hi\r')).slice(-2)).toEqual(['true "hi\\n"', '']);
  expect((await typist.type('\x04')).slice(-2)).toEqual(['end', 'dev@desk:~$']);
  expect((await typist.type('node a.mjs\r', '\x03')).at(-1)).toBe('dev@desk:~ [130]$');
  expect((await typist.type('echo on\r')).slice(-2)).toEqual(['on', 'dev@desk:~$']);
});

test('a program that stops listening leaves the keyboard to the shell; a pipe goes before it', async () => {
  const typist = await open(`
    import { createInterface } from 'node:readline';
    const rl = createInterface({ input: process.stdin, output: process.stdout });
    rl.question('Go? ', (answer) => console.log(answer));
    setTimeout(() => rl.close(), 10);`);
  await typist.type('node a.mjs\r');
  expect((await typist.type('echo on\r')).slice(-2)).toEqual(['on', 'dev@desk:~$']);
  expect((await typist.type('echo yes | node a.mjs\r')).slice(-2)).toEqual(['Go? yes', 'dev@desk:~$']);
});
