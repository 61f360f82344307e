import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { ProgressEvent } from '../../src/progress/contract.ts';
import { writeFile } from '../../src/progress/file.ts';
import { recordOf } from '../../src/progress/record.ts';

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
const copy = (...events: readonly ProgressEvent[]): string =>
  writeFile({ records: events.map((event, index) => recordOf(event, index + 1)), drafts: [] });

test('a teacher opens thirty files and sees who stands where; damaged and hostile ones are named and do no harm', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/en/class/', { waitUntil: 'networkidle' });
  const step: ProgressEvent = { type: 'StepPassed', day: 'd02', step: 'd02-s1' };
  const learners = Array.from({ length: 27 }, (_, index) =>
    file(`learner-${index}.json`, copy(step, { type: 'CheckPassed', day: 'd02', check: 'd02-c5' })),
  );
  await page
    .locator('#class input')
    .setInputFiles([
      ...learners,
      file('<img src=x onerror=alert(1)>.json', copy({ type: 'DayPassed', day: '__proto__' })),
      file('cut.json', copy(step).slice(0, -9)),
      file('other.json', '{"__proto__":{"state":"done"}}'),
    ]);
  await expect(page.locator('#class [role=status]')).toHaveText('Learners: 28. Files refused: 2.');
  await expect(page.locator('#class tbody tr')).toHaveCount(28);
  await expect(page.locator('#class tbody tr').first()).toContainText('1/5');
  await expect(page.locator('#class img')).toHaveCount(0);
  await expect(page.locator('#class li').filter({ hasText: 'learners: 27' })).toHaveCount(1);
  await expect(page.locator('#class li').filter({ hasText: 'cut: it is incomplete' })).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
