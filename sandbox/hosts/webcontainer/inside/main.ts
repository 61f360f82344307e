// Runs in the container, or in any Node: an engine over standard input and output. `node program.cjs FOLDER [--real]`; the folder holds
// what the page put there (`layout.ts`).
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { FromEngine, Request } from '../../protocol.ts';
import type { EnginePort } from '../../serve.ts';
import { linesOf, readLines } from '../lines.ts';
import { createRealPrograms } from './programs.ts';

const [folder = '.', mode] = process.argv.slice(2);
const turn = setImmediate;

function run(file: string): void {
  new Script(readFileSync(file, 'utf8'), { filename: file }).runInThisContext();
}

for (const name of readdirSync(join(folder, 'scripts')).sort()) run(join(folder, 'scripts', name));

const { noventa } = globalThis as unknown as {
  readonly noventa: { serve(port: EnginePort): (request: Request) => void };
};
const answer = noventa.serve({
  post: (message: FromEngine) => void process.stdout.write(linesOf(message, 'toPage')),
  loadWasm: async () => new Uint8Array(readFileSync(join(folder, 'quickjs.wasm'))),
  loadPart: async (name) => run(join(folder, 'parts', `${name}.js`)),
  pause: () => new Promise((resolve) => void turn(resolve)),
  ...(mode === '--real' && { real: createRealPrograms(mkdtempSync(join(tmpdir(), 'noventa-desk-'))) }),
});

// A terminal is told to hand over what comes as it is, and not to say it again.
if (process.stdin.isTTY) process.stdin.setRawMode(true);
process.stdin.setEncoding('utf8');
const lines = readLines('toEngine', (message) => answer(message as Request));
process.stdin.on('data', (text: string) => lines.feed(text));
process.stdin.on('end', () => process.exit(0));
process.stdout.write(linesOf({ ready: process.version }, 'toPage'));
