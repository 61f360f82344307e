// What is judged of release.sh, run on a copy of the learner's state.
import {
  type Check,
  CheckStop,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { next } from './next-version-checks.ts';
import {
  codeOf,
  keptBy,
  publishedOr,
  REGISTRY,
  release,
  releasedSince,
  releaseWaiting,
  SEATS,
  same,
  sectionOf,
  sha256,
  versionsIn,
  words,
} from './released.ts';
import {
  aFix,
  andAFix,
  anotherFix,
  notMerged,
  onlyInTheFooter,
  onlyWords,
  propose,
  redOnMain,
  tellsItsRun,
} from './unseen.ts';

export const first: Check = {
  id: 'd06-c7',
  goal: words(
    '`release.sh` publica los tres cambios, uno a uno',
    '`release.sh` publishes the three changes, one by one',
  ),
  kind: 'command',
  async run(desk) {
    await releaseWaiting(desk);
    return passed;
  },
};

export const onlyTested: Check = {
  id: 'd06-c11',
  goal: words(
    '`release.sh` publica el archivo que guardó la ejecución y lo anota en CHANGELOG.md; sin ejecución verde en main, nada',
    '`release.sh` publishes the file that the run kept and writes it into CHANGELOG.md; with no green run on main, nothing',
  ),
  kind: 'command',
  async run(desk) {
    await releaseWaiting(desk);
    const before = versionsIn(desk);
    const fresh = () => releasedSince(desk, before);
    const { mergeCommit = '' } = await propose(desk, tellsItsRun, 'squash');
    const good = await release(desk, mergeCommit);
    const tested = await keptBy(desk, mergeCommit);
    const [published] = fresh();
    if (good.exitCode !== 0 || published === undefined || !tested.includes(published.digest))
      return failed({
        expected: words(
          `código 0, y publicado el archivo de la ejecución: ${sha256(tested[0])}`,
          `code 0, and the file of the run published: ${sha256(tested[0])}`,
        ),
        found:
          published === undefined || good.exitCode !== 0
            ? codeOf(good)
            : same(`${published.version}: ${sha256(published.digest)}`),
        where: { file: 'release.sh' },
        next: words(
          'No construyas: este cambio da otros bytes fuera de su ejecución. `gh run download` trae el archivo que se probó.',
          'Do not build: this change gives other bytes outside its run. `gh run download` brings the file that was tested.',
        ),
      });
    const entry = await newestEntry(desk, published.version);
    if (!entry?.includes(tellsItsRun.branch)) return notWritten(published.version, entry);
    // Merged with its own commit: that one is on main too, and green in its request alone.
    const red = await propose(desk, redOnMain, 'merge');
    if (
      !desk
        .forge(SEATS)
        .checks(red.mergeCommit ?? '')
        .some(({ conclusion }) => conclusion === 'failure')
    )
      throw new Error('day 6: the run of red-on-main is not red');
    for (const commit of [red.mergeCommit ?? '', red.headCommit]) {
      const told = await release(desk, commit);
      const extra = fresh().filter(({ version }) => version !== published.version);
      if (told.exitCode !== 0 && extra.length === 0) continue;
      const isRed = commit !== red.headCommit;
      return failed({
        expected: isRed
          ? words(
              'otro código que 0 y nada publicado: su ejecución en main acabó en rojo',
              'a code other than 0 and nothing published: its run on main was red',
            )
          : words(
              'otro código que 0 y nada publicado: ese commit solo corrió en su pull request',
              'a code other than 0 and nothing published: that commit ran in its pull request only',
            ),
        found: publishedOr(told, extra[0]?.version),
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

/** What CHANGELOG.md says of a version just released: in the folder, or wherever the script took it on the forge. */
async function newestEntry(desk: Desk, version: string): Promise<string | undefined> {
  const here = desk.exists('seats/CHANGELOG.md') ? sectionOf(desk.text('seats/CHANGELOG.md'), version) : undefined;
  if (here !== undefined) return here;
  const origin = await desk.git.origin(SEATS);
  const texts = await Promise.all(
    ((await origin?.branches()) ?? []).map((branch) => origin?.read(`refs/heads/${branch}`, 'CHANGELOG.md')),
  );
  return texts.map((text) => sectionOf(text ?? '', version)).find((section) => section !== undefined);
}

const notWritten = (version: string, entry: string | undefined): Verdict =>
  failed({
    expected: words(
      `que \`release.sh\` escriba en CHANGELOG.md un título con ${version}, el cambio y su tarjeta, \`${tellsItsRun.branch}\``,
      `\`release.sh\` to write into CHANGELOG.md a heading with ${version}, the change and its card, \`${tellsItsRun.branch}\``,
    ),
    found:
      entry === undefined
        ? words(`ningún título con ${version}`, `no heading with ${version}`)
        : same(entry.split('\n').filter(Boolean).slice(0, 2).join(' · ').slice(0, 80)),
    where: { file: 'release.sh' },
    next: words(
      'Es lo quinto que hace el script. La tarjeta está al pie del commit: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`.',
      'It is the fifth thing that the script does. The card stands at the foot of the commit: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`.',
    ),
  });

/**
 * The three released, and 2.0.1 for a fix, so that what is refused is not everything; then 2.0.2 taken by other bytes, and release.sh run
 * for a fix that would get it. @throws CheckStop when 2.0.1 is not released.
 */
const takenVersion = (copied: Desk) =>
  copied.once('a version that is taken', async (desk) => {
    await releaseWaiting(desk);
    const free = await propose(desk, aFix, 'squash');
    const good = await release(desk, free.mergeCommit ?? '');
    if (good.exitCode !== 0 || !versionsIn(desk).includes('2.0.1'))
      throw new CheckStop(
        failed({
          expected: words(
            'que `release.sh` publique un arreglo como 2.0.1, que está libre, y termine con 0',
            '`release.sh` to release a fix as 2.0.1, which is free, and to end with 0',
          ),
          found: codeOf(good),
          where: { file: 'release.sh' },
          next: words(
            'Solo debe fallar lo que el registro rechaza. Ejecútalo con `bash -x` y mira qué orden lo termina.',
            'Only what the registry refuses should fail. Run it with `bash -x` and see which command ends it.',
          ),
        }),
      );
    const taken = await propose(desk, anotherFix, 'squash');
    const address = `${REGISTRY}/2.0.2/seats-2.0.2.tgz`;
    await desk.run(`echo 'something else' > /tmp/other && curl -s -T /tmp/other ${address}`);
    const told = await release(desk, taken.mergeCommit ?? '');
    const tag = await (await desk.git.origin(SEATS))?.resolve('refs/tags/v2.0.2');
    return { told, versions: versionsIn(desk), tag };
  });

export const refusalTold: Check = {
  id: 'd06-c3',
  goal: words(
    'Si la versión ya existe con otro contenido, `release.sh` lo dice y falla',
    'If the version is there with other content, `release.sh` says so and fails',
  ),
  kind: 'command',
  async run(desk) {
    const { told, versions } = await takenVersion(desk);
    // A script that asks the registry for the newest version takes the number after the one that is taken: that is right too.
    const isElsewhere = versions.includes('2.0.3');
    if (told.exitCode !== 0 || isElsewhere) return passed;
    return failed({
      expected: words(
        'un código de salida distinto de 0 cuando 2.0.2 ya existe',
        'an exit code other than 0 when 2.0.2 is there already',
      ),
      found: codeOf(told),
      where: { file: 'release.sh' },
      next: words(
        '`curl` acaba en 0 aunque el registro conteste 409. Con `--fail-with-body` o `-f`, no.',
        '`curl` ends with 0 even when the registry answers 409. With `--fail-with-body` or `-f` it does not.',
      ),
    });
  },
};

export const noTagWithoutArtifact: Star = {
  id: 'd06-x1',
  star: 'safer',
  goal: words('Una publicación rechazada no deja ninguna etiqueta', 'A refused release leaves no tag behind'),
  kind: 'git',
  async run(desk) {
    const { tag } = await takenVersion(desk);
    if (tag === undefined) return passed;
    return failed({
      expected: words('ninguna etiqueta v2.0.2 en origin', 'no tag v2.0.2 on origin'),
      found: words(
        `v2.0.2 → ${tag.slice(0, 7)}, sin su artefacto`,
        `v2.0.2 → ${tag.slice(0, 7)}, without its artifact`,
      ),
      where: { file: 'release.sh' },
      next: words('Publica primero y etiqueta después.', 'Publish first, tag afterwards.'),
    });
  },
};

/** What to do, by the version that came, and by what next-version.sh makes of a footer alone and of the whole message that begins with `feat`. */
function adviceFor(version: string | undefined, byFooter: string, byBoth: string): Words {
  if (version === '2.0.1')
    return words(
      'Entre la última versión y ese commit hay dos. Pasa todos sus mensajes: `git log --format=%B ETIQUETA..COMMIT`.',
      'Between the last version and that commit there are two. Hand over all of their messages: `git log --format=%B TAG..COMMIT`.',
    );
  if (version?.startsWith('7.') || version?.startsWith('8.'))
    return words(
      'v7.0.0 está en una rama que nadie ha fusionado. `git tag --merged COMMIT` da solo las etiquetas que el commit contiene.',
      'v7.0.0 is on a branch that nobody has merged. `git tag --merged COMMIT` gives only the tags that the commit holds.',
    );
  if (byBoth === '3.0.0')
    return words(
      '`next-version.sh` da 3.0.0 con ese mensaje. Mira qué recibe de `release.sh` (`git log --format=%B` da el mensaje entero) y qué pasa después.',
      '`next-version.sh` gives 3.0.0 for that message. See what `release.sh` hands it (`git log --format=%B` gives the whole message), and what comes after.',
    );
  if (byFooter === '3.0.0')
    return words(
      '`next-version.sh` conoce el pie, pero antes pregunta por `feat`. Pregunta primero por lo más fuerte.',
      '`next-version.sh` knows the footer, but asks for `feat` before it. Ask for the strongest first.',
    );
  return words(
    'El signo `!` no es la única forma: mira también los renglones del mensaje que empiezan por `BREAKING CHANGE:`.',
    'The sign `!` is not the only way: look at the lines of the message that begin with `BREAKING CHANGE:` as well.',
  );
}

export const unseen: Check = {
  id: 'd06-c8',
  goal: words(
    'Lo que no está en main o no cambia el servicio no se publica; todo mensaje desde la versión anterior cuenta, también su pie',
    'What is not on main or does not change the service is not released; each message since the last version counts, its foot too',
  ),
  kind: 'command',
  async run(desk) {
    await releaseWaiting(desk);
    const before = versionsIn(desk);
    for (const [change, merge] of [
      [notMerged, false],
      [onlyWords, 'squash'],
    ] as const) {
      const pull = await propose(desk, change, merge);
      const told = await release(desk, merge ? (pull.mergeCommit ?? '') : pull.headCommit);
      const extra = releasedSince(desk, before).map(({ version }) => version);
      if (extra.length === 0 && (told.exitCode !== 0 || merge)) continue;
      return failed({
        expected: words(
          `«${change.message[0]}» ${merge ? '' : '(sin fusionar) '}no se publica`,
          `“${change.message[0]}” ${merge ? '' : '(not merged) '}is not released`,
        ),
        found: publishedOr(told, extra.join(', ')),
        where: { file: 'release.sh' },
        next: merge
          ? words(
              'Sin `fix`, `feat` ni cambio incompatible no hay versión nueva.',
              'With no `fix`, `feat` or incompatible change there is no new version.',
            )
          : words(
              '`git merge-base --is-ancestor COMMIT origin/main` dice si un commit está en main.',
              '`git merge-base --is-ancestor COMMIT origin/main` tells whether a commit is on main.',
            ),
      });
    }
    // Somebody's try, on the branch that is not merged: no version of main comes after it.
    await desk.run('git tag v7.0.0 && git push -q origin v7.0.0', { cwd: `/tmp/${notMerged.branch}` });
    await propose(desk, onlyInTheFooter, 'squash');
    const { mergeCommit = '' } = await propose(desk, andAFix, 'squash');
    const { exitCode, said } = await release(desk, mergeCommit);
    const extra = releasedSince(desk, before).map(({ version }) => version);
    if (extra.join() === '3.0.0') return passed;
    const byFooter = await next(desk, '2.0.0', ['docs: say more', 'BREAKING CHANGE: minutes has gone.']);
    const byBoth = await next(desk, '2.0.0', onlyInTheFooter.message);
    return failed({
      expected: words(
        '3.0.0 para un arreglo y, antes de él, un cambio cuyo pie dice BREAKING CHANGE',
        '3.0.0 for a fix and, before it, a change whose footer says BREAKING CHANGE',
      ),
      found: words(
        `${extra.join(', ') || 'ninguna versión'} (código ${exitCode}: ${said})`,
        `${extra.join(', ') || 'no version'} (code ${exitCode}: ${said})`,
      ),
      where: { file: byBoth === '3.0.0' ? 'release.sh' : 'next-version.sh' },
      next: adviceFor(extra[0] ?? said.match(/\d+\.\d+\.\d+/)?.[0], byFooter, byBoth),
    });
  },
};
