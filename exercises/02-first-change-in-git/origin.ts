// What the learner sent to origin: its branches, and what belongs into their commits.
import { CheckStop, type Commit, type Desk, failed, type Repository, type Words } from '../../sandbox/checks/index.ts';
import { allSearches, answersLikeTheTimetable } from './searches.ts';

export const BRANCH = 'fix/from-filter';
export const TIDY = 'chore/ignore-secrets';

/** The pushed branch, or the verdict that says that it is not there. */
export async function pushed(desk: Desk, branch: string): Promise<Repository> {
  const origin = await desk.git.origin('seats');
  const found = await origin?.resolve(`refs/heads/${branch}`);
  if (origin !== undefined && found !== undefined) return origin;
  const there = (await origin?.branches())?.join(', ') ?? '';
  throw new CheckStop(
    failed({
      expected: { es: `una rama \`${branch}\` en origin`, en: `a branch \`${branch}\` on origin` },
      found: { es: `origin tiene: ${there}`, en: `origin has: ${there}` },
      where: { command: `git push -u origin ${branch}` },
      next: await towards(desk, branch),
    }),
  );
}

/** What is still to be done before a branch of the learner's is on origin. */
async function towards(desk: Desk, branch: string): Promise<Words> {
  const local = await desk.git.at('seats');
  if (local === undefined || !(await local.branches()).includes(branch)) {
    return {
      es: `Esa rama aún no existe. Sale de \`main\`: \`git switch main\`, \`git switch -c ${branch}\`, y el commit en ella.`,
      en: `That branch does not exist yet. It leaves from \`main\`: \`git switch main\`, \`git switch -c ${branch}\`, and the commit on it.`,
    };
  }
  if ((await local.commits(`refs/heads/${branch}`, 'refs/heads/main')).length === 0) {
    return {
      es: 'La rama está donde `main`. Haz el commit en ella y envíala.',
      en: 'The branch stands where `main` does. Make the commit on it, then push it.',
    };
  }
  return {
    es: `Tu commit está en \`${branch}\`, solo en esta máquina: falta enviarla.`,
    en: `Your commit is on \`${branch}\`, on this machine only: push it.`,
  };
}

/** The pushed program, started in a clean folder. */
export async function startPushed(desk: Desk) {
  const origin = await pushed(desk, BRANCH);
  return desk.start('node app.mjs', { cwd: await desk.checkout(origin, `refs/heads/${BRANCH}`) });
}

/** Paths of what stays on the machine. */
export const SECRET = /(^|\/)(\.env|node_modules)(\/|$)/;
/** What makes `.env` a secret, wherever somebody copies it. */
export const KEY = 'ventarela-local-7f3a9c';

/** What may belong to any change, though the program runs without it: what is written down, and tests. */
const BESIDE = /\.md$|(^|\/)(docs?|tests?)\/|(^|[._-])(test|spec)\./i;

/** Whether a path of a commit is something that may go with any change, or that another check judges. */
const goesWith = async (origin: Repository, commit: string, path: string): Promise<boolean> =>
  SECRET.test(path) || (BESIDE.test(path) && (await origin.read(commit, path)) !== undefined);

/** The first path of a commit of the fix that is no part of it: put back as it is on `main`, the program answers all searches still. */
export async function strayOfFix(desk: Desk, origin: Repository, { id, changed }: Commit): Promise<string | undefined> {
  for (const path of changed) {
    if (path === 'app.mjs' || (await goesWith(origin, id, path))) continue;
    const folder = await desk.checkout(origin, id);
    const main = await desk.checkout(origin, 'refs/heads/main');
    const name = `'${path.replaceAll("'", "'\\''")}'`;
    await desk.run(`rm -f ${name}; cp ${main}/${name} ${name} 2>/dev/null`, { cwd: folder });
    if (await answersAll(desk, folder)) return path;
  }
  return undefined;
}

async function answersAll(desk: Desk, folder: string): Promise<boolean> {
  const searches = await allSearches(desk);
  const service = await desk.start('node app.mjs', { cwd: folder }).catch(() => undefined);
  if (service === undefined) return false;
  const answered = await answersLikeTheTimetable(desk, service, folder, searches).catch(() => undefined);
  service.stop();
  return answered?.passed === true;
}

/** The first path of a commit that has no part in what git ignores. `.env.example` says what a `.env` should hold, without the key. */
export async function strayOfTidy(origin: Repository, { id, changed }: Commit): Promise<string | undefined> {
  for (const path of changed) {
    if (/(^|\/)\.gitignore$|(^|\/)\.env\.(example|sample|template)$/.test(path)) continue;
    if (!(await goesWith(origin, id, path))) return path;
  }
  return undefined;
}

/** How to take a file out of the newest commit of a branch, and what is then in its place. */
export async function takenOut(origin: Repository, path: string): Promise<{ command: string; without: Words }> {
  return (await origin.read('refs/heads/main', path)) === undefined
    ? { command: `git rm --cached ${path}`, without: { es: 'sin él', en: 'without it' } }
    : { command: `git checkout main -- ${path}`, without: { es: 'con el de `main`', en: 'with that of `main`' } };
}

/** Words of a message that are true of any change: `fix`, `wip`, `update`; `arreglo`, `cambios`. */
const OF_ANY_CHANGE =
  /^(?:wip|work|in|progress|fix(?:e[sd]|ing)?|mend(?:s|ed)?|bug(?:s|fix)?|hotfix|issue|error|problem|chang(?:e[sd]?|ing)|updat(?:e[sd]?|ing)|edit(?:s|ed)?|commit|save[ds]?|add(?:s|ed)?|first|last|final|new|small|minor|done|ready|stuff|things?|code|file|files|day|the|an?|my|of|to|and|it|this|some|test|chore|feat|arregl\p{L}*|corr[ei]\p{L}*|cambi\p{L}*|actualiz\p{L}*|guard\p{L}*|modific\p{L}*|prueba|fallo|problema|cosas?|código|archivos?|nuevo|listo|hecho|día|primer|último|mi|el|la|los|las|un|una|de|del|y|en|asd\p{L}*|qwe\p{L}*|(\p{L})\1*)$/iu;

/** Whether a message would fit any other commit as well: it holds no word of what this one achieves. */
export function saysNothing({ message, changed }: Commit): boolean {
  const named = changed.reduce((text, path) => text.replaceAll(path, ' '), message);
  return (named.match(/\p{L}+/gu) ?? []).every((word) => OF_ANY_CHANGE.test(word));
}
