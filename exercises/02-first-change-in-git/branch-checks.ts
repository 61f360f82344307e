// What is judged of the fix's branch: what it is called, what its commit says and holds.
import { type Check, type Commit, failed, passed, type Repository, type Verdict } from '../../sandbox/checks/index.ts';
import { type Idle, idleLineOf } from './idle-lines.ts';
import { saysNothing } from './message.ts';
import {
  anew,
  answersAll,
  BRANCH,
  besideThePush,
  headOf,
  KEY,
  mainAtFirst,
  pushed,
  SECRET,
  strayOfFix,
  takenOut,
  tookAlong,
  withoutSecret,
} from './origin.ts';
import { words } from './words.ts';

export const branched: Check = {
  id: 'd02-c6',
  goal: words(`Hay una rama ${BRANCH} que nace de main`, `There is a branch ${BRANCH} that starts from main`),
  kind: 'git',
  async run(desk) {
    const local = await desk.git.at('seats');
    const branches = (await local?.branches()) ?? [];
    // A branch without a commit of its own yet is only named in HEAD; one that was pushed may be deleted here.
    const sent = (await (await desk.git.origin('seats'))?.branches()) ?? [];
    if ([...branches, ...sent].includes(BRANCH) || headOf(desk) === `ref: refs/heads/${BRANCH}`) return passed;
    return failed({
      expected: { es: `una rama llamada \`${BRANCH}\``, en: `a branch called \`${BRANCH}\`` },
      found: { es: `hay: ${branches.join(', ')}`, en: `there are: ${branches.join(', ')}` },
      where: { command: 'git branch' },
      next: { es: `En \`seats\`: \`git switch -c ${BRANCH}\`.`, en: `In \`seats\`: \`git switch -c ${BRANCH}\`.` },
    });
  },
};

export const oneAhead: Check = besideThePush({
  id: 'd02-c2',
  goal: words(
    `origin tiene ${BRANCH} con un solo commit más que main, cuyo mensaje dice qué consigue, y main está donde estaba`,
    `origin has ${BRANCH} with one commit more than main, whose message says what it achieves, and main is where it was`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const was = mainAtFirst(desk);
    const main = await origin.resolve('refs/heads/main');
    const commits = await origin.commits(`refs/heads/${BRANCH}`, 'refs/heads/main');
    const [commit] = commits;
    if (main === was && commit !== undefined && commits.length === 1)
      return (await emptyMessage(origin, commit)) ?? passed;
    if (main !== was) {
      const [old, now] = [was.slice(0, 7), main?.slice(0, 7) ?? '-'];
      return failed({
        expected: { es: `\`main\` en ${old}, donde estaba`, en: `\`main\` at ${old}, where it was` },
        found: { es: `\`main\` en ${now}`, en: `\`main\` at ${now}` },
        where: { command: 'git push origin main' },
        next: {
          es: `Devuélvela a su sitio: \`git push --force origin ${old}:main\`; el commit va en \`${BRANCH}\`. De verdad, antes se habla con el equipo: otros construyen sobre \`main\`.`,
          en: `Put it back: \`git push --force origin ${old}:main\`; the commit belongs on \`${BRANCH}\`. In real life, talk to the team first: others build on \`main\`.`,
        },
      });
    }
    if (commits.length === 0) {
      return failed({
        expected: { es: 'un commit más que `main`', en: 'one commit more than `main`' },
        found: { es: 'ninguno: la rama está donde `main`', en: 'none: the branch is where `main` is' },
        where: { command: `git log --oneline main..${BRANCH}` },
        next: {
          es: 'Mira con `git status` si el cambio sigue sin guardar; haz el commit en la rama y envíala otra vez.',
          en: 'See with `git status` whether the change is still unrecorded; commit it on the branch and push again.',
        },
      });
    }
    const along = await tookAlong(desk, BRANCH, commits);
    const subjects = commits.map(({ message }) => message.split('\n')[0]).join(' · ');
    return failed({
      expected: { es: 'un commit', en: 'one commit' },
      found: { es: `${commits.length}: ${subjects.slice(0, 120)}`, en: `${commits.length}: ${subjects.slice(0, 120)}` },
      where: { command: `git log --oneline origin/main..${BRANCH}` },
      next: along ?? {
        es: '`git reset --soft main`, un solo `git commit`, y `git push --force` en tu rama.',
        en: '`git reset --soft main`, a single `git commit`, and `git push --force` on your branch.',
      },
    });
  },
});

/** What is wrong with a message that does not say what the change achieves; undefined when it does. */
async function emptyMessage(origin: Repository, commit: Commit): Promise<Verdict | undefined> {
  const why = await saysNothing(origin, commit);
  if (why === undefined) return undefined;
  const subject = commit.message.split('\n')[0]?.slice(0, 60);
  return failed({
    expected: { es: 'un mensaje que diga qué consigue el cambio', en: 'a message that says what the change achieves' },
    found: { es: `«${subject}», ${why.es}`, en: `“${subject}”, ${why.en}` },
    where: { command: `git log --oneline main..${BRANCH}` },
    next: {
      es: '¿Qué notará quien busque viajes? Dilo: `git commit --amend -m "…"` y `git push --force` en tu rama.',
      en: 'What will people who search trips notice? Say it: `git commit --amend -m "…"`, then `git push --force` on your branch.',
    },
  });
}

export const clean: Check = besideThePush({
  id: 'd02-c3',
  goal: words(
    'Los commits enviados no llevan .env ni node_modules; el del arreglo, solo sus archivos y solo líneas que cambian algo',
    'The pushed commits hold no .env and no node_modules; that of the fix only its own files, and only lines that change something',
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const branches = (await origin.branches()).filter((name) => name !== 'main');
    const sent = await Promise.all(
      branches.map(async (branch) => {
        const commits = await origin.commits(`refs/heads/${branch}`, 'refs/heads/main');
        return commits.map((commit) => ({ ...commit, branch, isOnly: commits.length === 1 }));
      }),
    );
    for (const { branch, isOnly, id, message } of sent.flat()) {
      const paths = await origin.paths(id);
      const texts = await Promise.all(paths.map((path) => origin.read(id, path)));
      const secret = paths.find((path) => SECRET.test(path)) ?? paths.find((_, index) => texts[index]?.includes(KEY));
      if (secret === undefined) continue;
      const what = SECRET.test(secret) ? { es: '', en: '' } : { es: ', con la clave,', en: ', with the key in it,' };
      return failed({
        expected: { es: 'solo los archivos del cambio', en: 'only the files of the change' },
        found: {
          es: `\`${secret}\`${what.es} en «${message.split('\n')[0]}»`,
          en: `\`${secret}\`${what.en} in “${message.split('\n')[0]}”`,
        },
        where: { command: `git show --stat ${id.slice(0, 7)}` },
        next: isOnly ? await withoutSecret(origin, branch, secret) : await anew(origin, branch, secret),
      });
    }
    const [fix] = await origin.commits(`refs/heads/${BRANCH}`, 'refs/heads/main');
    const stray = fix && (await strayOfFix(desk, origin, fix));
    const idle = fix && stray === undefined ? await idleLineOf(desk, origin, fix) : undefined;
    // What does not work yet is for c1: of such a fix nearly every line changes nothing.
    if (fix !== undefined && idle !== undefined)
      return (await answersAll(desk, await desk.checkout(origin, fix.id))) ? withoutIt(idle) : workFirst;
    if (fix === undefined || stray === undefined) return passed;
    const { command, without } = await takenOut(origin, stray);
    return failed({
      expected: { es: 'solo los archivos del cambio', en: 'only the files of the change' },
      found: {
        es: `\`${stray}\`: ${without.es}, el servicio contesta lo mismo`,
        en: `\`${stray}\`: ${without.en}, the service answers the same`,
      },
      where: { command: `git show --stat ${fix.id.slice(0, 7)}` },
      next: {
        es: `Sácalo del commit: \`${command}\`, \`git commit --amend --no-edit\` y \`git push --force\` en tu rama.`,
        en: `Take it out of the commit: \`${command}\`, \`git commit --amend --no-edit\`, then \`git push --force\` on your branch.`,
      },
    });
  },
});

const workFirst: Verdict = failed({
  expected: { es: 'un arreglo que filtra', en: 'a fix that filters' },
  found: { es: 'todavía no filtra bien', en: 'it does not filter well yet' },
  where: { command: `git diff main ${BRANCH}` },
  next: { es: 'Primero eso; después se mira esta meta.', en: 'That first; then this goal is looked at.' },
});

const withoutIt = ({ path, found }: Idle): Verdict =>
  failed({
    expected: { es: 'solo las líneas que cambian algo', en: 'only the lines that change something' },
    found: { es: `en \`${path}\`, ${found.es}`, en: `in \`${path}\`, ${found.en}` },
    where: { command: `git diff main ${BRANCH}` },
    next: {
      es: `Déjalo como en \`main\`, o bórralo: la historia guarda lo de antes. Después: \`git add ${path}\`, \`git commit --amend --no-edit\`, \`git push --force\`.`,
      en: `Leave it as on \`main\`, or delete it: the history keeps what was. Then: \`git add ${path}\`, \`git commit --amend --no-edit\`, \`git push --force\`.`,
    },
  });
