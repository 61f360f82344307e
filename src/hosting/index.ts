// After the build: each page gets its policy, the site its service worker, and hosts that read `_headers` theirs.
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { frameScript } from '../../sandbox/hosts/worker/frame-script.ts';
import { writeCourseFolder, writeServiceWorker } from '../offline/build.ts';
import { headersFile } from './headers.ts';
import { policyOf, withPolicy } from './policy.ts';

const bootText = (name: string): string =>
  readFileSync(new URL(`../../sandbox/hosts/worker/${name}.js`, import.meta.url), 'utf8');

/** @param base the path below the origin at which the site is served. */
export function hosting(base: string): AstroIntegration {
  return {
    name: 'hosting',
    hooks: {
      async 'astro:build:done'({ dir }) {
        const folder = fileURLToPath(dir);
        const frame = frameScript(bootText('boot-frame'), bootText('boot-worker'));
        const files = await readdir(folder, { recursive: true });
        for (const file of files.filter((name) => name.endsWith('.html'))) {
          const path = join(folder, file);
          const html = readFileSync(path, 'utf8');
          // Lessons have a bench; other pages on which a sandbox may begin say so.
          const hasWorkbench = html.includes('id="bench"') || html.includes('data-sandbox');
          writeFileSync(path, withPolicy(html, policyOf(html, hasWorkbench ? frame : undefined)));
        }
        const root = base.endsWith('/') ? base : `${base}/`;
        await writeServiceWorker(folder, root);
        writeFileSync(join(folder, '_headers'), headersFile(root));
        writeCourseFolder(folder, root);
      },
    },
  };
}
