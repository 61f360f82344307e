// The store as one script, as it is and as a later course could bring it: with one version of the database more.
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Progress } from '../../../src/progress/index.ts';
import type { Course, Foreign } from './history.ts';

export type Create = (name: string) => Promise<Progress>;

/** @returns a script that defines `store.createProgress`. */
export async function storeScript(course: Course): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export { createProgress } from './src/progress/progress.ts';", resolveDir: '.', loader: 'ts' },
    bundle: true,
    write: false,
    target: 'es2023',
    format: 'iife',
    globalName: 'store',
    plugins: [
      {
        name: 'a version more',
        setup({ onLoad }) {
          if (course === 'this') return;
          onLoad({ filter: /\/progress\/database\.ts$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8');
            const later = text.replace(
              /^\];$/m,
              "(database) => void database.createObjectStore('later' as 'aside'),\n];",
            );
            if (later === text) throw new Error('the list of migrations is not where it was');
            return { contents: later, loader: 'ts' };
          });
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}

/** A day's sandbox whose one file holds the mark. Runs in pages too: it refers to nothing around it. */
export function snapshotWith(mark: string, day: string) {
  return {
    version: 1 as const,
    day,
    kernel: { seed: 's', now: 1, random: {}, log: [] },
    files: { '/x': { type: 'file' as const, mode: 0o644, mtimeMs: 1, bytes: new TextEncoder().encode(mark) } },
    shell: { cwd: '/', variables: {}, exported: [], functions: [], aliases: {}, history: [] },
  };
}

/** Files as other devices exported them, before and after the time in which the histories play. */
export async function foreignFiles(times: readonly number[]): Promise<readonly Foreign[]> {
  const { writeFile } = await import('../../../src/progress/file.ts');
  const { recordOf } = await import('../../../src/progress/record.ts');
  const { draftOf } = await import('../../../src/progress/draft.ts');
  return times.map((at, index) => {
    const [check, draft] = [`m9${index}001`, `m9${index}002`];
    const text = writeFile({
      records: [recordOf({ type: 'CheckPassed', day: 'd01', check }, at)],
      drafts: [draftOf('d01', snapshotWith(draft, 'd01'), at, 'other')],
    });
    return { text, records: [check], drafts: [draft] };
  });
}
