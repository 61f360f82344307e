import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { patchJustBash } from './sandbox/machine/shell/just-bash-patch.ts';

/** A long file that begins last has one core, and the others nothing to do. */
const long = ['tests/fidelity/fidelity', 'tests/hostile/desk', 'tests/hosts/parts', 'tests/content/transcripts'];

class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => long.some((name) => moduleId.includes(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

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
    sequence: { sequencer: LongOnesFirst },
    // By itself it leaves one core to nobody: half of a machine with two.
    maxWorkers: availableParallelism(),
    // Ends what hangs; far from what a slow machine needs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As in the browser: what passes only when tried again is counted and named in the closing lines.
    retry: 2,
  },
});
