// What is judged of release.sh where it should release, run on a copy of the learner's state: the three changes, and what was tested alone.
import { type Check, CheckStop, type Desk, failed, passed, type Words } from '../../sandbox/checks/index.ts';
import { holdsOlder, notWritten, olderLost, titleMoved } from './entry-verdicts.ts';
import { codeOf, isNamed, notTagged, publishedOr, sha256, whereItStopped, words, wrongName } from './released.ts';
import { type Trial, trial } from './trial.ts';
import { itsWords, tellsItsRun } from './unseen.ts';

export const first: Check = {
  id: 'd06-c7',
  goal: words(
    '`release.sh` publica los tres cambios, uno a uno, y envía la etiqueta de cada uno',
    '`release.sh` publishes the three changes, one by one, and pushes the tag of each',
  ),
  kind: 'command',
  async run(desk) {
    const tries = await trial(desk);
    await tries.three();
    const { published, tag, commit } = await tries.good();
    const [first] = published;
    if (first !== undefined && !isNamed(first)) return wrongName(first);
    return first === undefined || tag !== undefined ? passed : notTagged(first.version, commit, tag);
  },
};

export const onlyTested: Check = {
  id: 'd06-c11',
  goal: words(
    '`release.sh` publica el archivo que guardó la ejecución y lo anota en CHANGELOG.md, justo bajo el título; sin ejecución verde en main, nada',
    '`release.sh` publishes the file that the run kept and enters it in CHANGELOG.md, right below the title; with no green run on main, nothing',
  ),
  kind: 'command',
  async run(desk) {
    const tries = await trial(desk);
    const { tested, entry, older, headings, lost, free, ...good } = await tries.good();
    const [published] = good.published;
    if (good.exitCode !== 0 || published === undefined)
      return failed({
        expected: words(`código 0 y un arreglo publicado como ${free}`, `code 0 and a fix published as ${free}`),
        found: codeOf(good),
        where: { file: 'release.sh' },
        next: whereItStopped(desk, good),
      });
    if (!tested.includes(published.digest))
      return failed({
        expected: words(
          `el archivo que guardó la ejecución de ese commit en main: ${sha256(tested[0])}`,
          `the file that the run of that commit on main kept: ${sha256(tested[0])}`,
        ),
        found: words(
          `publicado como ${published.version}: ${sha256(published.digest)}`,
          `published as ${published.version}: ${sha256(published.digest)}`,
        ),
        where: { file: 'release.sh' },
        next: words(
          'No construyas ni tomes el de otra ejecución: `gh run download "$run" …`, con el id de la suya, trae el archivo que se probó.',
          'Neither build nor take that of another run: `gh run download "$run" …`, with the id of its own, brings the file that was tested.',
        ),
      });
    if (!entry?.includes(tellsItsRun.branch) || !entry.toLowerCase().includes(itsWords))
      return notWritten(published.version, entry, [itsWords, tellsItsRun.branch]);
    if (lost) return olderLost(published.version);
    const [title = '', ...below] = headings;
    const newest = below.find((heading) => /\d+\.\d+\.\d+/.test(heading));
    if (/\d\.\d/.test(title) || below.includes(title) || !newest?.includes(published.version))
      return titleMoved(headings);
    if (older !== undefined) return holdsOlder(published.version, older);
    const { red, request } = await tries.untested();
    for (const told of [red, request]) {
      if (told.exitCode !== 0 && told.published.length === 0) continue;
      if (told.another !== undefined) return told.another;
      const isRed = told === red;
      return failed({
        expected: isRed
          ? words(
              'con un commit cuya ejecución en main acabó en rojo, otro código que 0 y nada publicado',
              'for a commit whose run on main was red, a code other than 0 and nothing published',
            )
          : words(
              'con un commit que CI solo probó en su pull request, otro código que 0 y nada publicado',
              'for a commit that CI tested in its pull request only, a code other than 0 and nothing published',
            ),
        found: publishedOr(told, told.published[0]?.version),
        where: { file: 'release.sh' },
        next: isRed
          ? words(
              'Pide solo ejecuciones que acabaron bien: `gh run list … --status success`. Si no queda ninguna, `exit 1`.',
              'Ask only for runs that ended well: `gh run list … --status success`. When none is left, `exit 1`.',
            )
          : words(
              'Pide solo ejecuciones de main: `gh run list --branch main …`. Si no queda ninguna, `exit 1`.',
              'Ask only for runs on main: `gh run list --branch main …`. When none is left, `exit 1`.',
            ),
      });
    }
    return passed;
  },
};

/** What a fix with a free number became. @throws CheckStop when it is not released: a script that refuses everything shows nothing. */
export async function releasedFix(desk: Desk, tries: Trial, next?: Words) {
  const good = await tries.good();
  const [first] = good.published;
  if (first !== undefined && !isNamed(first)) throw new CheckStop(wrongName(first));
  if (good.exitCode === 0 && first !== undefined) return good;
  throw new CheckStop(
    failed({
      expected: words(
        `que \`release.sh\` publique un arreglo como ${good.free}, que está libre, y termine con 0`,
        `\`release.sh\` to release a fix as ${good.free}, which is free, and to end with 0`,
      ),
      found: codeOf(good),
      where: { file: 'release.sh' },
      next: next ?? whereItStopped(desk, good),
    }),
  );
}
