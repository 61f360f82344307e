// The three changes of day 6, and what release.sh makes of them and of others: checks run it on a copy of the learner's state.
import { CheckStop, type Desk, failed, type PullRequest, type Words } from '../../sandbox/checks/index.ts';

export const SEATS = 'seats';
export const words = (es: string, en: string): Words => ({ es, en });
export const same = (text: string): Words => ({ es: text, en: text });

/** A change that waits: its branch, which is the name of its card too, and the version that it must get. */
export interface Waiting {
  readonly card: string;
  readonly version: string;
}

export const waiting: readonly Waiting[] = [
  { card: 'towns-as-typed', version: '1.0.1' },
  { card: 'fare-with-currency', version: '1.1.0' },
  { card: 'one-price-only', version: '2.0.0' },
];

/** The commit with which a request went into main. */
export function commitOf(desk: Desk, branch: string): string {
  const pull = desk
    .forge(SEATS)
    .pulls()
    .find(({ head }) => head === branch);
  if (pull?.mergeCommit !== undefined) return pull.mergeCommit;
  throw new Error(`day 6: ${branch} is not merged`);
}

export const versionsIn = (desk: Desk): readonly string[] =>
  desk.registry.artifacts(SEATS).map(({ version }) => version);

export interface Told {
  readonly exitCode: number;
  /** The last lines that it printed. */
  readonly said: string;
}

/** Runs the learner's release.sh for a commit. */
export async function release(desk: Desk, commit: string): Promise<Told> {
  const { exitCode, stdout, stderr } = await desk.run(`bash release.sh ${commit}`);
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return { exitCode, said: lines.slice(-2).join(' · ').slice(0, 160) || '—' };
}

/** Releases those of the three that are not released yet, in order. @throws CheckStop when one of them does not get its version. */
export async function releaseWaiting(desk: Desk): Promise<void> {
  for (const { card, version } of waiting) {
    if (versionsIn(desk).includes(version)) continue;
    const { exitCode, said } = await release(desk, commitOf(desk, card));
    if (exitCode === 0 && versionsIn(desk).includes(version)) continue;
    throw new CheckStop(
      failed({
        expected: words(
          `que \`release.sh\` publique ${version} (${card}) y termine con 0`,
          `\`release.sh\` to publish ${version} (${card}) and end with 0`,
        ),
        found: words(`código ${exitCode}: ${said}`, `code ${exitCode}: ${said}`),
        where: { file: 'release.sh' },
        next: words(
          'Ejecútalo a mano con ese commit: `git -C seats log --oneline v1.0.0..main` y `bash release.sh COMMIT`.',
          'Run it by hand with that commit: `git -C seats log --oneline v1.0.0..main` and `bash release.sh COMMIT`.',
        ),
      }),
    );
  }
}

/** A change that nobody has seen: a script at the top of a clone, and the paragraphs of its commit. */
export interface Unseen {
  readonly branch: string;
  readonly message: readonly string[];
  readonly script: string;
}

/** Opens a request for it and waits for its checks; with `merge`, it goes through the gate, as one commit or with all of its own. */
export async function propose(
  desk: Desk,
  { branch, message, script }: Unseen,
  merge: false | 'squash' | 'merge',
): Promise<PullRequest> {
  const folder = `/tmp/${branch}`;
  await desk.run(`git clone -q https://git.ventarela.test/seats.git ${folder} && cd ${folder} && git switch -q -c ${branch}
${script}
git add -A && git commit -q ${message.map((part) => `-m '${part}'`).join(' ')} && git push -q origin ${branch}
gh pr create --fill && gh pr checks --watch
${merge ? `gh pr merge ${branch} --${merge} && gh run list > /dev/null && sleep 10m` : ''}`);
  const pull = desk
    .forge(SEATS)
    .pulls()
    .filter(({ head }) => head === branch)
    .at(-1);
  if (pull !== undefined && (!merge || pull.state === 'MERGED')) return pull;
  throw new Error(`day 6: ${branch} did not go through the gate`);
}
