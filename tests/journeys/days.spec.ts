import { expect, test } from '@playwright/test';
import { checkAll, commands, days, expectShown, openDay, solution, stateOnMap, type, write } from './learner.ts';

test.setTimeout(120_000);

test('a first visit: from the front page to day 1 done, in Spanish, and kept after a reload', async ({ page }) => {
  await page.goto('/es/');
  await page.locator('main a[href="/es/days/01-one-turn-of-the-loop/"]').first().click();
  await expect(page.locator('h1')).toHaveText('Una vuelta completa al ciclo');
  await page.locator('#bench [data-open-workbench]').click();
  await expectShown(page, /dev@desk:~\$/);
  await write(page, 'plan.yaml', solution('01-one-turn-of-the-loop', 'plan.yaml'));
  await type(page, ...commands('01-one-turn-of-the-loop'));
  await checkAll(page);
  await expect.poll(() => stateOnMap(page, 'es', 'd01')).toBe('done');
  await page.reload();
  await expect(page.locator('[data-day=d01] .state').first()).toHaveAttribute('data-state', 'done');
  await openDay(page, days.es1);
  await type(page, 'loop runs');
  await expectShown(page, /R4 +group-booking/);
});

test('day 2 in English: done, and the work is there after a reload without anything running by itself', async ({
  page,
}) => {
  await openDay(page, days.en2);
  await write(page, 'app.mjs', solution('02-first-change-in-git', 'seats/app.mjs'));
  await type(page, ...commands('02-first-change-in-git'));
  await checkAll(page);
  await type(page, 'node app.mjs &');
  await page.reload();
  await openDay(page, days.en2);
  await type(page, 'git log --oneline --all | head -1; jobs; curl -s localhost:8080/healthz; echo "curl: $?"');
  await expectShown(page, /curl: 7/);
  await expectShown(page, /Keep secrets and dependencies|Filter trips/);
  await expect.poll(() => stateOnMap(page, 'en', 'd02')).toBe('done');
});

test('day 5 in Spanish: a workflow, a gate, and of three requests the good one in main', async ({ page }) => {
  await openDay(page, days.es5);
  await write(page, 'ci.yml', solution('05-first-pipeline-gate', 'seats/.github/workflows/ci.yml'));
  await write(page, 'gate.json', solution('05-first-pipeline-gate', 'gate.json'));
  await type(page, ...commands('05-first-pipeline-gate'));
  await checkAll(page);
  await expect.poll(() => stateOnMap(page, 'es', 'd05')).toBe('done');
});

test('day 6 in English: two scripts, three versions, and the change log through the gate', async ({ page }) => {
  await openDay(page, days.en6);
  await write(page, 'next-version.sh', solution('06-release-a-version', 'next-version.sh'));
  await write(page, 'release.sh', solution('06-release-a-version', 'release.sh'));
  await type(page, ...commands('06-release-a-version'));
  await checkAll(page);
  await expect.poll(() => stateOnMap(page, 'en', 'd06')).toBe('done');
});

test('a failed check tells what was expected and found, and what to try', async ({ page }) => {
  await openDay(page, days.en2);
  await page.keyboard.press('ControlOrMeta+Enter');
  const results = page.locator('#wb-panel-results');
  await expect(results).toContainText('a request to /trips?from=…');
  await expect(results).toContainText('no request yet');
  await expect(page.locator('.workbench .foot [role=status]')).not.toBeEmpty();
});
