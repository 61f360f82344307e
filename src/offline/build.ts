// After the build: what can be kept of the site, and the service worker that keeps it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { type BuiltFile, siteMap } from './site-map.ts';

/** Writes `sw.js` into a built site. @param base the site's path, ending in `/`. */
export async function writeServiceWorker(folder: string, base: string): Promise<void> {
  const map = siteMap(builtFiles(folder), base);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: { SITE_MAP: JSON.stringify(map), 'process.env.NODE_ENV': '"production"' },
  });
  writeFileSync(join(folder, 'sw.js'), outputFiles[0]?.contents ?? '');
}

/** Every file of the site, in the form in which it is served. */
function builtFiles(folder: string): readonly BuiltFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => {
      const content = readFileSync(join(folder, path));
      const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
      const isText = /\.(html|js)$/.test(path) && !path.startsWith('sandbox/');
      return { path, bytes: content.length, digest, ...(isText && { text: content.toString('utf8') }) };
    });
}

/** Writes the whole site as one archive into itself: what a classroom or a USB stick serves. `base` stands in its note. */
export function writeCourseFolder(folder: string, base: string): void {
  const files = Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile() && !path.endsWith('.zip'))
      .sort()
      .map((path) => [`noventa/${path}`, new Uint8Array(readFileSync(join(folder, path)))]),
  );
  const note = `Noventa\n\nAny static server shows this folder at ${base}, for example:\n\n  npx serve noventa\n  python3 -m http.server --directory noventa 8000\n`;
  // A date of its own: the same site gives the same archive.
  const zip = zipSync(
    { ...files, 'noventa/README.txt': new TextEncoder().encode(note) },
    { level: 9, mtime: '2026-01-01' },
  );
  writeFileSync(join(folder, 'noventa-course.zip'), zip);
}
