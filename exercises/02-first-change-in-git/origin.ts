// What the learner sent to origin: its branches, and what belongs into their commits.
import {
  beside,
  type Check,
  CheckStop,
  type Commit,
  type Desk,
  failed,
  type Repository,
  type Words,
} from '../../sandbox/checks/index.ts';
import { allSearches, answersLikeTheTimetable } from './searches.ts';

export const BRANCH = 'fix/from-filter';
export const TIDY = 'chore/ignore-secrets';
/** That of the worked example. */
const EXAMPLE = 'feat/healthz-trips';

/** Where the beginning of the day left `main` on origin. */
export function mainAtFirst(desk: Desk): string {
  const [first = ''] = desk.log.flatMap((entry) =>
    entry.type === 'RefUpdated' && entry.repository === 'seats' && entry.ref === 'refs/heads/main' ? [entry.to] : [],
  );
  return first;
}

/** What HEAD of the learner's repository says, `ref: refs/heads/main`; '' when there is none. */
export function headOf(desk: Desk): string {
  return desk.exists('seats/.git/HEAD') ? desk.text('seats/.git/HEAD').trim() : '';
}

const pushOf = (branch: string): string => `git push -u origin ${branch}`;

/** A goal beside the first of its step, which tells in full why the fix's branch is not on origin. */
export const besideThePush = <One extends Check>(check: One): One =>
  beside(pushOf(BRANCH), { found: { es: 'aún no está', en: 'it is not there yet' } }, check);

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
      where: { command: pushOf(branch) },
      next: await towards(desk, branch),
    }),
  );
}

/** What is still to be done before a branch of the learner's is on origin. */
async function towards(desk: Desk, branch: string): Promise<Words> {
  const local = await desk.git.at('seats');
  if (local === undefined || !(await local.branches()).includes(branch)) {
    const name = local && (await otherNameOf(local, branch, mainAtFirst(desk)));
    if (name === 'main') {
      const back = `\`git switch main\`, \`git switch -c ${branch}\`, \`git branch -f main ${mainAtFirst(desk).slice(0, 7)}\``;
      return {
        es: `Tu commit está en \`main\`. Pásalo a la rama: ${back}. Después, envía la rama.`,
        en: `Your commit is on \`main\`. Take it to the branch: ${back}. Then push the branch.`,
      };
    }
    if (name !== undefined)
      return {
        es: `Tu commit está en \`${name}\`. Cambia el nombre de esa rama, \`git branch -m ${name} ${branch}\`, y envíala.`,
        en: `Your commit is on \`${name}\`. Rename that branch, \`git branch -m ${name} ${branch}\`, and push it.`,
      };
    return {
      es: `Esa rama aún no existe. Sale de \`main\`: \`git switch main\`, \`git switch -c ${branch}\`, y el commit en ella.`,
      en: `That branch does not exist yet. It starts from \`main\`: \`git switch main\`, \`git switch -c ${branch}\`, and the commit on it.`,
    };
  }
  const main = await (await desk.git.origin('seats'))?.resolve('refs/heads/main');
  if ((await local.commits(`refs/heads/${branch}`, main)).length === 0) {
    return {
      es: 'La rama está donde `main`. Haz el commit en ella y envíala.',
      en: 'The branch is where `main` is. Make the commit on it, then push it.',
    };
  }
  return {
    es: `Tu commit está en \`${branch}\`, solo en esta máquina: falta enviarla.`,
    en: `Your commit is on \`${branch}\`, on this machine only: push it.`,
  };
}

/** The local branch that holds, by what it changes, the commit of a branch that does not exist; the example's is neither. */
async function otherNameOf(local: Repository, branch: string, main: string): Promise<string | undefined> {
  const belongs = (path: string): boolean => (branch === TIDY ? path === '.gitignore' : path.endsWith('.mjs'));
  for (const name of await local.branches()) {
    if ([BRANCH, TIDY, EXAMPLE].includes(name)) continue;
    const commits = await local.commits(`refs/heads/${name}`, main);
    if (commits.some(({ changed }) => changed.some(belongs))) return name;
  }
  return undefined;
}

/**
 * How to mend a branch that took commits of another along, because it started from there and not from origin's `main`: the learner's own
 * `main`, where somebody committed, the example's branch, or the fix's. Undefined when all its commits are its own.
 */
export async function tookAlong(desk: Desk, branch: string, commits: readonly Commit[]): Promise<Words | undefined> {
  const local = await desk.git.at('seats');
  const others = ((await local?.branches()) ?? []).filter((name) => name !== branch && name !== TIDY);
  for (const name of others.toSorted((a, b) => Number(b === 'main') - Number(a === 'main'))) {
    const held = new Set((await local?.commits(`refs/heads/${name}`))?.map(({ id }) => id));
    const own = commits.filter(({ id }) => !held.has(id));
    if (own.length === 0 || own.length === commits.length) continue;
    const ids = own.map(({ id }) => id.slice(0, 7)).toReversed();
    const anew = `\`git switch -C ${branch} --no-track origin/main\`, \`git cherry-pick ${ids.join(' ')}\`, \`git push --force\``;
    return name === 'main'
      ? {
          es: `Tu \`main\` va por delante de \`origin/main\`, y la rama nació de él. Empiézala de nuevo, solo con lo suyo: ${anew}.`,
          en: `Your \`main\` is ahead of \`origin/main\`, and the branch started from it. Start it again, with only its own: ${anew}.`,
        }
      : {
          es: `La rama nació de \`${name}\` y trae sus commits. Empiézala de nuevo desde \`main\`, solo con lo suyo: ${anew}.`,
          en: `The branch started from \`${name}\` and brings its commits. Start it again from \`main\`, with only its own: ${anew}.`,
        };
  }
  return undefined;
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

/** What may belong to any change, though the program runs without it: what is written down for others, and tests. */
export const BESIDE = /(^|\/)(readme|changelog|contributing)[^/]*$|(^|\/)(docs?|tests?)\/|(^|[._-])(test|spec)\./i;

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

/** Whether the program in a folder answers all searches as the timetable says. */
export async function answersAll(desk: Desk, folder: string): Promise<boolean> {
  const searches = await allSearches(desk);
  const service = await desk.start('node app.mjs', { cwd: folder }).catch(() => undefined);
  if (service === undefined) return false;
  const answered = await answersLikeTheTimetable(desk, service, folder, searches).catch(() => undefined);
  service.stop();
  return answered?.passed === true;
}

/** A file of a commit that has no part in it, or of a file that may have one the line that has none. */
export interface Stray {
  readonly path: string;
  readonly line?: string;
}

/**
 * The first thing in a commit that has no part in what git ignores. `.env.example` says what a `.env` should hold, without the key; a
 * README may say what is ignored.
 */
export async function strayOfTidy(origin: Repository, { id, changed }: Commit): Promise<Stray | undefined> {
  for (const path of changed) {
    if (/(^|\/)\.gitignore$|(^|\/)\.env\.(example|sample|template)$/.test(path) || SECRET.test(path)) continue;
    if (!BESIDE.test(path)) return { path };
    const line = await otherLineOf(origin, id, path);
    if (line !== undefined) return { path, line };
  }
  return undefined;
}

/** Words of what a README says of secrets and packages that git does not see. */
const OF_IGNORING =
  /\.env\b|\bgit|node_modules|npm|ignor|secret|\bkeys?\b|\bclaves?\b|credential|password|contraseñ|token|depend|packages|paquetes|instal|commit/i;

/** The first line that a commit brings to a file, or takes from it, which tells nothing of what git ignores; a line may go on with the one above. */
async function otherLineOf(origin: Repository, commit: string, path: string): Promise<string | undefined> {
  const before = (await origin.read('refs/heads/main', path))?.split('\n') ?? [];
  const lines = (await origin.read(commit, path))?.split('\n') ?? [];
  const added = lines.filter((line, at) => {
    const goesOn = /[^\s.:!?]$/.test(lines[at - 1] ?? '') && !before.includes(lines[at - 1] ?? '');
    return !before.includes(line) && !/^\s*(#|```|$)/.test(line) && !OF_IGNORING.test(line) && !goesOn;
  });
  return added[0] ?? before.find((line) => line !== '' && !lines.some((one) => one.includes(line)));
}

/** How to take a file out of the newest commit of a branch, and what is then in its place. */
export async function takenOut(origin: Repository, path: string): Promise<{ command: string; without: Words }> {
  return (await origin.read('refs/heads/main', path)) === undefined
    ? { command: `git rm --cached ${path}`, without: { es: 'sin él', en: 'without it' } }
    : { command: `git checkout main -- ${path}`, without: { es: 'con el de `main`', en: 'with that of `main`' } };
}

/** What a key in a commit asks for besides: it is known from now on. */
const known = (secret: string): Words =>
  secret.includes('node_modules')
    ? { es: '', en: '' }
    : { es: ' De verdad, además, esa clave se cambia.', en: ' In real life, that key is changed as well.' };

/** Whether the file that holds the key was there before: then the key goes out of it, and not the file out of the commit. */
const wasThere = async (origin: Repository, path: string): Promise<boolean> =>
  (await origin.read('refs/heads/main', path)) !== undefined;

/** How to take the secret out of the only commit of a branch. */
export async function withoutSecret(origin: Repository, branch: string, secret: string): Promise<Words> {
  const end = '`git commit --amend --no-edit`, `git push --force`.';
  if (await wasThere(origin, secret))
    return {
      es: `En \`${branch}\`: borra la clave de \`${secret}\`, \`git add ${secret}\`, ${end}${known(secret).es}`,
      en: `On \`${branch}\`: delete the key from \`${secret}\`, \`git add ${secret}\`, ${end}${known(secret).en}`,
    };
  const command = `\`git rm -r --cached ${secret.replace(/(^|\/)node_modules\/.*/, '$1node_modules')}\``;
  return {
    es: `En \`${branch}\`, sácalo del commit: ${command}, ${end}${known(secret).es}`,
    en: `On \`${branch}\`, take it out of the commit: ${command}, ${end}${known(secret).en}`,
  };
}

/** How to make a branch of several commits one that never held the secret. */
export async function anew(origin: Repository, branch: string, secret: string): Promise<Words> {
  const own = branch === TIDY ? '.gitignore' : 'app.mjs';
  const first = (await wasThere(origin, secret))
    ? { es: `, borra la clave de \`${secret}\``, en: `, delete the key from \`${secret}\`` }
    : { es: '', en: '' };
  return {
    es: `Borrarlo en otro commit no lo quita de este. En \`${branch}\`: \`git reset main\`${first.es}, \`git add ${own}\`, un solo \`git commit\`, \`git push --force\`.${known(secret).es}`,
    en: `Deleting it in another commit does not take it out of this one. On \`${branch}\`: \`git reset main\`${first.en}, \`git add ${own}\`, a single \`git commit\`, \`git push --force\`.${known(secret).en}`,
  };
}
