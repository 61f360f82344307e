import type { Desk, Repository } from '../../sandbox/checks/index.ts';
import { write } from './company.ts';
import { BAD, isMerged } from './facts.ts';

type Tests = Readonly<Record<string, string>>;

export interface NewTests {
  /** Where they were found: `main`, a branch, a commit, or the learner's folder. */
  readonly from: string;
  /** The first file of them that is new, or other than in the bad version. */
  readonly path: string;
  /** Runs them beside the code of the bad version, with these files in place of its own. `said`: the first error. */
  beside(files: Readonly<Record<string, string>>): Promise<{ readonly exitCode: number; readonly said: string }>;
}

export const isTest = (path: string): boolean => /(^|\/)test\//.test(path) || /[.-]test\.[cm]?js$/.test(path);

/** The learner's tests: those on main; until a change of theirs is merged, else those of a pushed branch or in the folder. Undefined when none is new. */
export async function newTests(desk: Desk): Promise<NewTests | undefined> {
  const origin = await originOf(desk);
  const old = await testsAt(origin, `refs/tags/v${BAD}`);
  const released = (await origin.commits(`refs/tags/v${BAD}`))[0]?.id;
  const candidates: [string, Tests][] = [];
  const others = isMerged(desk) ? [] : (await origin.branches()).filter((one) => one !== 'main');
  for (const name of ['main', ...others]) {
    // Branches of the days before know nothing of this one.
    const commits = await origin.commits(`refs/heads/${name}`);
    if (commits.some(({ id }) => id === released)) candidates.push([name, await testsAt(origin, `refs/heads/${name}`)]);
  }
  if (!isMerged(desk)) candidates.push(['seats/', await testsInFolder(desk)]);
  for (const [from, tests] of candidates) {
    const path = newIn(tests, old);
    if (path !== undefined) return besideBad(desk, origin, { from, path, tests });
  }
  return undefined;
}

const newIn = (tests: Tests, old: Tests): string | undefined =>
  Object.keys(tests).find((path) => old[path] !== tests[path]);

/** The tests of a commit on the forge, as CI saw them. */
export async function testsOf(desk: Desk, commit: string): Promise<NewTests> {
  const origin = await originOf(desk);
  const tests = await testsAt(origin, commit);
  const path = newIn(tests, await testsAt(origin, `refs/tags/v${BAD}`)) ?? 'test';
  return besideBad(desk, origin, { from: commit.slice(0, 7), path, tests });
}

async function originOf(desk: Desk): Promise<Repository> {
  const origin = await desk.git.origin('seats');
  if (origin === undefined) throw new Error('the forge has no seats');
  return origin;
}

function besideBad(
  desk: Desk,
  origin: Repository,
  { from, path, tests }: Pick<NewTests, 'from' | 'path'> & { readonly tests: Tests },
): NewTests {
  return {
    from,
    path,
    async beside(files) {
      const folder = await desk.checkout(origin, `refs/tags/v${BAD}`);
      await desk.run(write({ ...tests, ...files }, folder));
      const { exitCode, stdout, stderr } = await desk.run('npm ci --silent && node --test', { cwd: folder });
      const [, error, values] = /^\s*(\w*Error\b.*)(?:\n\s*\n\s*(\S+ !== \S+))?/m.exec(`${stdout}\n${stderr}`) ?? [];
      const said = [error?.trim().slice(0, 90), values].filter(Boolean).join(' ');
      return { exitCode, said: said || `node --test: ${exitCode}` };
    },
  };
}

async function testsAt(repository: Repository, ref: string): Promise<Tests> {
  const paths = (await repository.paths(ref)).filter(isTest);
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, (await repository.read(ref, path)) ?? ''])),
  );
}

async function testsInFolder(desk: Desk): Promise<Tests> {
  const { stdout } = await desk.run('find . -name "*.mjs" -o -name "*.js" | grep -v node_modules', { cwd: 'seats' });
  const paths = stdout
    .split('\n')
    .map((path) => path.replace(/^\.\//, ''))
    .filter(isTest);
  return Object.fromEntries(paths.map((path) => [path, desk.text(`seats/${path}`)]));
}
