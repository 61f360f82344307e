import {
  type Chance,
  type Check,
  CheckStop,
  type Desk,
  type Exercise,
  failed,
  passed,
  pick,
  type Repository,
} from '../../../sandbox/checks/index.ts';

const BRANCH = 'docs/last-coach';
const LINE = /^The last coach to \w+ leaves at \d\d:\d\d\.$/m;

/** A good line in the README, a key beside it, and somebody's `git add .`, with or without the commit. */
function broken(chance: Chance): string {
  const town = pick(chance, ['Alba', 'Puerto', 'Sierra', 'Molinos']);
  const time = `${chance.integer(19, 22)}:${chance.integer(1, 5)}0`;
  const secret = pick(chance, ['payments.key', '.env.old', 'backup/keys.txt', 'token.txt']);
  return `cd seats
git switch -q -c ${BRANCH} main
mkdir -p "$(dirname ${secret})"
printf 'PAYMENTS_KEY=pk_live_%s\\n' ${chance.integer(100000, 999999)} > ${secret}
printf '\\nThe last coach to ${town} leaves at ${time}.\\n' >> README.md
git add .
${chance.integer(0, 1) === 0 ? 'true' : 'git commit -qm "wip"'}`;
}

async function pushedBranch(desk: Desk): Promise<Repository> {
  const origin = await desk.git.origin('seats');
  if (origin !== undefined && (await origin.resolve(`refs/heads/${BRANCH}`)) !== undefined) return origin;
  throw new CheckStop(
    failed({
      expected: { es: `la rama \`${BRANCH}\` en origin`, en: `the branch \`${BRANCH}\` on origin` },
      found: {
        es: `origin tiene: ${(await origin?.branches())?.join(', ') ?? ''}`,
        en: `origin has: ${(await origin?.branches())?.join(', ') ?? ''}`,
      },
      where: { command: `git push -u origin ${BRANCH}` },
      next: {
        es: 'Mira con `git status` y `git log` qué hay preparado, deja solo el README y envíalo.',
        en: 'See with `git status` and `git log` what is prepared, leave only the README in it, and push.',
      },
    }),
  );
}

const lineIsThere: Check = {
  id: 'd02-i1-c1',
  kind: 'git',
  goal: {
    es: `origin tiene ${BRANCH} con la frase nueva del README`,
    en: `origin has ${BRANCH} with the new sentence of the README`,
  },
  async run(desk) {
    const origin = await pushedBranch(desk);
    const readme = (await origin.read(`refs/heads/${BRANCH}`, 'README.md')) ?? '';
    if (LINE.test(readme)) return passed;
    return failed({
      expected: {
        es: 'la frase sobre el último autobús en `README.md`',
        en: 'the sentence about the last coach in `README.md`',
      },
      found: { es: 'un README sin ella', en: 'a README without it' },
      where: { command: `git show ${BRANCH}:README.md` },
      next: {
        es: 'Añade `README.md` al índice, haz el commit y envía la rama otra vez.',
        en: 'Add `README.md` to the index, commit, and push the branch again.',
      },
    });
  },
};

const nothingElse: Check = {
  id: 'd02-i1-c2',
  kind: 'git',
  goal: {
    es: 'Ningún commit enviado toca otra cosa que README.md',
    en: 'No pushed commit touches anything but README.md',
  },
  async run(desk) {
    const origin = await desk.git.origin('seats');
    if (origin === undefined || (await origin.resolve(`refs/heads/${BRANCH}`)) === undefined) return passed;
    const base = new Set(await origin.paths('refs/heads/main'));
    for (const { id, message } of await origin.commits(`refs/heads/${BRANCH}`, 'refs/heads/main')) {
      const other = (await origin.paths(id)).find((path) => !base.has(path));
      if (other === undefined) continue;
      const subject = message.split('\n')[0]?.slice(0, 60);
      return failed({
        expected: { es: 'solo `README.md`', en: '`README.md` only' },
        found: { es: `\`${other}\` en «${subject}»`, en: `\`${other}\` in “${subject}”` },
        where: { command: `git show --stat ${id.slice(0, 7)}` },
        next: {
          es: '`git reset main` deja los cambios y deshace el commit; después, `git push --force` en tu rama. De verdad, esa clave se cambia.',
          en: '`git reset main` keeps the changes and undoes the commit; then `git push --force` on your branch. For real, that key is changed.',
        },
      });
    }
    return passed;
  },
};

export const exercise: Exercise = {
  id: 'd02-i1',
  seed: 'ventarela-day-2-incident',
  seeds: 6,
  title: { es: 'Un git add de más', en: 'One git add too many' },
  stateFrom: 'd02',
  setup: broken,
  opens: 'seats/README.md',
  steps: [
    {
      id: 'd02-i1-s1',
      kind: 'challenge',
      title: { es: 'Comparte la frase, y nada más', en: 'Share the sentence, and nothing else' },
      task: {
        es: `En \`seats\`, en la rama \`${BRANCH}\`, el README tiene una frase nueva. Pero alguien escribió \`git add .\`, y al lado había una clave. Envía la rama a \`origin\` con la frase y sin ninguna otra cosa. Nada de la clave puede salir de esta máquina.`,
        en: `In \`seats\`, on the branch \`${BRANCH}\`, the README has a new sentence. But somebody typed \`git add .\`, and a key lay beside it. Push the branch to \`origin\` with the sentence and nothing else. No part of the key may leave this machine.`,
      },
      checks: [lineIsThere, nothingElse],
      files: ['seats/README.md'],
      hints: [
        {
          es: '«Qué entra en un commit», en el día 2: los cuatro lugares de un cambio.',
          en: '“What goes into a commit”, in day 2: the four places of a change.',
        },
        {
          es: '`git status` y `git log --oneline main..` dicen si el error está en el índice o ya en un commit.',
          en: '`git status` and `git log --oneline main..` say whether the mistake is in the index or in a commit already.',
        },
        {
          es: '`git reset ____` deja los archivos y vacía el índice; después, `git add ____`.',
          en: '`git reset ____` keeps the files and empties the index; then `git add ____`.',
        },
      ],
      reason: {
        es: '`git reset main` lleva la rama y el índice a `main` y no toca los archivos. Después se elige de nuevo. Borrar la clave en otro commit no serviría: la historia la guarda.',
        en: '`git reset main` takes branch and index back to `main` and leaves the files alone. Then you choose again. Deleting the key in another commit would be no use: the history keeps it.',
      },
    },
  ],
  wrong: { 'all-of-it': 'd02-i1-c2', 'not-pushed': 'd02-i1-c1' },
};
