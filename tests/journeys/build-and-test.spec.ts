import { expect, test } from '@playwright/test';
import { checkAll, commands, expectShown, laid, openDay, solution, stateOnMap, type, write } from './learner.ts';

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

test('day 4 in English: the script tells the truth, and the tests fail when the service is wrong', async ({ page }) => {
  const day = '04-tests-that-can-fail';
  await openDay(page, `/en/days/${day}/`);
  await type(
    page,
    'cd ~/seats',
    "sed -i 's/trip.left <= 0/trip.left < 5/' booking.mjs",
    'bash test.sh; echo "code: $?"',
  );
  await expectShown(page, /pass 2[\s\S]*code: 0/);
  await write(page, 'test.sh', solution(day, 'seats/test.sh'));
  for (const name of ['search', 'hold', 'sale'])
    await type(page, laid(`test/${name}.test.mjs`, solution(day, `seats/test/${name}.test.mjs`)));
  await type(page, 'bash test.sh > /dev/null; echo "code: $?"');
  await expectShown(page, /code: 1/);
  await type(page, 'git restore booking.mjs', ...commands(day));
  await checkAll(page, 60_000);
  await expect.poll(() => stateOnMap(page, 'en', 'd04')).toBe('done');
});
