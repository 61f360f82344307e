// What is wrong with the entry that release.sh writes into CHANGELOG.md.
import { failed, type Verdict } from '../../sandbox/checks/index.ts';
import { FIRST, words } from './released.ts';

/** @param wanted what the entry has to say, in small letters. */
export function notWritten(version: string, entry: string | undefined, wanted: readonly string[]): Verdict {
  const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  const lacks = listed(wanted.filter((name) => !entry?.toLowerCase().includes(name)));
  return failed({
    expected: words(
      `en CHANGELOG.md, un título con ${version} y debajo cada cambio y su tarjeta: ${listed(wanted)}`,
      `in CHANGELOG.md a heading with ${version}, and below it each change and its card: ${listed(wanted)}`,
    ),
    found:
      entry === undefined
        ? words(`ningún título con ${version}`, `no heading with ${version}`)
        : words(`bajo ${version} falta ${lacks}`, `under ${version}, ${lacks} is missing`),
    where: { file: 'release.sh' },
    next: words(
      'El punto 5 de sus comentarios, con un renglón por commit desde la etiqueta anterior: `git log --format="- %s (%(trailers:key=Card,valueonly,separator=%x2C))"`.',
      'Point 5 of its comments, with a line for each commit since the last tag: `git log --format="- %s (%(trailers:key=Card,valueonly,separator=%x2C))"`.',
    ),
  });
}

export const holdsOlder = (version: string, older: string): Verdict =>
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

export const olderLost = (version: string): Verdict =>
  failed({
    expected: words(
      `en CHANGELOG.md, ${version} y lo que ya estaba escrito`,
      `in CHANGELOG.md ${version}, and what was written before`,
    ),
    found: words(`${version}, y ya ningún título con ${FIRST}`, `${version}, and no heading with ${FIRST} any more`),
    where: { file: 'release.sh' },
    next: words(
      'Con `>` el archivo empieza vacío. Escribe la entrada en otro archivo, añádele el CHANGELOG.md de antes y cópialo encima.',
      'With `>` the file begins empty. Write the entry into another file, add the old CHANGELOG.md and copy it over.',
    ),
  });

export const titleMoved = (headings: readonly string[]): Verdict =>
  failed({
    expected: words(
      'en CHANGELOG.md, primero el título, una vez, y justo debajo la versión nueva',
      'in CHANGELOG.md the title first, once, and right below it the new version',
    ),
    found: words(
      `títulos, por orden: ${headings.slice(0, 4).join(' · ')}`,
      `headings, in order: ${headings.slice(0, 4).join(' · ')}`,
    ),
    where: { file: 'release.sh' },
    next: words(
      'Escribe el título, la entrada y después lo de antes sin su primer renglón: `tail -n +2 CHANGELOG.md`.',
      'Write the title, the entry, and then what was there without its first line: `tail -n +2 CHANGELOG.md`.',
    ),
  });
