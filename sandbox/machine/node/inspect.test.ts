// util.inspect of the sandbox and of the real node, over values made by chance from fixed seeds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createNodeCommand } from '../../tools/node.ts';
import { createMachine, createNodeRuntime } from '../index.ts';

/** Source text of values, so that both sides make them anew. */
const word = fc.constantFrom(
  'a',
  'trip',
  'hola',
  'two words',
  "it's",
  'a-b',
  'línea',
  'x'.repeat(20),
  'y'.repeat(50),
  'a\nb',
  '',
  '😀',
);
const leaf = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: false }).map((number) => (Object.is(number, -0) ? '-0' : String(number))),
  word.map((text) => JSON.stringify(text)),
  fc.constantFrom(
    'true',
    'null',
    'undefined',
    '12n',
    'Symbol("s")',
    '/a+/gi',
    'new Date(5e11)',
    '() => {}',
    'class A {}',
    'function f() {}',
  ),
);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 9 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.integer({ min: -5, max: 10_000 }), { minLength: 7, maxLength: 120 })
      .map((items) => `[${items.join(', ')}]`),
    fc.array(word, { minLength: 7, maxLength: 40 }).map((items) => JSON.stringify(items)),
    fc
      .array(fc.tuple(word, tie('value')), { maxLength: 6 })
      .map((pairs) => `({ ${pairs.map(([key, item]) => `${JSON.stringify(key)}: ${item}`).join(', ')} })`),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `new Set([${items.join(', ')}])`),
    fc
      .array(fc.tuple(word, tie('value')), { maxLength: 4 })
      .map((pairs) => `new Map([${pairs.map(([key, item]) => `[${JSON.stringify(key)}, ${item}]`).join(', ')}])`),
    tie('value').map((item) => `Object.assign(new (class Trip {})(), { of: ${item} })`),
  ),
}));

const sources = fc.sample(value, { numRuns: 400, seed: 20_260_302 });
let shown: readonly string[] = [];

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm'));
  const machine = createMachine({ kernel: createKernel({ seed: 'inspect' }), language: 'en' });
  const list = sources.map((source) => `() => (${source})`).join(',\n');
  machine.files.writeFile(
    '/home/dev/main.mjs',
    `import { inspect } from 'node:util'; const all = [${list}]; console.log(JSON.stringify(all.map((make) => inspect(make()))));`,
  );
  const written: string[] = [];
  await createNodeCommand(createNodeRuntime(async () => wasm)).run(['main.mjs'], {
    machine,
    cwd: machine.home,
    env: {},
    stdin: new Uint8Array(),
    isTerminal: false,
    columns: 80,
    signal: new AbortController().signal,
    stdout: (text) => void written.push(String(text)),
    stderr: (text) => void written.push(text),
  });
  shown = JSON.parse(written.join(''));
});

it('shows values as node shows them', () => {
  const evaluate = (source: string): unknown => new Function(`return (${source})`)();
  const different = sources.flatMap((source, index) => {
    const expected = inspect(evaluate(source));
    return shown[index] === expected ? [] : [{ source, expected, found: shown[index] }];
  });
  expect(shown).toHaveLength(sources.length);
  expect(different).toEqual([]);
});
