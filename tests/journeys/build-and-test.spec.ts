import { expect, test } from '@playwright/test';
import { checkAll, commands, expectShown, openDay, solution, stateOnMap, type, write } from './learner.ts';

test.setTimeout(120_000);

test('day 3 in Spanish: the empty machine tells what is missing, and the finished build starts there', async ({
  page,
}) => {
  await openDay(page, '/es/days/03-build-an-artifact/');
  await type(page, 'cd ~/seats', 'bash build.sh', 'cleanroom run dist/seats.tgz');
  await expectShown(page, /code: 'ERR_MODULE_NOT_FOUND'/);
  await expectShown(page, /cleanroom: el programa terminó con 1 antes de contestar/);
  await write(page, 'build.sh', solution('03-build-an-artifact', 'seats/build.sh'));
  await type(page, ...commands('03-build-an-artifact'));
  await expectShown(page, /GET \/healthz contestó 200/);
  await checkAll(page);
  await expect.poll(() => stateOnMap(page, 'es', 'd03')).toBe('done');
});
