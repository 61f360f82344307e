import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { patchJustBash } from './sandbox/machine/shell/just-bash-patch.ts';

export default defineConfig({
  plugins: [
    {
      name: 'patch-just-bash',
      enforce: 'pre',
      load: (id) =>
        /just-bash\/dist\/bundle\/browser\.js$/.test(id) ? patchJustBash(readFileSync(id, 'utf8')) : undefined,
    },
  ],
  resolve: {
    alias: { 'just-bash/browser': new URL('node_modules/just-bash/dist/bundle/browser.js', import.meta.url).pathname },
  },
  test: {
    include: ['sandbox/**/*.test.ts', 'src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/seed.ts'],
    server: { deps: { inline: [/just-bash/, /@actions/] } },
    // Ends what hangs; far from what a slow machine needs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As in the browser: what passes only when tried again is counted and named in the closing lines.
    retry: 2,
  },
});
