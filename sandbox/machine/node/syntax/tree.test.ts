import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as acorn from 'acorn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stepsOf } from '../stack/steps.ts';
import { isWithin, treeOf } from './index.ts';

const root = join(import.meta.dirname, '../../../..');
const names = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const programs = [
  'sandbox/machine/node/lib',
  'exercises',
  'node_modules/semver',
  'node_modules/diff/libesm',
  'node_modules/pako/lib',
]
  .flatMap(names)
  .concat('node_modules/acorn/dist/acorn.mjs')
  .filter((name) => /\.[cm]?js$/.test(name))
  .map((name): readonly [string, string] => [name, readFileSync(join(root, name), 'utf8')]);

interface Case {
  readonly name: string;
  readonly run: string;
  readonly files?: Readonly<Record<string, string>>;
}
const cases = names('tests/fidelity/node').flatMap((name) => parse(readFileSync(join(root, name), 'utf8')) as Case[]);
const written = cases.flatMap(({ name, run, files }) => [
  ...Object.entries(files ?? {})
    .filter(([file]) => /\.[cm]?js$/.test(file))
    .map(([file, text]) => [`${name}: ${file}`, text] as const),
  ...[...run.matchAll(/<<'EOS'\n([\s\S]*?)\nEOS\n/g)].map(
    ([, text = ''], index) => [`${name}, ${index}`, text] as const,
  ),
]);

const options = { ecmaVersion: 'latest', allowHashBang: true } as const;

/** As acorn reads it: a module, or else the body of a function. */
function readByAcorn(text: string): acorn.Node | undefined {
  const script = { sourceType: 'script', allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true } as const;
  for (const kind of [{ sourceType: 'module' } as const, script]) {
    try {
      return acorn.parse(text, { ...options, ...kind });
    } catch {}
  }
  return undefined;
}

/** The type and the span of each node, in an order of their own. */
function spans(tree: unknown): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, start, end } = value as Partial<acorn.Node>;
    if (type !== undefined && start !== undefined) found.push(`${type} ${start} ${end}`);
    for (const part of Object.values(value)) visit(part);
  };
  visit(tree);
  return found.sort();
}

describe('the syntax tree', () => {
  it.each(programs)('has the nodes that acorn has: %s', (_, text) => {
    expect(spans(treeOf(text)?.root)).toEqual(spans(readByAcorn(text)));
  });

  it('has the nodes that acorn has, of every program whose stacks are compared with those of Node', () => {
    expect(written.length).toBeGreaterThan(400);
    for (const [name, text] of written) {
      const expected = readByAcorn(text);
      if (expected !== undefined) expect(spans(treeOf(text)?.root), name).toEqual(spans(expected));
    }
  });

  it.each([
    ['class A { static async *[k] () {} static { x } get #p() { return #p in this } static = 1; get; async\n b }'],
    ['for (const [a, { b = 1, ...c }] of d) for await (x.y of z) for (let i = 0, of = 1; i in [q]; i++) ;'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a program
    ['a?.b?.[c]?.(d).e; e`f${`g${h}`}i`; async (x, ...y) => { await x }; async x => x; (((a), b))'],
    ['l: { let let_ = new new X().y(z); () => new x; } yield_: x = y ? z => { } : (1, 2);\n/re[/]/g.test(x)\n++y'],
    [
      'export * as default from "x" with { type: "json" }; export { a as "b c" }; var a; import d, { e as f } from "g"; import.meta.url; import("h")',
    ],
    ['export default async function () { switch (a) { case b: default: c } do x; while (y) z }'],
    [
      'if (a) ; else throw b\nvar async = 1, get = { get, set, async, static: 1, async a() {}, *b() {}, get c() { return 1 }, "d": 2, [e]: 3 }',
    ],
  ])('has the nodes that acorn has: %s', (text) => {
    expect(readByAcorn(text)).toBeDefined();
    expect(spans(treeOf(text)?.root)).toEqual(spans(readByAcorn(text)));
  });

  it('is none, without an error and without an end that never comes, of words that make no program', () => {
    const words =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: words of programs
      'a b 1 "x" `y` `z${ } ${ { } ( ) [ ] . ?. , ; : ? => = + / /r/ ... # #p async await yield function class static get let const for of in new case default switch import export from extends super this \\u';
    const text = fc.array(fc.constantFrom('\n', ...words.split(' ')), { maxLength: 40 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(text, (one) => {
        const tree = treeOf(one);
        if (tree === undefined) return;
        for (const node of tree.nodes) expect(isWithin(node, tree.root)).toBe(true);
        expect(stepsOf(one, tree).every(({ place }) => place >= 0 && place <= one.length)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
