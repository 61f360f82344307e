// Requests that nobody has seen: a check opens them on a copy of the learner's forge and tries to merge them.
import type { Desk, PullRequest } from '../../sandbox/checks/index.ts';
import { pullOf, runsFor, SEATS } from './forge.ts';

/** A change to the files of main, as a script run at the top of a clone. */
export interface Change {
  readonly branch: string;
  readonly title: string;
  readonly script: string;
}

export const addsATest: Change = {
  branch: 'unseen/read-the-timetable',
  title: 'Test that every trip of the timetable has seats',
  script: `cat > test/timetable.test.mjs <<'FILE'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const trips = JSON.parse(readFileSync(new URL('../trips.json', import.meta.url), 'utf8'));

test('every trip of the timetable has seats', () => {
  for (const { seats } of trips) assert.ok(seats > 0);
});
FILE
echo 'The timetable has a test of its own.' >> README.md`,
};

/** Each stops the build, for another reason. */
export const breakTheBuild: readonly Change[] = [
  {
    branch: 'unseen/newer-log',
    title: 'Use the next version of the log',
    script: `sed -i 's/"bitacora": "[^"]*"/"bitacora": "^9.0.0"/' package.json`,
  },
  {
    branch: 'unseen/shorter-start',
    title: 'Shorten the start of the service',
    script: `echo 'createSeats().listen(port, () => {' >> app.mjs`,
  },
];

/** Each builds, and breaks a behaviour that has a test. */
export const breakATest: readonly Change[] = [
  {
    branch: 'unseen/one-more-seat',
    title: 'Let one more passenger in',
    script: `sed -i 's/trip.left <= 0/trip.left < 0/' booking.mjs`,
  },
  {
    branch: 'unseen/longer-holds',
    title: 'Hold seats for longer',
    script: `sed -i 's/10 \\* 60_000/100 * 60_000/' booking.mjs`,
  },
];

/** Two that are green each by itself, and red together. */
export const smallCoachesOnly: Change = {
  branch: 'unseen/small-coaches-only',
  title: 'Test that no coach has more than 30 seats',
  script: `cat > test/small.test.mjs <<'FILE'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const trips = JSON.parse(readFileSync(new URL('../trips.json', import.meta.url), 'utf8'));

test('no coach has more than 30 seats', () => {
  for (const { seats } of trips) assert.ok(seats <= 30);
});
FILE`,
};
export const aLargeCoach: Change = {
  branch: 'unseen/a-large-coach',
  title: 'Add the large coach to Puerto',
  script: `sed -i '2s/^/  { "id": "T99", "from": "Alba", "to": "Puerto", "leaves": "06:00", "seats": 52, "price": 8 },\\n/' trips.json`,
};

/** Opens a request with the change and waits until its runs and a review are over. */
export async function propose(desk: Desk, { branch, title, script }: Change): Promise<PullRequest> {
  const folder = `/tmp/${branch.replace('/', '-')}`;
  await desk.run(`git clone -q https://git.ventarela.test/seats.git ${folder} && cd ${folder} && git switch -q -c ${branch} main
${script}
git add -A && git commit -q -m '${title}' && git push -q origin ${branch}
gh pr create --title '${title}' --body 'Please.' --reviewer quality
sleep 30m`);
  return pullOf(desk, branch);
}

/** Tries to merge a request, by whichever method the repository allows. @returns whether it is merged now. */
export async function tryToMerge(desk: Desk, { number, head }: PullRequest): Promise<boolean> {
  const folder = `/tmp/${head.replace('/', '-')}`;
  await desk.run(
    `gh pr merge ${number} --squash || gh pr merge ${number} --merge || gh pr merge ${number} --rebase; sleep 30m`,
    { cwd: folder },
  );
  return (
    desk
      .forge(SEATS)
      .pulls()
      .find((one) => one.number === number)?.state === 'MERGED'
  );
}

/** Both requests that are green apart, proposed and then merged where the gate lets them. @returns as well which events the first one started runs for. */
export const greenApart = (
  desk: Desk,
): Promise<{ readonly events: readonly string[]; readonly firstIn: boolean; readonly secondIn: boolean }> =>
  desk.once('two that are green apart', async (copy) => {
    const first = await propose(copy, smallCoachesOnly);
    const second = await propose(copy, aLargeCoach);
    const events = runsFor(copy, first.headCommit).map(({ record }) => record.event);
    return { events, firstIn: await tryToMerge(copy, first), secondIn: await tryToMerge(copy, second) };
  });
