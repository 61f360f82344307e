// Changes that nobody has seen: checks take them through the gate, on a copy of the learner's forge, for release.sh to be run for them.
import type { Desk, PullRequest } from '../../sandbox/checks/index.ts';
import { SEATS } from './released.ts';

/** A change that nobody has seen: a script at the top of a clone, and the paragraphs of its commit. */
interface Unseen {
  readonly branch: string;
  readonly message: readonly string[];
  readonly script: string;
}

/** What an entry in CHANGELOG.md has to say of the next one, in any letters. */
export const itsWords = 'tell which run built this';
/**
 * A change whose artifact tells which run built it: what is built elsewhere has other bytes. It also makes one line of the
 * suite, which is not judged here: so all the runs after it take half the time.
 */
export const tellsItsRun: Unseen = {
  branch: 'tell-the-run',
  message: [`fix: ${itsWords}`, 'Card: tell-the-run'],
  script: `sed -i '2i (cd "$(dirname "$0")" && echo "// built by run \${GITHUB_RUN_ID:-of nobody}" >> app.mjs)' build.sh
printf '%s\\n' '#!/usr/bin/env bash' 'echo "ok 1 - it answers"' > test.sh`,
};
/** A change that is green as a request and red on main: what is released after it holds something new. */
export const redOnMain: Unseen = {
  branch: 'red-on-main',
  message: ['feat: keep trips in the order of the day', 'Card: red-on-main'],
  script: `sed -i '2i if [ "\${GITHUB_REF:-}" = refs/heads/main ]; then echo "not ok 1 - trips in order"; exit 1; fi' test.sh`,
};

/** Makes main green again where the one before it is in. */
export const anotherFix: Unseen = {
  branch: 'quiet-health',
  message: ['fix: log no question after health', 'Card: quiet-health'],
  script: `sed -i '/not ok 1 - trips in order/d' test.sh; echo '// none for health' >> app.mjs`,
};

export const onlyInTheFooter: Unseen = {
  branch: 'holds-in-seconds',
  message: [
    'feat(holds): tell in seconds how long a hold lasts',
    'BREAKING CHANGE: minutes has gone; read seconds.',
    'Card: holds-in-seconds',
  ],
  script: `sed -i 's/minutes: HOLD_MS/seconds: HOLD_MS/; s/60_000 };/1_000 };/' booking.mjs`,
};
/** Merged before it and released with it: by itself it would get a smaller number, which nobody has. */
export const aFixBefore: Unseen = {
  branch: 'before-the-seconds',
  message: ['fix: write no log of a hold', 'Card: before-the-seconds'],
  script: `echo '// holds are quiet' >> app.mjs`,
};
export const onlyWords: Unseen = {
  branch: 'say-it-better',
  message: ['docs: say in the README what a hold is', 'Card: say-it-better'],
  script: `echo 'A hold keeps a seat while you pay.' >> README.md`,
};
/** Proposed from the main of a fork: `gh run list --branch main` lists its green run too. */
export const notMerged: Unseen = {
  branch: 'not-yet-agreed',
  message: ['feat: answer in capitals', 'Card: not-yet-agreed'],
  script: `echo '// not agreed yet' >> app.mjs`,
};

const CLONE = 'git clone -q https://git.ventarela.test/seats.git';

/** Opens a request from the main of a fork and waits for its checks. Its commit is in the learner's folder, as in that of anybody who looked at it. */
export async function proposeFromFork(desk: Desk, { branch, message, script }: Unseen): Promise<PullRequest> {
  await desk.run(`gh repo fork ventarela/seats; ${CLONE} /tmp/${branch} && cd /tmp/${branch}
${script}
git commit -q -a ${message.map((part) => `-m '${part}'`).join(' ')} && git push -q -f https://git.ventarela.test/dev/seats.git HEAD:main
gh pr create -R ventarela/seats --head dev:main --base main --title '${branch}' --body 'Please.' && sleep 10m`);
  const pull = newest(desk, 'dev:main');
  if (pull === undefined) throw new Error(`day 6: ${branch} is not proposed`);
  await desk.run(`git fetch -q origin pull/${pull.number}/head`, { cwd: SEATS });
  return pull;
}

const newest = (desk: Desk, from: string): PullRequest | undefined =>
  desk
    .forge(SEATS)
    .pulls()
    .filter(({ head }) => head === from)
    .at(-1);

/** Opens a request for it and waits for its checks; it goes through the gate, as one commit or with all of its own. */
export async function propose(
  desk: Desk,
  { branch, message, script }: Unseen,
  merge: 'squash' | 'merge',
): Promise<PullRequest> {
  const folder = `/tmp/${branch}`;
  await desk.run(`${CLONE} ${folder} && cd ${folder} && git switch -q -c ${branch}
${script}
git add -A && git commit -q ${message.map((part) => `-m '${part}'`).join(' ')} && git push -q origin ${branch}
gh pr create --fill && gh pr checks --watch
gh pr merge ${branch} --${merge} && gh run list > /dev/null && sleep 10m`);
  const pull = newest(desk, branch);
  if (pull?.state === 'MERGED') return pull;
  throw new Error(`day 6: ${branch} did not go through the gate`);
}
