// At build time: keeps the workbench's styles with its code.
import { dirname, resolve } from 'node:path';

/** The part of a Vite plugin that is used. */
interface StylesPlugin {
  readonly name: string;
  readonly enforce: 'pre';
  resolveId(
    this: { resolve(source: string, importer: string, options: { skipSelf: boolean }): Promise<{ id: string } | null> },
    source: string,
    importer: string | undefined,
  ): Promise<string | undefined>;
  load(id: string): string | undefined;
}

const mark = '\0styles-with-code:';
const importers = /\/src\/workbench\/|\/monaco-editor\/|\/@xterm\//;

/**
 * Astro puts every style that a page's scripts could ever import into the page itself, Monaco's 90 kB too. With this plugin the
 * styles that the workbench, Monaco and xterm import become part of their scripts, which come only when the workbench is wanted.
 */
export function stylesWithCode(): StylesPlugin {
  return {
    name: 'styles-with-code',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('.css') || importer === undefined || !importers.test(importer)) return undefined;
      if (importer.startsWith(mark)) return undefined;
      const found = source.startsWith('.')
        ? resolve(dirname(importer), source)
        : (await this.resolve(source, importer, { skipSelf: true }))?.id;
      return found === undefined ? undefined : `${mark}${found}.js`;
    },
    load(id) {
      if (!id.startsWith(mark)) return undefined;
      const path = JSON.stringify(`${id.slice(mark.length, -'.js'.length)}?inline`);
      return `import text from ${path};
const style = document.createElement('style');
style.textContent = text;
document.head.append(style);`;
    },
  };
}
