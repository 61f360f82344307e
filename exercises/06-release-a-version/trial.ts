// release.sh tried on one copy of the learner's state, for all the checks that judge it: a step begins where the one before it ended, and
// none is taken before a check asks for it. Numbers come from what the registry holds, so that a mistake in one step is not told in another.
import { CheckStop, type Desk, failed, onDemand } from '../../sandbox/checks/index.ts';
import {
  type Artifact,
  commitOf,
  FIRST,
  fileOfAnother,
  headingsIn,
  keptBy,
  REGISTRY,
  release,
  releasedSince,
  releaseWaiting,
  SEATS,
  sectionOf,
  type Told,
  tagOnOrigin,
  versionsIn,
  waiting,
  words,
} from './released.ts';
import {
  aFixBefore,
  anotherFix,
  notMerged,
  onlyInTheFooter,
  onlyWords,
  propose,
  proposeFromFork,
  redOnMain,
  tellsItsRun,
} from './unseen.ts';

/** What release.sh made of a commit. */
interface Tried extends Told {
  readonly commit: string;
  readonly published: readonly Artifact[];
}

/** `left`: what there was of the version all the same; `lost`: versions whose entries went with it. */
interface Refused extends Tried {
  readonly left: readonly string[];
  readonly lost: readonly string[];
}

interface Another {
  readonly another: Awaited<ReturnType<typeof fileOfAnother>>;
}

export interface Trial {
  /** The three released. @throws CheckStop when one of them is not. */
  three(): Promise<void>;
  /** A fix whose artifact tells its run; `free`: the number that waits for it; `lost`: what CHANGELOG.md said of the first version is gone. */
  good(): Promise<
    Tried & {
      free: string;
      /** The commit of a change from a fork, which is proposed by then. */
      fork: string;
      tested: readonly string[];
      entry: string | undefined;
      /** The subject of a change of an earlier version that stands in that entry. */
      older: string | undefined;
      /** The headings of CHANGELOG.md then. */
      headings: readonly string[];
      lost: boolean;
      tag: string | undefined;
    }
  >;
  /** What nobody merged, and what changes words alone. */
  unwanted(): Promise<{ notMerged: Tried; onlyWords: Tried }>;
  /**
   * A change that only its foot calls incompatible, and a fix before it; `major`: the number that both must get. `older`: that fix by
   * itself afterwards, while the number that it would have got before is free.
   */
  both(): Promise<Tried & { major: string; entry: string | undefined; tag: string | undefined; older: Tried }>;
  /** A merge that is red on main, and its own commit, which ran in its request only; `another`: the file of another run was published. */
  untested(): Promise<{ red: Tried & Another; request: Tried & Another }>;
  /** A fix, and before it something new: first while the registry takes nothing, then when their number holds other bytes already. */
  refused(): Promise<{ version: string; closed: Refused; taken: Refused }>;
}

/** With this file on its disk the registry takes nothing and answers 503. */
const READ_ONLY = '/srv/registry/.read-only';

/** Tagged on main and published, and tagged on what nobody merged. */
const BY_HAND = '10.0.0';
const A_TRY = '17.0.0';

/** The newest version that the registry holds, in numbers. */
const newest = (desk: Desk): readonly [number, number, number] =>
  versionsIn(desk)
    .map((version) => version.split('.').map(Number) as [number, number, number])
    .reduce((one, other) => ((one[0] - other[0] || one[1] - other[1] || one[2] - other[2]) > 0 ? one : other));

function nextPatch(desk: Desk): string {
  const [major, minor, patch] = newest(desk);
  return `${major}.${minor}.${patch + 1}`;
}

function nextMinor(desk: Desk): string {
  const [major, minor] = newest(desk);
  return `${major}.${minor + 1}.0`;
}

async function tried(desk: Desk, commit: string): Promise<Tried> {
  const before = versionsIn(desk);
  return { ...(await release(desk, commit)), commit, published: releasedSince(desk, before) };
}

const ownChangeLog = (desk: Desk): string => (desk.exists('seats/CHANGELOG.md') ? desk.text('seats/CHANGELOG.md') : '');

const names = (text: string, version: string): boolean => sectionOf(text, version) !== undefined;

/** The CHANGELOG.md that names a version just released: in the folder, or wherever the script committed it, here or on the forge. */
async function changeLogWith(desk: Desk, version: string): Promise<string | undefined> {
  const own = ownChangeLog(desk);
  if (names(own, version)) return own;
  for (const repository of [await desk.git.at(SEATS), await desk.git.origin(SEATS)]) {
    for (const branch of (await repository?.branches()) ?? []) {
      const text = (await repository?.read(`refs/heads/${branch}`, 'CHANGELOG.md')) ?? '';
      if (names(text, version)) return text;
    }
  }
  return undefined;
}

/** What it says of that version. */
async function entryOf(desk: Desk, version: string | undefined): Promise<string | undefined> {
  const text = version === undefined ? undefined : await changeLogWith(desk, version);
  return sectionOf(text ?? '', version ?? '');
}

/** The subject of one of the three, without its kind, that an entry of what came after them tells, and no commit after them bears too. */
async function olderIn(desk: Desk, entry = ''): Promise<string | undefined> {
  const three = waiting.map(({ card }) => commitOf(desk, card));
  const commits = (await (await desk.git.origin(SEATS))?.commits('refs/heads/main')) ?? [];
  const after = commits.slice(
    0,
    commits.findIndex(({ id }) => three.includes(id)),
  );
  return commits
    .filter(({ id }) => three.includes(id))
    .map(({ message }) => message.split('\n')[0]?.replace(/^\S+: | \(#\d+\)$/g, '') ?? '')
    .find(
      (subject) => subject !== '' && entry.includes(subject) && !after.some(({ message }) => message.includes(subject)),
    );
}

/** What there may be of a version: its tag here, its tag on origin, if only for a moment, its entry. */
async function tracesOf(desk: Desk, version: string): Promise<readonly string[]> {
  const { stdout } = await desk.run(`git tag --list v${version}`, { cwd: SEATS });
  const isPushed = desk
    .happened()
    .some((event) => event.type === 'RefUpdated' && event.ref === `refs/tags/v${version}`);
  return [
    ...(stdout.trim() === '' ? [] : [`v${version} (seats)`]),
    ...(isPushed ? [`v${version} (origin)`] : []),
    ...((await entryOf(desk, version)) === undefined ? [] : ['CHANGELOG.md']),
  ];
}

/** What release.sh makes of a commit whose version the registry does not take. */
async function refusal(desk: Desk, commit: string, version: string): Promise<Refused> {
  const written = [...ownChangeLog(desk).matchAll(/^#+ .*?(\d+\.\d+\.\d+)/gm)].map(([, one = '']) => one);
  const told = await tried(desk, commit);
  const lost: string[] = [];
  for (const one of written) if ((await changeLogWith(desk, one)) === undefined) lost.push(one);
  return { ...told, left: await tracesOf(desk, version), lost };
}

/** What all checks but c7 say where the three are not released: why, is told there once. */
const comesAfter = (desk: Desk) =>
  failed({
    expected: words(
      'antes, los tres cambios publicados y etiquetados: 1.0.1, 1.1.0 y 2.0.0',
      'before this, the three changes released and tagged: 1.0.1, 1.1.0 and 2.0.0',
    ),
    found: words(
      `en el registro de la copia: ${versionsIn(desk).join(', ')}`,
      `in the registry of the copy: ${versionsIn(desk).join(', ')}`,
    ),
    where: { file: 'release.sh' },
    next: words(
      'El paso 4, donde `release.sh` los publica uno a uno, dice por qué no salió. Este objetivo viene después.',
      'Step 4, where `release.sh` publishes them one by one, says why that failed. This goal comes after it.',
    ),
  });

export const trial = (learners: Desk): Promise<Trial> =>
  learners.once('release.sh tried', async (desk) => {
    const began = ownChangeLog(desk);
    const three = onDemand(() => releaseWaiting(desk));
    const good = onDemand(async () => {
      await three().catch((stopped) => {
        throw stopped instanceof CheckStop ? new CheckStop(comesAfter(desk)) : stopped;
      });
      const free = nextPatch(desk);
      const { mergeCommit = '' } = await propose(desk, tellsItsRun, 'squash');
      // Its run is the newest then: a script that takes the newest artifact of all takes that.
      const { headCommit: fork } = await proposeFromFork(desk, notMerged);
      const one = await tried(desk, mergeCommit);
      const version = one.published[0]?.version;
      const log = version === undefined ? undefined : await changeLogWith(desk, version);
      const entry = sectionOf(log ?? '', version ?? '');
      return {
        ...one,
        fork,
        free,
        tested: await keptBy(desk, mergeCommit),
        entry,
        older: await olderIn(desk, entry),
        headings: headingsIn(log ?? ''),
        lost: names(began, FIRST) && !names(log ?? began, FIRST),
        tag: version === undefined ? undefined : await tagOnOrigin(desk, version),
      };
    });
    const unwanted = onDemand(async () => {
      const { fork } = await good();
      const early = await tried(desk, fork);
      const { mergeCommit = '' } = await propose(desk, onlyWords, 'squash');
      const late = await tried(desk, mergeCommit);
      // A colleague releases it by hand, under a number with more digits: sorted as text, it comes before 2.
      await desk.run(
        `git fetch -q && git tag -a v${BY_HAND} -m 'seats ${BY_HAND}' ${mergeCommit} && git push -q origin v${BY_HAND}
echo by hand > /tmp/by-hand && curl -s -T /tmp/by-hand ${REGISTRY}/${BY_HAND}/seats-${BY_HAND}.tgz`,
        { cwd: `/tmp/${onlyWords.branch}` },
      );
      return { notMerged: early, onlyWords: late };
    });
    const both = onDemand(async () => {
      await unwanted();
      const major = `${newest(desk)[0] + 1}.0.0`;
      // Somebody's try, on what is not merged: no version of main comes after it.
      await desk.run(`git tag v${A_TRY} && git push -q origin v${A_TRY}`, { cwd: `/tmp/${notMerged.branch}` });
      const { mergeCommit: before = '' } = await propose(desk, aFixBefore, 'squash');
      const { mergeCommit = '' } = await propose(desk, onlyInTheFooter, 'squash');
      const one = await tried(desk, mergeCommit);
      const entry = await entryOf(desk, one.published[0]?.version);
      const tag = await tagOnOrigin(desk, major);
      return { ...one, major, entry, tag, older: await tried(desk, before) };
    });
    const untested = onDemand(async () => {
      await both();
      // Merged with its own commit: that one is on main too, and green in its request alone.
      const { mergeCommit = '', headCommit } = await propose(desk, redOnMain, 'merge');
      const isRed = desk
        .forge(SEATS)
        .checks(mergeCommit)
        .some(({ conclusion }) => conclusion === 'failure');
      if (!isRed) throw new Error('day 6: the run of red-on-main is not red');
      const whose = async (commit: string) => {
        const one = await tried(desk, commit);
        const [first] = one.published;
        return { ...one, another: first && (await fileOfAnother(desk, first.version, commit)) };
      };
      return { red: await whose(mergeCommit), request: await whose(headCommit) };
    });
    const refused = onDemand(async () => {
      const { red } = await untested();
      // When the red merge before it was published, though nothing should be, the fix is alone.
      const version = red.published.length > 0 ? nextPatch(desk) : nextMinor(desk);
      const { mergeCommit = '' } = await propose(desk, anotherFix, 'squash');
      await desk.run(`touch ${READ_ONLY}`);
      const closed = await refusal(desk, mergeCommit, version);
      // Last of all in the registry: the try on what nobody merged, whose tag is there. No number of main comes after it.
      await desk.run(
        `rm ${READ_ONLY}; echo other > /tmp/other; for one in ${version} ${A_TRY}; do curl -s -T /tmp/other ${REGISTRY}/$one/seats-$one.tgz; done`,
      );
      return { version, closed, taken: await refusal(desk, mergeCommit, version) };
    });
    return { three, good, unwanted, both, untested, refused };
  });
