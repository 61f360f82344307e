import { expect, test } from 'vitest';
import { gh, scriptFor } from './commands.ts';

test('a command runs where gh knows the repository', () => {
  expect(scriptFor(gh.cancel(3), 'seats', "/home/dev/it's")).toBe("cd '/home/dev/it'\\''s' &&\ngh run cancel 3");
  expect(scriptFor(gh.rerunFailed(3), 'seats', undefined)).toBe(
    'export GH_REPO=ventarela/seats\ngh run rerun 3 --failed',
  );
});

test('an environment is asked for by name and reviewed by id', () => {
  expect(gh.review(3, "x' y", 'approved')).toContain(`select(.name == "x'\\'' y")`);
});
