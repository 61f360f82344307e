import { expect, test } from '@playwright/test';
import { checkAll, commands, expectShown, laid, openDay, solution, stateOnMap, type, write } from './learner.ts';

test.setTimeout(300_000);

test('day 9 in English: the CPU alert is silent, the two on symptoms tell, and the logs answer', async ({ page }) => {
  const day = '09-know-before-they-call';
  await openDay(page, `/en/days/${day}/`);
  await type(page, 'prodsim run slow-payment');
  await expectShown(page, /no alert fired with the rules of monitoring\/alerts\.yaml/);
  await write(page, 'alerts.yaml', solution(day, 'monitoring/alerts.yaml'));
  for (const name of ['alertmanager.yml', 'notify.yaml'])
    await type(page, laid(`monitoring/${name}`, solution(day, `monitoring/${name}`)));
  await type(page, ...commands(day));
  await checkAll(page, 90_000);
  await expect.poll(() => stateOnMap(page, 'en', 'd09')).toBe('done');
});

test('day 10 in Spanish: from the alert round the whole loop to the report', async ({ page }) => {
  const day = '10-the-loop-closes';
  await openDay(page, `/es/days/${day}/`);
  await type(page, 'inbox operations');
  await expectShown(page, /\[FIRING:1\] BuyersGetErrors/);
  await type(page, laid('seats/test/incident.test.mjs', solution(day, 'seats/test/incident.test.mjs')));
  await write(page, 'duration.mjs', solution(day, 'seats/duration.mjs'));
  await type(page, ...commands(day));
  await expectShown(page, /anotado: /);
  await checkAll(page, 90_000);
  await expect.poll(() => stateOnMap(page, 'es', 'd10')).toBe('done');
});
