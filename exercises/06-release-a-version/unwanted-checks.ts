// What is judged of release.sh with changes that should not be released, or not under the number that comes to mind first.
import { type Check, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { notWritten } from './entry-verdicts.ts';
import { next } from './next-version-checks.ts';
import { releasedFix } from './release-checks.ts';
import { cut, notTagged, publishedOr, type Told, words } from './released.ts';
import { trial } from './trial.ts';
import { aFixBefore, notMerged, onlyInTheFooter, onlyWords } from './unseen.ts';

/** A commit that the newest version holds was given a number after it. */
const afterAll = (
  newest: string,
  told: Told & { readonly published: readonly { readonly version: string }[] },
): Verdict =>
  failed({
    expected: words(
      `que «${aFixBefore.message[0]}», ya incluido en ${newest}, no se publique después`,
      `“${aFixBefore.message[0]}”, which ${newest} includes already, not to be released after it`,
    ),
    found: publishedOr(told, told.published[0]?.version),
    where: { file: 'release.sh' },
    next: words(
      'Pregunta antes de publicar: `git tag --contains COMMIT` da las etiquetas que ya contienen el commit. Si hay alguna, `exit 1`.',
      'Ask before you publish: `git tag --contains COMMIT` gives the tags that hold the commit already. When there is one, `exit 1`.',
    ),
  });

/**
 * A fix, with something new before it, was published under another number than the one that is taken; `mixed`: what next-version.sh makes
 * of both after 1.2.3, when that is wrong.
 */
const besideTheTaken = (taken: string, told: Told, published: string, mixed: string | undefined): Verdict =>
  failed({
    expected: words(
      `para algo nuevo y después un arreglo, la versión ${taken}: como ya existe, no se publica nada`,
      `for something new and then a fix, version ${taken}: as that is there already, nothing is released`,
    ),
    found: publishedOr(told, published),
    where: { file: mixed === undefined ? 'release.sh' : 'next-version.sh' },
    next: isAfter(taken, published)
      ? words(
          'El número sigue al de la etiqueta más nueva que el commit contiene (`git tag --merged COMMIT`), no al último del registro.',
          'The number comes after that of the newest tag that the commit holds (`git tag --merged COMMIT`), not after the last of the registry.',
        )
      : mixed !== undefined
        ? words(
            `Primero eso: después de 1.2.3, con un arreglo y algo nuevo, \`next-version.sh\` da «${mixed}» y no 1.3.0. Lo juzga el paso 2.`,
            `First that: after 1.2.3, with a fix and something new, \`next-version.sh\` gives “${mixed}” and not 1.3.0. Step 2 judges it.`,
          )
        : words(
            'Cuenta cada mensaje desde la última etiqueta, no solo el último: `git log --format=%B ETIQUETA..COMMIT`.',
            'Each message since the last tag counts, not the last one alone: `git log --format=%B TAG..COMMIT`.',
          ),
  });

/** Whether `other` is a larger number than `version`, which ends with 0. */
const isAfter = (version: string, other: string): boolean => other.localeCompare(version, 'en', { numeric: true }) > 0;

/** What to do, by the version that came, and by what next-version.sh makes of a footer alone and of the whole message that begins with `feat`. */
function adviceFor(version: string | undefined, byFooter: string, byBoth: string): Words {
  if (version?.startsWith('3.'))
    return words(
      'La etiqueta más nueva que ese commit contiene es v10.0.0. Ordenadas como texto, 10 va antes que 2: `--sort=-v:refname` o `sort -V` comparan números.',
      'The newest tag that this commit holds is v10.0.0. Sorted as text, 10 comes before 2: `--sort=-v:refname` or `sort -V` compare numbers.',
    );
  if (version?.startsWith('17.') || version?.startsWith('18.'))
    return words(
      'v17.0.0 está en un cambio que nadie ha fusionado. `git tag --merged COMMIT` da solo las etiquetas que el commit contiene.',
      'v17.0.0 is on a change that nobody has merged. `git tag --merged COMMIT` gives only the tags that the commit holds.',
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
    'Ni lo ajeno a main, ni lo que no cambia el servicio, ni lo ya incluido se publica; cada mensaje desde la última etiqueta cuenta',
    'Neither what is off main, nor what changes no service, nor what is included already is released; each message since the last tag counts',
  ),
  kind: 'command',
  async run(desk) {
    const tries = await trial(desk);
    const good = await releasedFix(
      desk,
      tries,
      words(
        'Antes de lo que no se publica va lo que sí: empieza por lo que el paso 4 dice de `release.sh`.',
        'Before what is not released comes what is: begin with what step 4 says of `release.sh`.',
      ),
    );
    const unwanted = await tries.unwanted();
    for (const [change, told, isMerged] of [
      [notMerged, unwanted.notMerged, false],
      [onlyWords, unwanted.onlyWords, true],
    ] as const) {
      const extra = told.published.map(({ version }) => version);
      if (extra.length === 0 && (told.exitCode !== 0 || isMerged)) continue;
      // What a tag elsewhere leaves out is counted again.
      if (isMerged && good.tag !== undefined && good.tag !== good.commit)
        return notTagged(good.free, good.commit, good.tag);
      return failed({
        expected: words(
          `que «${change.message[0]}» ${isMerged ? '' : '(sin fusionar) '}no se publique`,
          `“${change.message[0]}” ${isMerged ? '' : '(not merged) '}not to be released`,
        ),
        found: publishedOr(told, extra.join(', ')),
        where: { file: 'release.sh' },
        next: isMerged
          ? words(
              'Sin `fix`, `feat` ni cambio incompatible no hay versión nueva: `next-version.sh` termina con 1, y `release.sh` se detiene ahí (`|| exit 1`).',
              'With no `fix`, `feat` or incompatible change there is no new version: `next-version.sh` ends with 1, and `release.sh` stops there (`|| exit 1`).',
            )
          : words(
              'La rama `main` de un fork también está en `gh run list --branch main`. Pregunta a git: `git merge-base --is-ancestor COMMIT origin/main`.',
              'The branch `main` of a fork is in `gh run list --branch main` too. Ask git: `git merge-base --is-ancestor COMMIT origin/main`.',
            ),
      });
    }
    const { major, entry, exitCode, said, published, tag, commit, older } = await tries.both();
    const extra = published.map(({ version }) => version);
    if (extra.join() === major) {
      const cards = [onlyInTheFooter.branch, aFixBefore.branch];
      // No entry at all is what c11 tells.
      if (entry !== undefined && !cards.every((card) => entry.includes(card))) return notWritten(major, entry, cards);
      if (older.published.length > 0)
        // A script that asks which tags hold a commit is misled by one that stands elsewhere.
        return tag === commit ? afterAll(major, older) : notTagged(major, commit, tag);
      const { version, taken } = await tries.refused();
      const [beside] = taken.published;
      if (beside === undefined) return passed;
      const { version: mixed } = await next(desk, '1.2.3', ['fix: one thing', 'feat: and another']);
      return besideTheTaken(version, taken, beside.version, mixed === '1.3.0' ? undefined : mixed);
    }
    const { version: byFooter } = await next(desk, '2.0.0', ['docs: say more', 'BREAKING CHANGE: minutes has gone.']);
    const { version: byBoth } = await next(desk, '2.0.0', onlyInTheFooter.message);
    return failed({
      expected: words(
        `${major} para un arreglo y, después de él, un cambio cuyo pie dice BREAKING CHANGE`,
        `${major} for a fix and, after it, a change whose footer says BREAKING CHANGE`,
      ),
      found: words(
        `${extra.join(', ') || 'ninguna versión'} (código ${exitCode}: ${cut(said, 40)})`,
        `${extra.join(', ') || 'no version'} (code ${exitCode}: ${cut(said, 40)})`,
      ),
      where: { file: byBoth === '3.0.0' ? 'release.sh' : 'next-version.sh' },
      next: adviceFor(extra[0] ?? said.match(/\d+\.\d+\.\d+/)?.[0], byFooter, byBoth),
    });
  },
};
