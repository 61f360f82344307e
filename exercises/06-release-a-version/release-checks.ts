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
  cut,
  FIRST,
  isNamed,
  notTagged,
  publishedOr,
  same,
  sha256,
  type Told,
  tryDry,
  words,
  wrongName,
} from './released.ts';
import { type Trial, trial } from './trial.ts';
import { aFixBefore, itsWords, notMerged, onlyInTheFooter, onlyWords, tellsItsRun } from './unseen.ts';

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
    '`release.sh` publica el archivo que guardó la ejecución y lo anota en CHANGELOG.md, bajo el título; sin ejecución verde en main, nada',
    '`release.sh` publishes the file that the run kept and enters it in CHANGELOG.md, below the title; with no green run on main, nothing',
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
        next: tryDry,
      });
    if (!tested.includes(published.digest))
      return failed({
        expected: words(
          `publicado el archivo de la ejecución: ${sha256(tested[0])}`,
          `the file of the run published: ${sha256(tested[0])}`,
        ),
        found: same(`${published.version}: ${sha256(published.digest)}`),
        where: { file: 'release.sh' },
        next: words(
          'No construyas: este cambio da otros bytes fuera de su ejecución. `gh run download` trae el archivo que se probó.',
          'Do not build: this change gives other bytes outside its run. `gh run download` brings the file that was tested.',
        ),
      });
    if (!entry?.includes(tellsItsRun.branch) || !entry.toLowerCase().includes(itsWords))
      return notWritten(published.version, entry, `«${itsWords}», \`${tellsItsRun.branch}\``);
    if (lost) return olderLost(published.version);
    const [title = '', ...below] = headings;
    if (/\d\.\d/.test(title) || below.includes(title)) return titleMoved(headings);
    if (older !== undefined) return holdsOlder(published.version, older);
    const { red, request } = await tries.untested();
    for (const told of [red, request]) {
      if (told.exitCode !== 0 && told.published.length === 0) continue;
      if (told.another !== undefined) return told.another;
      const isRed = told === red;
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

const notWritten = (version: string, entry: string | undefined, wanted: string): Verdict =>
  failed({
    expected: words(
      `en CHANGELOG.md, un título con ${version} y debajo cada cambio y su tarjeta: ${wanted}`,
      `in CHANGELOG.md a heading with ${version}, and below it each change and its card: ${wanted}`,
    ),
    found:
      entry === undefined
        ? words(`ningún título con ${version}`, `no heading with ${version}`)
        : same(cut(entry.split('\n').filter(Boolean).slice(0, 3).join(' · '), 80)),
    where: { file: 'release.sh' },
    next: words(
      'El punto 5, con un renglón por commit desde la etiqueta anterior: `git log --format="- %s (%(trailers:key=Card,valueonly,separator=%x2C))"`.',
      'Point 5, with a line for each commit since the last tag: `git log --format="- %s (%(trailers:key=Card,valueonly,separator=%x2C))"`.',
    ),
  });

const holdsOlder = (version: string, older: string): Verdict =>
  failed({
    expected: words(
      `en CHANGELOG.md, bajo ${version}, solo lo que vino desde la versión anterior`,
      `in CHANGELOG.md, under ${version}, only what came since the version before`,
    ),
    found: words(`también «${older}», de una versión anterior`, `“${older}” as well, of an earlier version`),
    where: { file: 'release.sh' },
    next: words(
      'Sin la etiqueta, `git log` cuenta toda la historia. Empieza en ella: `git log … "$last..$commit"`.',
      'Without the tag `git log` tells the whole history. Begin at it: `git log … "$last..$commit"`.',
    ),
  });

const olderLost = (version: string): Verdict =>
  failed({
    expected: words(
      `en CHANGELOG.md, ${version} y lo que ya estaba escrito`,
      `in CHANGELOG.md ${version}, and what was written before`,
    ),
    found: words(`${version}, y ya ningún título con ${FIRST}`, `${version}, and no heading with ${FIRST} any more`),
    where: { file: 'release.sh' },
    next: words(
      'Con `>` el archivo empieza vacío. Escribe la entrada en otro archivo, añádele el CHANGELOG.md de antes y cópialo encima; o añade al final con `>>`.',
      'With `>` the file begins empty. Write the entry into another file, add the old CHANGELOG.md and copy it over; or append with `>>`.',
    ),
  });

const titleMoved = (headings: readonly string[]): Verdict =>
  failed({
    expected: words(
      'en CHANGELOG.md, primero el título, una vez, y debajo las versiones',
      'in CHANGELOG.md the title first, once, and the versions below it',
    ),
    found: same(headings.slice(0, 4).join(' · ')),
    where: { file: 'release.sh' },
    next: words(
      'Escribe el título, la entrada y después lo de antes sin su primer renglón: `tail -n +2 CHANGELOG.md`. O añade la entrada al final con `>>`.',
      'Write the title, the entry, and then what was there without its first line: `tail -n +2 CHANGELOG.md`. Or append the entry with `>>`.',
    ),
  });

/** What a fix with a free number became. @throws CheckStop when it is not released: a script that refuses everything shows nothing. */
async function releasedFix(tries: Trial, next: Words) {
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
      next,
    }),
  );
}

/** A version that is taken, after one that was free. */
async function takenVersion(desk: Desk) {
  const tries = await trial(desk);
  const good = await releasedFix(tries, tryDry);
  return { ...(await tries.taken()), good };
}

export const refusalTold: Check = {
  id: 'd06-c3',
  goal: words(
    'Si la versión ya existe con otro contenido, `release.sh` lo dice y falla',
    'If the version is there with other content, `release.sh` says so and fails',
  ),
  kind: 'command',
  async run(desk) {
    const { version, published, ...told } = await takenVersion(desk);
    // What it publishes under another number is told by c8.
    if (published.length > 0 || (told.exitCode !== 0 && told.said !== '')) return passed;
    return failed({
      expected: words(
        `otro código que 0, y un mensaje, cuando ${version} ya existe`,
        `a code other than 0, and a message, when ${version} is there already`,
      ),
      found: codeOf(told),
      where: { file: 'release.sh' },
      next:
        told.exitCode === 0
          ? words(
              '`curl` acaba en 0 aunque el registro conteste 409; con `--fail-with-body` o `-f`, no. Entonces, `exit 1`.',
              '`curl` ends with 0 even when the registry answers 409; with `--fail-with-body` or `-f` it does not. Then `exit 1`.',
            )
          : words(
              'Falla en silencio. `if ! curl …; then echo … >&2; exit 1; fi` dice qué ha pasado.',
              'It fails in silence. `if ! curl …; then echo … >&2; exit 1; fi` says what happened.',
            ),
    });
  },
};

export const noTagWithoutArtifact: Star = {
  id: 'd06-x1',
  star: 'safer',
  goal: words(
    'Una publicación rechazada no tiene etiqueta en origin ni un momento, ni deja entrada en CHANGELOG.md; una aceptada, sí',
    'A refused release has no tag on origin, not for a moment, and leaves no entry in CHANGELOG.md; one that is taken does',
  ),
  kind: 'git',
  async run(desk) {
    const { version, published, left, lost, good, exitCode } = await takenVersion(desk);
    const free = good.published[0]?.version ?? good.free;
    if (good.tag === undefined) return notTagged(free, good.commit, good.tag);
    if (good.entry === undefined) return notWritten(free, good.entry, `\`${tellsItsRun.branch}\``);
    if (published.length > 0) return passed;
    if (lost.length > 0)
      return failed({
        expected: words(
          `que al rechazarse ${version} queden las entradas de antes`,
          `the entries of before to stay when ${version} is refused`,
        ),
        found: words(`en CHANGELOG.md falta ${lost.join(', ')}`, `CHANGELOG.md lacks ${lost.join(', ')}`),
        where: { file: 'release.sh' },
        next: words(
          'Publica primero y escribe la entrada después: así no hay nada que deshacer.',
          'Publish first and write the entry afterwards: then there is nothing to undo.',
        ),
      });
    if (left.length === 0) return passed;
    return failed({
      expected: words(`nada de ${version}, que fue rechazada`, `nothing of ${version}, which was refused`),
      found: words(`${version} estuvo en: ${left.join(', ')}`, `${version} was in: ${left.join(', ')}`),
      where: { file: 'release.sh' },
      next:
        exitCode === 0
          ? words(
              'El registro la rechaza y el script sigue. Detente ahí, con `exit 1`, antes de etiquetar y anotar.',
              'The registry refuses it and the script goes on. Stop there, with `exit 1`, before you tag and write it down.',
            )
          : words(
              'Publica primero; etiqueta y anota después. Quien trae las etiquetas antes de que la borres se queda con ella.',
              'Publish first; tag and write it down afterwards. Whoever fetches the tags before you delete it keeps it.',
            ),
    });
  },
};

/** A commit that the newest version holds was given a number after it. */
const afterAll = (
  newest: string,
  told: Told & { readonly published: readonly { readonly version: string }[] },
): Verdict =>
  failed({
    expected: words(
      `«${aFixBefore.message[0]}», que ${newest} ya incluye, no se publica después de ella`,
      `“${aFixBefore.message[0]}”, which ${newest} includes already, is not released after it`,
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
      `algo nuevo y después un arreglo: ${taken}, que ya existe, y ninguna otra`,
      `something new and then a fix: ${taken}, which is there already, and no other`,
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
          `«${change.message[0]}» ${isMerged ? '' : '(sin fusionar) '}no se publica`,
          `“${change.message[0]}” ${isMerged ? '' : '(not merged) '}is not released`,
        ),
        found: publishedOr(told, extra.join(', ')),
        where: { file: 'release.sh' },
        next: isMerged
          ? words(
              'Sin `fix`, `feat` ni cambio incompatible no hay versión nueva.',
              'With no `fix`, `feat` or incompatible change there is no new version.',
            )
          : words(
              'La rama `main` de un fork también está en `gh run list --branch main`. Pregunta a git: `git merge-base --is-ancestor COMMIT origin/main`.',
              'The branch `main` of a fork is in `gh run list --branch main` too. Ask git: `git merge-base --is-ancestor COMMIT origin/main`.',
            ),
      });
    }
    const { major, entry, exitCode, said, published, older } = await tries.both();
    const extra = published.map(({ version }) => version);
    if (extra.join() === major) {
      const cards = [onlyInTheFooter.branch, aFixBefore.branch];
      // No entry at all is what c11 tells.
      if (entry !== undefined && !cards.every((card) => entry.includes(card)))
        return notWritten(major, entry, cards.map((card) => `\`${card}\``).join(', '));
      if (older.published.length > 0) return afterAll(major, older);
      const late = await tries.taken();
      const [beside] = late.published;
      if (beside === undefined) return passed;
      const { version: mixed } = await next(desk, '1.2.3', ['fix: one thing', 'feat: and another']);
      return besideTheTaken(late.version, late, beside.version, mixed === '1.3.0' ? undefined : mixed);
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
