// What is judged of release.sh when the registry refuses: that it says so, and that nothing of the version is left.
import { type Check, type Desk, failed, passed, type Star } from '../../sandbox/checks/index.ts';
import { notWritten } from './entry-verdicts.ts';
import { releasedFix } from './release-checks.ts';
import { codeOf, notTagged, words } from './released.ts';
import { trial } from './trial.ts';
import { tellsItsRun } from './unseen.ts';

/** A version that the registry refuses, after one that was free. */
async function refusedVersion(desk: Desk) {
  const tries = await trial(desk);
  const good = await releasedFix(desk, tries);
  return { ...(await tries.refused()), good };
}

export const refusalTold: Check = {
  id: 'd06-c3',
  goal: words(
    'Si el registro no acepta la versión (409, 503…), `release.sh` lo dice y falla',
    'If the registry does not take the version (409, 503 …), `release.sh` says so and fails',
  ),
  kind: 'command',
  async run(desk) {
    const { version, closed, taken } = await refusedVersion(desk);
    // What it publishes under another number is told by c8.
    const told = [closed, taken].find(
      ({ published, exitCode, said }) => published.length === 0 && (exitCode === 0 || said === ''),
    );
    if (told === undefined) return passed;
    return failed({
      expected:
        told === closed
          ? words(
              `otro código que 0, y un mensaje, cuando el registro contesta 503 a ${version}, que está libre`,
              `a code other than 0, and a message, when the registry answers 503 to ${version}, which is free`,
            )
          : words(
              `otro código que 0, y un mensaje, cuando ${version} ya existe`,
              `a code other than 0, and a message, when ${version} is there already`,
            ),
      found: codeOf(told),
      where: { file: 'release.sh' },
      next:
        told.exitCode === 0 && /curl: \(22\)/.test(told.said)
          ? words(
              '`curl` falla, como debe, y el script sigue: después de decirlo, detenlo con `exit 1`.',
              '`curl` fails, as it should, and the script goes on: once it has said so, stop it with `exit 1`.',
            )
          : told.exitCode === 0
            ? words(
                '`curl` acaba en 0 conteste lo que conteste el registro; con `--fail-with-body` o `-f`, no. Entonces, `exit 1`.',
                '`curl` ends with 0 whatever the registry answers; with `--fail-with-body` or `-f` it does not. Then `exit 1`.',
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
    'Una publicación rechazada no deja etiqueta ni entrada en CHANGELOG.md, y en origin no hay etiqueta ni un momento; una aceptada deja ambas',
    'A refused release leaves no tag or entry in CHANGELOG.md, and no tag on origin even for a moment; one that is taken leaves both',
  ),
  kind: 'git',
  async run(desk) {
    const { version, closed, taken, good } = await refusedVersion(desk);
    const free = good.published[0]?.version ?? good.free;
    if (good.tag === undefined) return notTagged(free, good.commit, good.tag);
    if (good.entry === undefined) return notWritten(free, good.entry, [tellsItsRun.branch]);
    const { published, left, lost, exitCode } =
      closed.left.length > 0 || closed.lost.length > 0 || taken.published.length > 0 ? closed : taken;
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
      found: words(`quedó, o hubo un momento: ${left.join(', ')}`, `left, or there for a moment: ${left.join(', ')}`),
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
