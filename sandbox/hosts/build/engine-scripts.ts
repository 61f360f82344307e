// From the bundler's modules to classic scripts: a worker in the frame can load no module, so that its scripts share through `noventa`.
import { readFileSync } from 'node:fs';
import type { BuildOptions, Metafile } from 'esbuild';
import { type PartName, partNames } from '../../checks/part-names.ts';
import { minify } from './minify.ts';

/** The entries of one build: the engine's core, and each part by its name. */
export const engineEntries: Readonly<Record<string, string>> = {
  engine: 'sandbox/hosts/serve.ts',
  ...Object.fromEntries(partNames.map((name) => [name, `sandbox/parts/${name}.ts`])),
};

/** @param texts the outputs of a build of `engineEntries` with splitting, by their file names */
export async function engineScripts(
  texts: ReadonlyMap<string, string>,
  { outputs }: Metafile,
  settings: Pick<BuildOptions, 'target'>,
): Promise<ReadonlyMap<'engine' | PartName, string>> {
  const importsOf = (name: string): readonly string[] => (outputs[name]?.imports ?? []).map(({ path }) => path);

  /** A module's file with all that it needs, what is needed first. */
  function withImports(name: string, found: Set<string> = new Set()): Set<string> {
    if (found.has(name)) return found;
    for (const one of importsOf(name)) withImports(one, found);
    return found.add(name);
  }

  const { transform } = await import('esbuild');
  async function define(name: string): Promise<string> {
    const { code } = await transform(texts.get(name) ?? '', {
      ...settings,
      format: 'cjs',
      // What is imported later stands in the same script.
      supported: { 'dynamic-import': false },
    });
    // Brackets around a function tell V8 that it is called at once: it would read it twice otherwise.
    const body = await minify(name, code, { mangle: { toplevel: true } });
    return `noventa.define(${JSON.stringify(`./${name}`)},((require,module,exports)=>{${body}}));\n`;
  }
  const defineAll = async (names: readonly string[]): Promise<string> =>
    `"use strict";\n${(await Promise.all(names.map(define))).join('')}`;

  const inCore = withImports('engine.js');
  // From the root, as `root` is found: Astro bundles this file into a folder as deep.
  const modules = readFileSync(new URL('../../../sandbox/hosts/build/modules.js', import.meta.url), 'utf8');
  const { code: shared } = await transform(modules, { ...settings, minify: true });
  const core = `${shared}${await defineAll([...inCore])}noventa.serve=noventa.take("./engine.js").serve;\n`;
  const parts = await Promise.all(
    partNames.map(async (part) => {
      const own = [...withImports(`${part}.js`)].filter((name) => !inCore.has(name));
      return [part, await defineAll(own)] as const;
    }),
  );
  return new Map<'engine' | PartName, string>([['engine', core], ...parts]);
}
