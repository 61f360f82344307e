// Small programs, run here and by the real node: the same output, the same first line of an error, the same exit code.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createNodeCommand } from '../../tools/node.ts';
import { createMachine, createNodeRuntime } from '../index.ts';
import { rareNode } from './rare/index.ts';
import { stripTypes } from './strip-types.ts';

interface Program {
  readonly files: Readonly<Record<string, string>>;
  readonly args: string;
}

const main = (text: string): Program => ({ files: { 'main.mjs': text }, args: 'main.mjs' });

const programs: Readonly<Record<string, Program>> = {
  'everyday values': main(`
    console.log('text', 1, -0, 1n, true, null, undefined, Symbol('s'));
    console.log({ a: 1, 'b-c': 'two', d: [1, 2, 3], e: { f: { g: { h: 1 } } } });
    console.log([undefined, null, 'it\\'s', "both ' and \\"", 'line\\nbreak']);
    console.log([[1, [2, [3, [4]]]], {}, [], '', NaN]);
    console.log(new Map([['k', { v: 1 }], [2, [3]]]), new Set(['a', 1]), new Map(), new Set());
    console.log(() => {}, function named() {}, class A {}, class B extends Array {}, async () => {}, function* g() {});
    console.log(new Date(0), /re+/g, [1, , 3], Object.create(null), new (class Foo { x = 1; })());`),
  'long values are broken over lines': main(`
    console.log({ name: 'a service with a long name', version: '1.0.0', description: 'x'.repeat(60), port: 8080 });
    console.log(Array.from({ length: 120 }, (_, i) => i * 3));
    console.log(Array.from({ length: 30 }, (_, i) => 'item' + i));
    console.log({ list: Array.from({ length: 8 }, (_, i) => ({ id: i, title: 'trip ' + i })) });
    console.log(['x'.repeat(100), 'y'.repeat(30)]);
    console.log({ text: 'first line of it\\nsecond line of it\\n' + 'z'.repeat(80) });
    console.log({ a: { b: { c: {} } }, f: { g: { h: [] } }, i: { j: { k: { l: 1 } } } });`),
  'references, getters, symbols': main(`
    const a = { name: 'a' }; a.self = a; a.list = [a]; console.log(a);
    console.log({ get x() { return 1; }, set x(v) {}, get y() { return 2; }, set z(v) {}, [Symbol('k')]: 1 });
    class Trip { #hidden = 1; from = 'Alba'; get to() { return 'Bru'; } static max = 3; }
    console.log(new Trip(), [new Trip()], Trip, { Trip });
    console.log(Object.assign(() => {}, { a: 1 }), Object.assign([1, 2], { extra: true }));
    console.log(new Uint8Array([1, 2, 3]), Buffer.from('hola'), new ArrayBuffer(2), new Number(3), new String('s'));
    console.log(Promise.resolve(4), Promise.reject(new Error('no')).catch(() => {}), new WeakMap());
    console.log([1.5, -2, 300000, 1e21, 0.1 + 0.2], process.argv.length, typeof globalThis);
    console.log({ a: 1n, b: Symbol.iterator, c: undefined }, [['a', 1], ['b', 2]]);`),
  'format strings': main(`
    console.log('%s is %d years and %i, %f, %j %o %O %%', 'Ana', 42.5, 42.9, '1.5', { a: 1 }, [1], { b: { c: {} } }, 'more', 7);
    console.log('%s %s', 'one'); console.log('100%', 5); console.log('%c styled', 'color: red'); console.log('a\\tb');
    console.log('%s', { a: { b: 1 } }, [1, [2]]); console.log('%d', '12', 'x'); console.error('to stderr');`),
  'console beyond log': main(`
    console.group('outer'); console.log('in'); console.group(); console.log({ a: 1, b: [1, 2] }); console.groupEnd(); console.groupEnd();
    console.info('i'); console.debug('d'); console.count(); console.count('x'); console.count();
    console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]); console.table([1, 'two']); console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
    console.assert(true, 'not shown'); console.log();`),
  'timers, ticks and promises': main(`
    setTimeout(() => console.log('timeout 300'), 300); setTimeout(() => console.log('timeout 150'), 150);
    setTimeout(() => { console.log('timeout 1'); setImmediate(() => console.log('immediate')); process.nextTick(() => console.log('tick in timer')); }, 1);
    Promise.resolve().then(() => console.log('promise')); queueMicrotask(() => console.log('microtask')); process.nextTick(() => console.log('tick'));
    let n = 0; const i = setInterval(() => { console.log('interval', ++n); if (n === 3) clearInterval(i); }, 50);
    console.log('main');`),
  'ticks come first in CommonJS': {
    files: {
      'main.cjs': `Promise.resolve().then(() => console.log('promise')); process.nextTick(() => console.log('tick')); console.log('main');`,
    },
    args: 'main.cjs',
  },
  'top-level await and dynamic import': {
    files: {
      'main.mjs': `import { setTimeout as wait } from 'node:timers/promises'; console.log(await wait(5, 'waited'));
        const { name, default: all } = await import('./lib/part.mjs'); console.log(name, all); console.log(import.meta.filename, import.meta.dirname, import.meta.url);`,
      'lib/part.mjs': `export const name = 'part'; export default { here: import.meta.url.slice(-12) };`,
    },
    args: 'main.mjs',
  },
  'modules of both kinds': {
    files: {
      'package.json': '{ "type": "module" }',
      'main.js': `import data from './data.json' with { type: 'json' }; import old, { helper } from './old.cjs'; import { createRequire } from 'node:module';
        import tool, { version } from 'tool'; const require = createRequire(import.meta.url);
        console.log(data, helper(2), Object.keys(old), tool, version, require('./old.cjs') === old, require('./data.json').list.length);`,
      'old.cjs': `const path = require('node:path'); exports.helper = (n) => n * 2; exports.file = path.basename(__filename); console.log(module.id.slice(-7), __dirname.length > 0);`,
      'data.json': '{ "list": [1, 2, 3] }',
      'node_modules/tool/package.json':
        '{ "name": "tool", "exports": { "import": "./index.mjs", "require": "./index.cjs" } }',
      'node_modules/tool/index.mjs': `export default 'from import'; export const version = '1.2.3';`,
      'node_modules/tool/index.cjs': `module.exports = 'from require';`,
    },
    args: 'main.js',
  },
  'require: files, folders, cycles, cache': {
    files: {
      'main.cjs': `const a = require('./a'); const { b } = require('./folder'); console.log(a, b, require('./a') === a, require.main === module, require('./data').x);
        try { require('./nope'); } catch (e) { console.log(e.code, e.message.split('\\n')[0]); } console.log(typeof require('fs').readFileSync, require('node:os').EOL === '\\n');`,
      'a.js': `exports.early = true; const { seen } = require('./b'); exports.seen = seen;`,
      'b.js': `const a = require('./a'); exports.seen = Object.keys(a);`,
      'folder/index.js': `exports.b = 'b';`,
      'data.json': '{"x":5}',
    },
    args: 'main.cjs',
  },
  files: main(`
    import fs from 'node:fs'; import { readFile, writeFile, mkdir, rm, readdir } from 'node:fs/promises';
    fs.mkdirSync('d/e', { recursive: true }); fs.writeFileSync('d/e/á b.txt', 'hola\\n'); fs.appendFileSync('d/e/á b.txt', 'más');
    console.log(fs.readFileSync('d/e/á b.txt', 'utf8'), fs.readFileSync('d/e/á b.txt'), fs.existsSync('d'), fs.existsSync('no'));
    console.log(fs.readdirSync('d'), fs.readdirSync('d', { recursive: true }), fs.statSync('d/e/á b.txt').size, fs.statSync('d').isDirectory());
    fs.renameSync('d/e/á b.txt', 'd/c.txt'); await writeFile('d/x', Buffer.from([1, 2])); console.log(await readdir('d'), (await readFile('d/x')).length);
    for (const f of [() => fs.readFileSync('no/file'), () => fs.mkdirSync('d'), () => fs.readdirSync('d/c.txt'), () => fs.readFileSync('d'), () => fs.rmSync('none'), () => fs.writeFileSync('no/x', ''), () => fs.renameSync('no', 'x'), () => fs.statSync('no'), () => fs.rmSync('d'), () => fs.unlinkSync('no'), () => fs.readFileSync({})])
      try { console.log('fine', f()); } catch (e) { console.log(e.code, e.message); }
    await rm('d', { recursive: true }); await mkdir('d'); console.log(fs.readdirSync('.').includes('d')); try { await readFile('zz'); } catch (e) { console.log(e.message, e.errno, e.syscall); }
    fs.readFile('main.mjs', 'utf8', (e, t) => { console.log(e, t.length > 10); fs.stat('nope', (e) => console.log(e.code)); });
    console.log(fs.readdirSync('.', { withFileTypes: true }).map((e) => [e.name, e.isDirectory()]));`),
  paths: main(`
    import path, { join } from 'node:path';
    console.log(join('a', '..', 'b', './c/'), path.resolve('/x', '../y', 'z'), path.dirname('/a/b/c.txt'), path.basename('/a/b.txt', '.txt'), path.extname('x.tar.gz'), path.extname('.env'));
    console.log(path.parse('/home/u/f.txt'), path.relative('/a/b/c', '/a/d'), path.normalize('/a//b/../c/.'), path.isAbsolute('a'), path.sep, path.join(''), path.dirname('a'), path.basename('/'), path.format({ dir: '/x', base: 'y' }));`),
  URL: main(`
    const u = new URL('/a/../b c?x=1&y=á#h', 'http://user:pw@Example.test:8080/dir/'); console.log(u.href, u.host, u.port, u.pathname, u.search, u.hash, u.origin);
    u.searchParams.append('z', 'a&b'); console.log(String(u), [...u.searchParams], u.searchParams.get('x'), u.searchParams.has('q')); console.log(u);
    console.log(new URL('http://localhost:80/').href, new URL('?q=1', 'http://a.test/x/y').href, new URL('../z', 'http://a.test/x/y/').href, URL.canParse('nope'));
    try { new URL('nope'); } catch (e) { console.log(e.name, e.code, e.message, e.input); } console.log(new URLSearchParams({ a: '1', b: 'dos tres' }).toString(), new URLSearchParams('a=1&a=2').getAll('a'));`),
  'buffers and text': main(`
    console.log(Buffer.from('añ').toString('hex'), Buffer.from('68656c', 'hex').toString(), Buffer.from('hello').toString('base64'), Buffer.from('aGVsbG8=', 'base64').toString('utf8'));
    console.log(Buffer.concat([Buffer.from('a'), Buffer.from('b')]), Buffer.byteLength('ñ'), Buffer.from([1, 2, 3]).equals(Buffer.from([1, 2, 3])), JSON.stringify(Buffer.from('x')));
    console.log(new TextEncoder().encode('€'), new TextDecoder().decode(new Uint8Array([226, 130, 172])), btoa('hi'), atob('aGk='), structuredClone({ d: new Date(5), m: new Map([[1, { a: 1 }]]) }));`),
  'events and util': main(`
    import { EventEmitter, once } from 'node:events'; import util from 'node:util';
    const e = new EventEmitter(); e.on('x', (a, b) => console.log('on', a, b)); e.once('x', () => console.log('once')); console.log(e.emit('x', 1, 2), e.emit('x', 3), e.emit('y'), e.listenerCount('x'));
    setTimeout(() => e.emit('done', 'value'), 5); console.log(await once(e, 'done')); console.log(util.format('%s-%d', 'a', 1), util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }), util.inspect('s'), util.isDeepStrictEqual({ a: [1] }, { a: [1] }));
    const f = util.promisify((a, done) => done(null, a + 1)); console.log(await f(1), util.inspect(new Map([['a', 1]]), { compact: false }), util.types.isPromise(f(1)));
    try { e.emit('error', new Error('unheard')); } catch (x) { console.log(x.message); }`),
  assert: main(`
    import assert from 'node:assert/strict';
    for (const f of [() => assert.equal(1, 2), () => assert.deepEqual({ a: 1, b: [1] }, { a: 1, b: [2] }), () => assert.equal('a', 'b', 'my words'), () => assert.throws(() => {}), () => assert.ok(0, 'zero'), () => assert.match('abc', /x/), () => assert.notEqual(1, 1), () => assert.equal(1, 1), () => assert.deepEqual([1, { a: 2 }], [1, { a: 2 }]), () => assert.throws(() => { throw new TypeError('bad'); }, TypeError), () => assert.equal('hello world', 'hello there')])
      try { f(); console.log('fine'); } catch (e) { console.log(e.name, e.code, JSON.stringify(e.message)); }
    await assert.rejects(Promise.reject(new Error('no')), /no/); await assert.rejects(async () => { throw new RangeError('r'); }, { name: 'RangeError', message: 'r' });`),
  'dates are in UTC': main(`
    const d = new Date('2026-03-02T09:00:00Z'); console.log(d, String(d), d.toISOString(), d.getTimezoneOffset(), d.getHours(), d.toDateString(), JSON.stringify({ d }), d.toLocaleDateString('en-US'), d.toLocaleTimeString('en-US'), d.toLocaleString('en-US'));
    console.log(new Date(2026, 0, 31, 12).toISOString(), new Date('2026-03-02T09:00:00').toISOString(), new Date('2026-03-02').getTime(), Date.UTC(2026, 1, 1), new Date('x').getTime(), new Date(NaN), typeof Date(), new Date(2026, 0, 1) instanceof Date, Date.length, Date.name);
    const e = new Date(0); e.setHours(5); e.setDate(2); console.log(e.getDay(), e.toUTCString(), Date.parse('2 Mar 2026 09:00:00 GMT'));`),
  'the process': main(`
    console.log(process.argv.slice(2), process.platform, process.version.startsWith('v24.'), typeof process.pid, process.env.GREETING, process.exitCode, process.cwd() === import.meta.dirname);
    process.on('exit', (code) => console.log('exit', code)); process.stdout.write('no newline'); process.stdout.write('\\n'); process.exitCode = 3; delete process.env.GREETING; console.log(process.env.GREETING, 'HOME' in process.env, process.uptime() >= 0, process.hrtime.bigint() >= 0n);`),
  arguments: { files: { 'a.mjs': `console.log(process.argv.slice(2));` }, args: 'a.mjs one "two three" --flag -x=1' },
  'process.exit ends at once': main(
    `process.on('exit', (c) => console.log('bye', c)); try { process.exit(4); } finally { console.log('never'); } console.log('never');`,
  ),
  'process.exit cannot be caught': main(`try { process.exit(5); } catch { console.log('never'); }`),
  'an uncaught error': main(`function deep() {\n  throw new RangeError('too far');\n}\n\ndeep();`),
  'an error of its own class': main(
    `class StockError extends Error { constructor(m, sku) { super(m); this.name = 'StockError'; this.sku = sku; } }\nconst e = new StockError('few', 1);\nconsole.log(String(e), e instanceof Error, e.stack.split('\\n')[0]);\nthrow new StockError('no seats', 7);`,
  ),
  'undefined has no properties': main(`const trip = {};\nconsole.log(trip.stops.length);`),
  'not a function': main(`const trip = { name: 'x' };\ntrip.start(1);`),
  'not defined': main(`console.log(missing);`),
  'a constant is assigned': main(`const a = 1;\na = 2;`),
  'bad JSON': main(
    `for (const t of ['{"a":', '{x}', '', '[1,]', '{"a" 1}', 'undefined']) try { JSON.parse(t); } catch (e) { console.log(e.name); }`,
  ),
  'a rejected promise': main(
    `async function work() {\n  throw new Error('async trouble');\n}\nwork();\nconsole.log('after');`,
  ),
  'a rejection that is handled in time': main(
    `const p = Promise.reject(new Error('x')); p.catch((e) => console.log('caught', e.message)); try { await Promise.all([1, Promise.reject(2)]); } catch (e) { console.log(e); } console.log(await Promise.allSettled([Promise.reject(new Error('y'))]).then((r) => r[0].status));`,
  ),
  'a rejection without an error': main(`Promise.reject('plain');`),
  'an error thrown in a timer': main(
    `setTimeout(() => { throw new Error('late'); }, 5);\nsetTimeout(() => console.log('never'), 50);`,
  ),
  'an error that is listened for': main(
    `process.on('uncaughtException', (e, origin) => console.log('heard', e.message, origin)); setTimeout(() => console.log('goes on'), 10); throw new Error('here');`,
  ),
  'errors within values': main(
    `try { null.x; } catch (e) { console.log(e.name, e.message); } const e = new Error('outer', { cause: new TypeError('inner') }); console.log(e.cause.message, Object.keys(e)); const a = new AggregateError([new Error('1')], 'many'); console.log(a.errors.length, a.message); const plain = new Error('p'); plain.stack = undefined; console.log([plain]); delete plain.stack; console.log({ plain });`,
  ),
  'throwing what is no error': main(`throw { code: 7 };`),
  'a syntax error': main(`const a = 1;\nconst b = ;\n`),
  'a syntax error in an import': {
    files: { 'main.mjs': `import './part.mjs';`, 'part.mjs': `\n\nlet x = 3 +;\n` },
    args: 'main.mjs',
  },
  'a missing import': main(`import { x } from './nowhere.mjs';`),
  'a missing package': main(`import x from 'left-out';`),
  'a missing export': {
    files: { 'main.mjs': `import { nope } from './part.mjs';`, 'part.mjs': 'export const yes = 1;' },
    args: 'main.mjs',
  },
  'JSON without its attribute': {
    files: { 'main.mjs': `import data from './d.json';`, 'd.json': '{}' },
    args: 'main.mjs',
  },
  'a missing file': { files: {}, args: 'none.mjs' },
  'a top-level await that never ends': main(`console.log('waiting');\nawait new Promise(() => {});`),
  'a bad option': { files: {}, args: '--nonsense' },
  eval: { files: {}, args: `-e 'console.log(1 + 1, process.argv.slice(1), require("path").sep)' a b` },
  'eval of a module': {
    files: {},
    args: `-e 'import os from "node:os"; console.log(await Promise.resolve(os.EOL.length))'`,
  },
  print: { files: {}, args: `-p '({ a: [1, 2] })'` },
  'print a text': { files: {}, args: `-p '"x".repeat(3)'` },
  check: { files: { 'ok.js': 'return 1;' }, args: '--check ok.js' },
  'check finds an error': { files: { 'bad.mjs': 'let a = 1;\nlet a b;' }, args: '--check bad.mjs' },
  'standard input': {
    files: {
      'in.mjs': `let t = ''; for await (const c of process.stdin) t += c; console.log(t.trim().split('\\n').length, t.length);`,
    },
    args: 'in.mjs',
  },
  'ES module syntax without a type': {
    files: { 'a.js': `export const x = 1;\nconsole.log('as a module', typeof require);` },
    args: 'a.js',
  },
  language: main(`
    const { a, ...rest } = { a: 1, b: 2, c: 3 }; console.log(a, rest, [..."añ😀"].length, 'x'.padStart(3, '-'), [3, 1, 2].toSorted(), Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')), [1, [2, [3]]].flat(Infinity), 5 ** 2, 7 % 3, null ?? 'd', a?.b?.c);
    class P { static #n = 0; static make() { return ++P.#n; } } console.log(P.make(), P.make()); label: for (const i of [1, 2]) for (const j of [1, 2]) { if (j === 2) continue label; console.log(i, j); }
    const re = /(?<y>\\d{4})-(?<m>\\d\\d)/u.exec('on 2026-03'); console.log({ ...re.groups }, re.index, 'a-b-c'.replaceAll('-', '+'), 'x,y'.split(','), Number('0x1f'), parseInt('12px'), (1234.5678).toFixed(2), 0.1 + 0.2, 1e21, 123456789012345680000);
    function* gen() { yield 1; yield* [2, 3]; } console.log([...gen()], new Set([1, 2]).union(new Set([3])), [1, 2, 3].at(-1), structuredClone([new Date(0)]), Array.from({ length: 3 }, (_, i) => i)); async function* ag() { yield 1; } for await (const x of ag()) console.log(x);`),
};

const folder = mkdtempSync(join(tmpdir(), 'programs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const stdin = 'one\ntwo\n';

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** All programs by the real node, in one shell. */
function runReal(): Readonly<Record<string, Result>> {
  const names = Object.keys(programs);
  const script = names.map((name, index) => {
    const home = join(folder, String(index));
    mkdirSync(home, { recursive: true });
    const { files, args } = programs[name] as Program;
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, file)), { recursive: true });
      writeFileSync(join(home, file), text);
    }
    return `cd ${home} && printf '${stdin.replaceAll('\n', '\\n')}' | GREETING=hola "$NODE" ${args} > ${home}.out 2> ${home}.err; echo $? > ${home}.code`;
  });
  const env = { PATH: process.env.PATH, HOME: folder, TZ: 'UTC', NODE: process.execPath };
  spawnSync('bash', ['-c', script.join('\n')], { env });
  const read = (index: number, what: string) =>
    readFileSync(join(folder, `${index}.${what}`), 'utf8')
      .replaceAll(join(folder, String(index)), '/home/dev')
      .replaceAll(process.execPath, 'node');
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      { stdout: read(index, 'out'), stderr: read(index, 'err'), exitCode: Number(read(index, 'code')) },
    ]),
  );
}

const wasm = readFileSync(createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm'));
const pause = () => new Promise<void>((resolve) => void setImmediate(resolve));
const node = createNodeCommand(
  createNodeRuntime(async () => wasm, {
    loadRareNode: async () => rareNode,
    loadTypeScript: async () => stripTypes,
    pause,
    watch: () => performance.now(),
  }),
);

async function runOurs({ files, args }: Program): Promise<Result> {
  const machine = createMachine({ kernel: createKernel({ seed: 'programs' }), language: 'en' });
  for (const [file, text] of Object.entries(files)) {
    machine.files.mkdir(dirname(join(machine.home, file)), { recursive: true });
    machine.files.writeFile(join(machine.home, file), text);
  }
  const words = [...args.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  let [stdout, stderr] = ['', ''];
  const exitCode = await node.run(words, {
    machine,
    cwd: machine.home,
    env: { HOME: machine.home, GREETING: 'hola' },
    stdin: new TextEncoder().encode(stdin),
    isTerminal: false,
    columns: 80,
    signal: new AbortController().signal,
    stdout: (text) => {
      stdout += typeof text === 'string' ? text : new TextDecoder().decode(text);
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  return { stdout, stderr, exitCode };
}

/** Of an error, what it says: Node's own frames and the places in them differ. */
function saying({ stderr }: Result): string {
  return (
    stderr
      .split('\n')
      .find((line) => /^(\[?[A-Z]\w*Error\b|Uncaught|Unhandled|Warning|node: bad)/.test(line))
      ?.replace(/ \{$/, '') ?? ''
  );
}

/** `file:///home/dev/main.mjs:2`: where the program went wrong. */
function place({ stderr }: Result): string | undefined {
  return /^(?:file:\/\/)?(\/home\/dev\/\S+:\d+)$/m.exec(stderr)?.[1];
}

describe('programs do what they do in node', () => {
  const real = runReal();
  for (const [name, program] of Object.entries(programs)) {
    it(name, async () => {
      const expected = real[name] as Result;
      const found = await runOurs(program);
      expect(found.stdout).toBe(expected.stdout);
      expect(found.exitCode, found.stderr).toBe(expected.exitCode);
      expect(saying(found)).toBe(saying(expected));
      expect(place(found)).toBe(place(expected));
    });
  }
});
