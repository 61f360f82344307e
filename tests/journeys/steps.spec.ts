// Steps, their files, goals and stars, and what a failed check leads to.
import { expect, type Page, test } from '@playwright/test';
import { checkAll, commands, days, expectShown, openDay, solution, type, write } from './learner.ts';

/** The records of a day, from the file that the map offers. */
async function records(page: Page): Promise<readonly { readonly event: Readonly<Record<string, unknown>> }[]> {
  await page.goto('/en/progress/');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download a copy' }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')).contents.records;
}

const step = (page: Page, n: number) => page.locator('.way button').nth(n - 1);

test('a step brings its files, in the reader’s language; a failed check leads to the line and to the run in the terminal', async ({
  page,
}) => {
  await openDay(page, days.en1);
  await step(page, 3).click();
  await expect(page.locator('.open li')).toHaveText([/plan\.yaml/, /notes\.md/]);
  await expect(page.locator('.its-files')).toContainText('notes.md');
  await page.keyboard.press('ControlOrMeta+Enter');
  await page
    .locator('.why')
    .getByRole('button', { name: /plan\.yaml, line \d+/ })
    .click();
  await expect(page.locator('.editor-host :focus')).toHaveCount(1);
  await type(page, 'loop run --card refund-button', 'for i in $(seq 60); do echo $i; done');
  await step(page, 2).click();
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.results').getByRole('button', { name: 'refund-button does not stop' }).click();
  await page.locator('.why').getByRole('button', { name: 'the stage deploy of R1' }).click();
  await expectShown(page, /R1: refund-button/);
});

test('the star of the challenge is told apart, is not needed, and is kept with the day’s work', async ({ page }) => {
  await openDay(page, days.en1);
  await step(page, 5).click();
  const star = page.locator('.goals .star');
  await expect(star).toContainText('Star: faster, optional');
  await type(page, 'loop run --card group-booking');
  // Checking is heard when nothing has the keyboard, too.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(star).toContainText('not yet');
  await expect(page.locator('.sum')).toContainText('of 1 goals');
  await page.locator('summary', { hasText: 'Reset' }).click();
  await page.getByRole('button', { name: 'The whole day' }).click();
  await expect(page.locator('.notice')).toContainText('The day starts again.');
  await write(page, 'plan.yaml', solution('01-one-turn-of-the-loop', 'plan.yaml'));
  await type(page, ...commands('01-one-turn-of-the-loop'));
  await step(page, 1).click();
  await checkAll(page);
  await expect(star).toContainText('earned');
  await expect(page.locator('.kept')).toContainText('plan.yaml');
  const events = (await records(page)).map(({ event }) => event);
  expect(events).toContainEqual({ type: 'StarEarned', day: 'd01', star: 'd01-x1' });
  const kept = events
    .filter(({ type }) => type === 'WorkKept')
    .map(({ step, work }) => ({ step, ...JSON.parse(String(work)) }));
  expect(kept.map(({ step }) => step)).toEqual(['d01-s1', 'd01-s2', 'd01-s3', 'd01-s4', 'd01-s5']);
  expect(kept.at(-1).files['plan.yaml']).toBe(solution('01-one-turn-of-the-loop', 'plan.yaml'));
  expect(kept.at(-1).passed).toEqual(['d01-c7', 'd01-x1']);
});

test('hints go from where to read to the solution with its reason, which brings the day back tomorrow', async ({
  page,
}) => {
  await openDay(page, days.es2);
  await step(page, 3).click();
  for (let press = 0; press < 3; press++) await page.locator('.tools').getByRole('button', { name: 'Pista' }).click();
  await expect(page.locator('.hints li')).toHaveCount(3);
  await expect(page.locator('#wb-panel-help')).toContainText('El día volverá mañana');
  await page.getByRole('button', { name: 'Ver la solución (4 de 4)' }).click();
  const shown = page.locator('.solution');
  await expect(shown).toContainText('Por qué así:');
  await expect(shown.locator('.diff')).toContainText('seats/app.mjs');
  await expect(shown).toContainText('vuelve mañana');
});
