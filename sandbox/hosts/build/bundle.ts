// Makes the scripts that hosts load: the engine, and a day's exercise. Each is kept in a cache until one of its sources changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';

/** The folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const cache = join(root, 'node_modules/.cache/noventa');

export interface Script {
  readonly text: string;
  /** The first 10 hex digits of the text's SHA-256: its name for ever. */
  readonly hash: string;
  /** Where the text stands on disk. */
  readonly file: string;
}

/** The engine as one classic script that sets `globalThis.noventa` to `{ serve }`. */
export function bundleEngine(): Promise<Script> {
  return bundle('engine', join(root, 'sandbox/hosts/serve.ts'), 'noventa');
}

/** `exercise.ts` of a day's folder as a classic script that sets `globalThis.noventaExercise`. */
export function bundleExercise(folder: string): Promise<Script> {
  return bundle(
    `exercise-${relative(join(root, 'exercises'), folder)}`,
    join(folder, 'exercise.ts'),
    'noventaExercise',
  );
}

/** QuickJS's WebAssembly, as it stands in its package. */
export function quickjsWasm(): Script & { readonly bytes: Uint8Array } {
  const file = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
  const bytes = readFileSync(file);
  return { text: '', bytes, file, hash: digest(bytes) };
}

/** What a kept script was made from: source files with size and time of change. */
interface Manifest {
  readonly hash: string;
  readonly sources: Readonly<Record<string, string>>;
}

async function bundle(name: string, entry: string, globalName: string): Promise<Script> {
  const file = join(cache, `${name.replaceAll('/', '-')}.js`);
  const kept = readManifest(file);
  if (kept !== undefined) return { text: readFileSync(file, 'utf8'), hash: kept.hash, file };

  const { build } = await import('esbuild');
  const { patchJustBash } = await import('../../machine/shell/just-bash-patch.ts');
  const result = await build({
    ...settings,
    plugins: [patch(patchJustBash), rawText],
    entryPoints: [entry],
    globalName,
  });
  const text = result.outputFiles?.[0]?.text ?? '';
  const hash = digest(text);
  const sources = Object.keys(result.metafile?.inputs ?? {})
    .filter((path) => !path.includes(':'))
    .map((path) => path.replace(/\?raw$/, ''))
    .map((path) => [path, stamp(join(root, path))] as const);
  sources.push([relative(root, fileURLToPath(import.meta.url)), stamp(fileURLToPath(import.meta.url))]);
  for (const name of patches) {
    const path = join('sandbox/machine/shell', name);
    sources.push([path, stamp(join(root, path))]);
  }
  mkdirSync(cache, { recursive: true });
  replaceFile(file, text);
  replaceFile(`${file}.json`, JSON.stringify({ hash, sources: Object.fromEntries(sources) } satisfies Manifest));
  return { text, hash, file };
}

function readManifest(file: string): Manifest | undefined {
  if (!existsSync(file) || !existsSync(`${file}.json`)) return undefined;
  const manifest = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Manifest;
  const same = Object.entries(manifest.sources).every(([path, was]) => stamp(join(root, path)) === was);
  return same ? manifest : undefined;
}

function stamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.size}-${stat.mtimeMs}`;
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

/** Two processes may bundle at once: each writes beside and moves into place. */
function replaceFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}

/** What is applied to just-bash while it is bundled: none of the bundle's own sources. */
const patches = ['just-bash-patch.ts', 'language-patch.ts', 'expansion-patch.ts', 'trace-patch.ts'] as const;

const settings = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  logLevel: 'silent',
  format: 'iife',
  target: 'es2023',
  // The same script runs in a browser's worker and in Node's: nothing of either may be assumed.
  platform: 'browser',
  conditions: ['browser'],
  minify: true,
  legalComments: 'none',
  inject: [join(root, 'sandbox/hosts/build/browser-globals.ts')],
  define: { 'process.env.NODE_DEBUG': 'undefined', global: 'globalThis' },
} satisfies BuildOptions;

/** `import text from './file.js?raw'` gives the file's text, as in vite, without its comments and spaces. */
export const rawText: Plugin = {
  name: 'raw-text',
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -'?raw'.length)),
      suffix: '?raw',
    }));
    build.onLoad({ filter: /./ }, async ({ path, suffix }) => {
      if (suffix !== '?raw') return undefined;
      const { transform } = await import('esbuild');
      const { code } = await transform(readFileSync(path, 'utf8'), { minifyWhitespace: true, target: 'esnext' });
      return { contents: code, loader: 'text' };
    });
  },
};

/** Packages that no browser's worker can use as they are. */
const replaced = { 'node:zlib': 'no-zlib.ts', 'to-buffer': 'to-buffer.cjs', turndown: 'no-turndown.ts' };

/** Of a schema. Below `properties` the keys are names, and one of them may be `description`. */
function withoutWords(value: unknown, areNames = false): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withoutWords(one));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => areNames || key !== 'description')
      .map(([key, one]) => [key, withoutWords(one, key === 'properties')]),
  );
}

function patch(patchJustBash: (source: string) => string): Plugin {
  return {
    name: 'patch-just-bash',
    setup(build) {
      for (const [name, file] of Object.entries(replaced))
        build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: join(root, 'sandbox/hosts/build', file) }));
      // The parser's schemas carry the words of an editor, which the engine does not show.
      build.onLoad({ filter: /workflow-parser\/dist\/\w+-v1\.0\.min\.json$/ }, ({ path }) => ({
        contents: JSON.stringify(withoutWords(JSON.parse(readFileSync(path, 'utf8')))),
        loader: 'json',
      }));
      build.onLoad({ filter: /just-bash\/dist\/bundle\/browser\.js$/ }, ({ path }) => ({
        contents: patchJustBash(readFileSync(path, 'utf8')),
        loader: 'js',
      }));
    },
  };
}
