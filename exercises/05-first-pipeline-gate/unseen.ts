// Requests that nobody has seen: a check opens them on a copy of the learner's forge and tries to merge them.
import type { Desk, PullRequest } from '../../sandbox/checks/index.ts';
import { BUILT, checksTold, jobThat, pullOf, runsFor, SEATS, testsIn, testsOf } from './forge.ts';

/** A change to the files of main, as a script run at the top of a clone. */
export interface Change {
  readonly branch: string;
  readonly title: string;
  readonly script: string;
  /** The role of the company whose change it is; the learner's own where none is named. */
  readonly by?: string;
}

/** Touches no program: a workflow that is started by some `paths` alone leaves it waiting for ever. */
export const onlyWords: Change = {
  branch: 'unseen/read-the-timetable',
  title: 'Say in the README where the timetable is',
  script: `echo 'The timetable is in trips.json.' >> README.md`,
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
  by: 'dev-web',
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
export async function propose(desk: Desk, { branch, title, script, by }: Change): Promise<PullRequest> {
  const folder = `/tmp/${branch.replace('/', '-')}`;
  await desk.run(
    `git clone -q https://git.ventarela.test/seats.git ${folder} && cd ${folder} && git switch -q -c ${branch} main
${script}
git add -A && git commit -q -m '${title}' && git push -q origin ${branch}
gh pr create --title '${title}' --body 'Please.' --reviewer quality
sleep 30m`,
    { ...(by !== undefined && { as: by }) },
  );
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

interface Apart {
  /** Which events started a run that builds the first one; a run of another kind costs no build. */
  readonly events: readonly string[];
  /** Its tests, of which it brings one, and how many of them ran; undefined where none did. */
  readonly tests: { readonly all: number; readonly ran: number } | undefined;
  /** What the checks of the first one said. */
  readonly told: string;
  readonly firstIn: boolean;
  readonly secondIn: boolean;
}

/** Both requests that are green apart, proposed and then merged where the gate lets them. */
export const greenApart = (desk: Desk): Promise<Apart> =>
  desk.once('two that are green apart', async (copy) => {
    const first = await propose(copy, smallCoachesOnly);
    const second = await propose(copy, aLargeCoach);
    const runs = runsFor(copy, first.headCommit);
    const ran = Math.max(0, ...runs.map(testsIn));
    return {
      events: runs.filter((run) => jobThat(run, BUILT) !== undefined).map(({ record }) => record.event),
      tests: ran === 0 ? undefined : { all: await testsOf(copy, first.headCommit), ran },
      told: checksTold(copy, first.headCommit),
      firstIn: await tryToMerge(copy, first),
      secondIn: await tryToMerge(copy, second),
    };
  });
