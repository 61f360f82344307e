// Makes the scripts that hosts load: the engine, and a day's exercise. Each is kept in a cache until one of its sources changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, BuildResult, Metafile, Plugin } from 'esbuild';
import { type PartName, partNames } from '../../checks/part-names.ts';
import { engineEntries, engineScripts } from './engine-scripts.ts';
import { minify } from './minify.ts';

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

/** The engine: a classic script that sets `globalThis.noventa`, and one for each part, which a host hands over when it is needed. */
export interface EngineScripts {
  readonly core: Script;
  readonly parts: Readonly<Record<PartName, Script>>;
}

export async function bundleEngine(): Promise<EngineScripts> {
  const scripts = await bundle(['engine', ...partNames], 'engine', async (build) => {
    const { outputFiles = [], metafile } = await build({
      entryPoints: engineEntries,
      format: 'esm',
      splitting: true,
      outdir: root,
    });
    const texts = new Map(outputFiles.map(({ path, text }) => [relative(root, path), text]));
    return { texts: await engineScripts(texts, metafile, { target: settings.target }), inputs: metafile.inputs };
  });
  const script = (name: 'engine' | PartName): Script => scripts.get(name) as Script;
  const parts = Object.fromEntries(partNames.map((name) => [name, script(name)]));
  return { core: script('engine'), parts: parts as Record<PartName, Script> };
}

/** `exercise.ts` of a day's folder as a classic script that sets `globalThis.noventaExercise`. */
export async function bundleExercise(folder: string): Promise<Script> {
  const name = `exercise-${relative(join(root, 'exercises'), folder)}`;
  const scripts = await bundle([name], name, async (build) => {
    const { outputFiles = [], metafile } = await build({
      entryPoints: [join(folder, 'exercise.ts')],
      format: 'iife',
      globalName: 'noventaExercise',
    });
    return { texts: new Map([[name, outputFiles[0]?.text ?? '']]), inputs: metafile.inputs };
  });
  return scripts.get(name) as Script;
}

/** QuickJS's WebAssembly, as it stands in its package. */
export function quickjsWasm(): Script & { readonly bytes: Uint8Array } {
  const file = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
  const bytes = readFileSync(file);
  return { text: '', bytes, file, hash: digest(bytes) };
}

/** What kept scripts were made from: source files with size and time of change. */
interface Manifest {
  readonly hashes: readonly string[];
  readonly sources: Readonly<Record<string, string>>;
}

type Build = (options: BuildOptions) => Promise<BuildResult<{ readonly metafile: true }>>;
type Made<N extends string> = { readonly texts: ReadonlyMap<N, string>; readonly inputs: Metafile['inputs'] };

/** Scripts that are made together. @param key the file of their manifest. */
async function bundle<N extends string>(
  names: readonly N[],
  key: string,
  make: (build: Build) => Promise<Made<N>>,
): Promise<ReadonlyMap<N, Script>> {
  const fileOf = (name: string): string => join(cache, `${name.replaceAll('/', '-')}.js`);
  const manifest = `${fileOf(key)}.json`;
  const kept = readManifest(manifest);
  if (kept !== undefined)
    return new Map(
      names.map((name, index) => {
        const file = fileOf(name);
        return [name, { text: readFileSync(file, 'utf8'), hash: kept.hashes[index] ?? '', file }];
      }),
    );

  const { build } = await import('esbuild');
  const { patchJustBash } = await import('../../machine/shell/just-bash-patch.ts');
  const { texts, inputs } = await make((options) =>
    build({ ...settings, ...options, metafile: true, plugins: [patch(patchJustBash), rawText] }),
  );
  const sources = [
    ...Object.keys(inputs)
      .filter((path) => !path.includes(':'))
      .map((path) => path.replace(/\?raw$/, '')),
    ...ownSources.map((name) => join('sandbox/hosts/build', name)),
    // What is applied to just-bash meanwhile is none of the bundle's own sources.
    ...readdirSync(join(root, shell)).flatMap((name) => (name.endsWith('-patch.ts') ? [join(shell, name)] : [])),
  ].map((path) => [path, stamp(join(root, path))] as const);
  mkdirSync(cache, { recursive: true });
  const scripts = names.map((name) => {
    const [text, file] = [texts.get(name) ?? '', fileOf(name)];
    replaceFile(file, text);
    return [name, { text, hash: digest(text), file }] as const;
  });
  const hashes = scripts.map(([, { hash }]) => hash);
  replaceFile(manifest, JSON.stringify({ hashes, sources: Object.fromEntries(sources) } satisfies Manifest));
  return new Map(scripts);
}

function readManifest(file: string): Manifest | undefined {
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Partial<Manifest>;
  if (manifest.hashes === undefined) return undefined;
  const same = Object.entries(manifest.sources ?? {}).every(([path, was]) => stamp(join(root, path)) === was);
  return same ? (manifest as Manifest) : undefined;
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

const shell = 'sandbox/machine/shell';

/** What bundles, beside what is bundled. */
const ownSources = ['bundle.ts', 'engine-scripts.ts', 'minify.ts', 'modules.js'] as const;

const settings = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  logLevel: 'silent',
  target: 'es2023',
  // The same script runs in a browser's worker and in Node's: nothing of either may be assumed.
  platform: 'browser',
  conditions: ['browser'],
  minify: true,
  legalComments: 'none',
  inject: [join(root, 'sandbox/hosts/build/browser-globals.ts')],
  define: {
    'process.env.NODE_DEBUG': 'undefined',
    global: 'globalThis',
    // isomorphic-git does without where these are missing: at once instead of by way of another thread for every small object, and
    // with the same bytes in every browser.
    CompressionStream: 'undefined',
    DecompressionStream: 'undefined',
    'crypto.subtle': 'undefined',
  },
} satisfies BuildOptions;

/** What stacks and `util.inspect` show of Node's library. */
const keepNames = { function: true, class: true };

/** `import text from './file.js?raw'` gives the file's text, as in vite, without its comments, spaces and long names of what is local. */
export const rawText: Plugin = {
  name: 'raw-text',
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -'?raw'.length)),
      suffix: '?raw',
    }));
    build.onLoad({ filter: /./ }, async ({ path, suffix }) => {
      if (suffix !== '?raw') return undefined;
      const contents = await minify(path, readFileSync(path, 'utf8'), {
        module: true,
        compress: { keepNames },
        mangle: { toplevel: false, keepNames },
      });
      return { contents, loader: 'text' };
    });
  },
};

/** Packages that no browser's worker can use as they are, or that do the same work again. */
const replaced = {
  'node:zlib': 'no-zlib.ts',
  pako: 'pako.cjs',
  'to-buffer': 'to-buffer.cjs',
  turndown: 'no-words.ts',
  cronstrue: 'no-words.ts',
};

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

/** Packages that only a hover text and commands which are left out ask for: the bundler drops them where nobody uses them. */
const unasked = /^(cronstrue|turndown|minimatch)$/;

function patch(patchJustBash: (source: string) => string): Plugin {
  return {
    name: 'patch-just-bash',
    setup(build) {
      for (const [name, file] of Object.entries(replaced))
        build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: join(root, 'sandbox/hosts/build', file) }));
      build.onResolve({ filter: unasked }, async ({ path, pluginData, kind, resolveDir }) => {
        if (pluginData === unasked) return undefined;
        return { ...(await build.resolve(path, { kind, resolveDir, pluginData: unasked })), sideEffects: false };
      });
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
