// Scripts as a learner would type them, in the sandbox and in the real tools of this machine: the same output, the same
// errors, the same exit code. A case with `differs` is different on purpose, and must be.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inSandbox, onThisMachine, type Script } from './run.ts';

interface Case extends Script {
  readonly name: string;
  /** Why the sandbox is different here. */
  readonly differs?: string;
}

for (const area of ['shell', 'git', 'node'] as const) {
  const folder = join(import.meta.dirname, area);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const cases = parse(readFileSync(join(folder, file), 'utf8')) as readonly Case[];
    describe(`${area}: ${basename(file, '.yaml')}`, () => {
      test.for(cases)('$name', async (one) => {
        const [ours, real] = [await inSandbox(one), onThisMachine(one)];
        if (one.differs === undefined) expect(ours).toEqual(real);
        else expect(ours, `listed as different (${one.differs}), but it is the same`).not.toEqual(real);
      });
    });
  }
}
