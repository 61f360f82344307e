import { expect, test } from 'vitest';
import { type BuiltFile, siteMap } from './site-map.ts';

const file = (path: string, text?: string): BuiltFile => ({
  path,
  bytes: 10,
  digest: `of ${path}`,
  ...(text !== undefined && { text }),
});

const site = [
  file('es/index.html', '<link href="/n/_astro/font.woff2"><script type="module" src="/n/_astro/a.js"></script>'),
  file(
    'es/days/01-x/index.html',
    '<div data-lesson="d01" data-files="{&quot;day&quot;:&quot;d01.0123456789.json&quot;,&quot;needs&quot;:[]}"><script src="/n/_astro/b.js"></script>',
  ),
  file('en/index.html', ''),
  file('_astro/a.js', 'import{x}from"./c.js";import("./editor.js")'),
  file('_astro/b.js', 'import"./c.js"'),
  file('_astro/c.js', ''),
  file('_astro/editor.js', ''),
  file('_astro/font.woff2'),
  file('sandbox/engine.0123456789.js'),
  file('sandbox/engine-production.0123456789.js'),
  file('sandbox/d01.0123456789.json'),
  file('pagefind/pagefind.js', ''),
  file('pagefind/wasm.es.pagefind'),
  file('pagefind/wasm.en.pagefind'),
  file('pagefind/pagefind-ui.js', ''),
  file('_headers'),
];

const map = siteMap(site, '/n/');
const names = (set: string): readonly string[] =>
  (map.sets[set] ?? []).map((index) => map.files[index]?.url ?? '').toSorted();

test('a page is kept with what it shows and what its scripts import at once', () => {
  expect(names('read:es/')).toEqual(['_astro/a.js', '_astro/c.js', '_astro/font.woff2', 'es/']);
});

test('a day is its page, the workbench with every script, and its own files', () => {
  expect(names('es/d01')).toEqual([
    '_astro/a.js',
    '_astro/b.js',
    '_astro/c.js',
    '_astro/editor.js',
    '_astro/font.woff2',
    'es/days/01-x/',
    'sandbox/d01.0123456789.json',
    'sandbox/engine-production.0123456789.js',
    'sandbox/engine.0123456789.js',
  ]);
});

test('a language has its other pages and its search, and not that of the other', () => {
  expect(names('about:es')).toEqual([
    '_astro/a.js',
    '_astro/c.js',
    '_astro/font.woff2',
    'es/',
    'pagefind/pagefind.js',
    'pagefind/wasm.es.pagefind',
  ]);
});

test('only what changes under its name has a revision', () => {
  const revisions = Object.fromEntries(map.files.map(({ url, revision }) => [url, revision]));
  expect(revisions).toMatchObject({
    'es/': 'of es/index.html',
    '_astro/a.js': null,
    'sandbox/d01.0123456789.json': null,
  });
});

test('a page that names what the site does not have stops the build', () => {
  expect(() => siteMap([file('es/index.html', '<img src="/_astro/gone.png">')], '/')).toThrow('names _astro/gone.png');
});
