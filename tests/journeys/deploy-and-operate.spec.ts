import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { checkAll, commands, expectShown, openDay, solution, stateOnMap, type, write } from './learner.ts';

test.setTimeout(240_000);

test('day 7 in English: three scripts take versions to web-1 while buyers call, and back', async ({ page }) => {
  const day = '07-deploy-and-go-back';
  await openDay(page, `/en/days/${day}/`);
  for (const name of ['record.sh', 'rollback.sh', 'deploy.sh'])
    await write(page, name, readFileSync(`exercises/${day}/alternative/the-host-does-it/ops/${name}`, 'utf8'));
  await type(page, ...commands(day));
  await type(page, 'curl -s http://web-1/version');
  await expectShown(page, /"version":"1\.1\.0"/);
  await checkAll(page);
  await expect.poll(() => stateOnMap(page, 'en', 'd07')).toBe('done');
});

test('day 8 in Spanish: the figures of a Friday, a diagnosis and a rule that does for Saturday too', async ({
  page,
}) => {
  const day = '08-customers-are-calling';
  await openDay(page, `/es/days/${day}/`);
  await type(page, 'prodsim run friday-1700');
  await expectShown(page, /llamadas a Soporte +407/);
  for (const name of ['latency.promql', 'diagnosis.yaml', 'decision.yaml', 'capacity.yaml'])
    await write(page, name, solution(day, name));
  await type(page, 'prodsim run friday-1700');
  await expectShown(page, /costo \(unidades\) +23\.33/);
  await checkAll(page, 90_000);
  await expect.poll(() => stateOnMap(page, 'es', 'd08')).toBe('done');
});
