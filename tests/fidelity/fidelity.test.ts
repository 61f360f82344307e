// Scripts as a learner would type them, in the sandbox and in the real tools of this machine: the same output, the same
// errors, the same exit code. A case with `differs` is different on purpose, and must be.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { topics } from './cases.ts';
import { inSandbox, onThisMachine } from './run.ts';

/** Not every machine has Debian's `prometheus`: without it there is nothing to compare with. */
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

for (const { name, cases } of topics) {
  const isAbsent = name.startsWith('promtool:') && !hasPromtool;
  describe.skipIf(isAbsent)(isAbsent ? `${name} (skipped: no promtool on this machine)` : name, () => {
    test.for(cases)('$name', async (one) => {
      const [ours, real] = [await inSandbox(one), onThisMachine(one)];
      if (one.differs === undefined) expect(ours).toEqual(real);
      else expect(ours, `listed as different (${one.differs}), but it is the same`).not.toEqual(real);
    });
  });
}
