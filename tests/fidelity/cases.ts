// The corpus: what is compared with the real tools.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { Script } from './run.ts';

export interface Case extends Script {
  readonly name: string;
  /** Why the sandbox is different here, on purpose. */
  readonly differs?: string;
}

export interface Topic {
  /** `shell: everyday` */
  readonly name: string;
  readonly cases: readonly Case[];
}

export const topics: readonly Topic[] = (['shell', 'git', 'node', 'promtool'] as const).flatMap((area) => {
  const folder = join(import.meta.dirname, area);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      name: `${area}: ${basename(file, '.yaml')}`,
      cases: parse(readFileSync(join(folder, file), 'utf8')) as readonly Case[],
    }));
});
