// The three changes of day 6, and what release.sh makes of them and of others: checks run it on a copy of the learner's state.
import { CheckStop, type Desk, failed, type Words } from '../../sandbox/checks/index.ts';

export const SEATS = 'seats';
export const REGISTRY = 'http://registry.ventarela.test/seats';
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

/** What was released since the registry held these versions. */
export const releasedSince = (desk: Desk, before: readonly string[]) =>
  desk.registry.artifacts(SEATS).filter(({ version }) => !before.includes(version));

export interface Told {
  readonly exitCode: number;
  /** The last lines that it printed. */
  readonly said: string;
}

export const codeOf = ({ exitCode, said }: Told): Words =>
  words(`código ${exitCode}: ${said}`, `code ${exitCode}: ${said}`);

/** What was published although nothing should be; the code, when nothing was. */
export const publishedOr = (told: Told, published: string | undefined): Words =>
  published ? words(`se publicó ${published}: ${told.said}`, `${published} was published: ${told.said}`) : codeOf(told);

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
    const told = await release(desk, commitOf(desk, card));
    if (told.exitCode === 0 && versionsIn(desk).includes(version)) continue;
    throw new CheckStop(
      failed({
        expected: words(
          `que \`release.sh\` publique ${version} (${card}) y termine con 0`,
          `\`release.sh\` to publish ${version} (${card}) and end with 0`,
        ),
        found: codeOf(told),
        where: { file: 'release.sh' },
        next: words(
          'Ejecútalo a mano con ese commit: `git -C seats log --oneline v1.0.0..main` y `bash release.sh COMMIT`.',
          'Run it by hand with that commit: `git -C seats log --oneline v1.0.0..main` and `bash release.sh COMMIT`.',
        ),
      }),
    );
  }
}

/** The digests of what CI kept for a commit of main. */
export async function keptBy(desk: Desk, commit: string): Promise<readonly string[]> {
  const runs = new Set(
    desk
      .forge(SEATS)
      .checks(commit)
      .map(({ run }) => run),
  );
  const digests: string[] = [];
  for (const run of runs) {
    const { stdout } = await desk.run(
      `find /srv/forge/${SEATS}/runs/${run}/artifacts -type f 2>/dev/null | sort | xargs -r sha256sum`,
    );
    digests.push(...stdout.split('\n').flatMap((line) => line.split(' ')[0] || []));
  }
  return digests;
}

/** A digest as it is told. */
export const sha256 = (digest: string | undefined): string => `sha256 ${digest?.slice(0, 12)}…`;

/** The lines below each heading of the change log that names a version. */
export function sectionOf(text: string, version: string): string | undefined {
  const lines = text.split('\n');
  const names = new RegExp(`(^|[^0-9.])${version.replaceAll('.', '\\.')}($|[^0-9.])`);
  const from = lines.findIndex((line) => /^#+ /.test(line) && names.test(line));
  if (from < 0) return undefined;
  const to = lines.findIndex((line, index) => index > from && /^##? /.test(line));
  return lines.slice(from, to < 0 ? undefined : to).join('\n');
}
