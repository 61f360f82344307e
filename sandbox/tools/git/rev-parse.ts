import * as git from 'isomorphic-git';
import { commitData, mergeBases } from '../../forge/git/index.ts';
import { onlyPaths } from './asked-words.ts';
import { allRefs } from './decorations.ts';
import { resolveObject } from './objects.ts';
import { fatal, GitStop, UsageStop } from './options.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { branchMeant } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';

/** A commit to be shown, by the name that it was asked for. */
interface Asked {
  readonly oid: string;
  readonly name?: string;
  /** `^` for what a range leaves out. */
  readonly mark?: '^' | '';
}

const folders: Readonly<Record<string, string>> = {
  '--all': 'refs/',
  '--branches': 'refs/heads/',
  '--tags': 'refs/tags/',
  '--remotes': 'refs/remotes/',
};

/** What changes how the words behind it are shown. */
const manners = ['--abbrev-ref', '--short', '--symbolic-full-name', '--verify', '-q', '--quiet'];

/** `git rev-parse`: names to ids, in the order in which they are asked for. @throws GitStop at the first that names nothing. */
export async function revParse(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const facts = factsOf(work);
  const tell = (text: string): void => io.stdout(`${text}\n`);
  const manner = new Set<string>();
  let length = work.abbrev ?? 7;
  const isOne = (): boolean => manner.has('--short') || manner.has('--verify');
  const notOne = (): GitStop =>
    manner.has('-q') || manner.has('--quiet') ? new GitStop('', 1) : fatal('Needed a single revision');
  const show = async ({ oid, name, mark = '' }: Asked): Promise<void> => {
    const isShort = manner.has('--abbrev-ref');
    if (name === undefined || !(isShort || manner.has('--symbolic-full-name')))
      return tell(mark + (manner.has('--short') ? oid.slice(0, length) : oid));
    const full = await fullName(work, name);
    if (full !== undefined) tell(mark + (isShort ? full.replace(/^refs\/(heads|tags|remotes)\//, '') : full));
  };
  const alone: Asked[] = [];
  for (const [at, arg] of args.entries()) {
    const size = /^--short=(\d+)$/.exec(arg)?.[1];
    if (arg === '--') {
      args.slice(at).forEach(tell);
      break;
    }
    if (args[at - 1] === '--git-path') tell(pathInGit(work, arg));
    else if (arg === '--git-path') {
      if (at + 1 === args.length) throw fatal('--git-path requires an argument');
    } else if (arg === '-h' && at === 0) throw new UsageStop('rev-parse', { option: arg });
    else if (Object.hasOwn(facts, arg)) tell(facts[arg]?.() ?? '');
    else if (Object.hasOwn(folders, arg)) {
      for (const { ref } of await allRefs(work))
        if (ref.startsWith(folders[arg] ?? '')) await show({ oid: await git.resolveRef({ ...work, ref }), name: ref });
    } else if (manners.includes(arg)) manner.add(arg);
    else if (size !== undefined) {
      manner.add('--short');
      length = Number(size);
    } else if (/^-./.test(arg)) {
      // What is no option of its own is handed on.
      if (isOne()) throw notOne();
      tell(arg);
    } else {
      const several = (await sidesOf(work, arg)) ?? (await parentsOf(work, arg));
      const one = several === undefined ? await commitOf(work, arg) : undefined;
      if (one !== undefined && isOne()) alone.push(one);
      else if (several !== undefined || one !== undefined)
        for (const each of several ?? (one === undefined ? [] : [one])) await show(each);
      else if (isOne()) throw notOne();
      else if (args.includes('--')) throw fatal(`bad revision '${arg}'`);
      else {
        await onlyPaths(work, args.slice(at), tell);
        break;
      }
    }
  }
  const [only] = alone;
  if (isOne() && (only === undefined || alone.length > 1)) throw notOne();
  if (only !== undefined) await show(only);
  return 0;
}

async function commitOf(work: Work, word: string): Promise<Asked | undefined> {
  const mark = /^\^./.test(word) ? '^' : '';
  const name = word.slice(mark.length);
  const oid = await resolveObject(work, name);
  return oid === undefined ? undefined : { oid, name, mark };
}

/** `one..two`, and `one...two` with what both come from. */
async function sidesOf(work: Work, word: string): Promise<readonly Asked[] | undefined> {
  const [, from, dots, to] = /^([^:]*?)(\.{2,3})([^:]*)$/.exec(word) ?? [];
  if (dots === undefined || word === '..') return undefined;
  const [left, right] = [from || 'HEAD', to || 'HEAD'];
  const [start, end] = [await resolve(work, left), await resolve(work, right)];
  if (start === undefined || end === undefined) return undefined;
  const sides: readonly Asked[] = [
    { oid: end, name: right },
    { oid: start, name: left, mark: dots === '..' ? '^' : '' },
  ];
  if (dots === '..') return sides;
  return [...sides, ...(await mergeBases(work, start, end)).map((oid) => ({ oid, mark: '^' }) as const)];
}

/** `HEAD^@`, `HEAD^!`, `HEAD^-`: a commit's parents, by themselves or left out of its history. */
async function parentsOf(work: Work, word: string): Promise<readonly Asked[] | undefined> {
  const [, name, sign, number] = /^(.+)\^(?:([@!])|-(\d*))$/.exec(word) ?? [];
  const own = name === undefined ? undefined : await resolve(work, name);
  if (name === undefined || own === undefined) return undefined;
  const { parent } = await commitData(work, own);
  if (sign === '@') return parent.map((oid) => ({ oid }));
  const left = sign === '!' ? parent : parent.filter((_, at) => at + 1 === Number(number || 1));
  return [{ oid: own, name }, ...left.map((oid) => ({ oid, mark: '^' }) as const)];
}

/** What is said of the repository and of where one stands in it. */
function factsOf(work: Work): Readonly<Record<string, () => string>> {
  const { io } = work;
  const isBare = work.own === undefined && config(work, 'core.bare') === 'true';
  return {
    '--show-toplevel': () => work.dir,
    '--git-dir': () => work.own ?? (io.cwd === work.dir ? (isBare ? '.' : '.git') : work.gitdir),
    '--absolute-git-dir': () => work.own ?? work.gitdir,
    '--git-common-dir': () => (io.cwd === work.dir && work.own === undefined ? (isBare ? '.' : '.git') : work.gitdir),
    '--is-shallow-repository': () => String(io.machine.files.exists(`${work.gitdir}/shallow`)),
    '--is-inside-work-tree': () => String(!isBare && !io.cwd.startsWith(work.gitdir)),
    '--is-bare-repository': () => String(isBare),
    '--is-inside-git-dir': () => String(isBare || io.cwd.startsWith(work.gitdir)),
    '--show-prefix': () => (io.cwd === work.dir ? '' : `${io.cwd.slice(work.dir.length + 1)}/`),
    '--show-cdup': () => '../'.repeat(io.cwd.slice(work.dir.length).split('/').length - 1),
  };
}

/** `--git-path`: where a file of `.git` lies, as seen from here. */
function pathInGit(work: Work, path: string): string {
  const { io, dir, gitdir, own } = work;
  const hooks = path === 'hooks' ? config(work, 'core.hooksPath') : undefined;
  if (hooks !== undefined) return hooks;
  if (own !== undefined || gitdir !== `${dir}/.git`) return `${own ?? gitdir}/${path}`;
  return `${'../'.repeat(io.cwd.slice(dir.length).split('/').length - 1)}.git/${path}`;
}

/** `main`, `@{-1}`, `@{u}` → `refs/heads/main`; undefined for what is no ref. */
async function fullName(work: Work, word: string): Promise<string | undefined> {
  const name = word === '@' ? 'HEAD' : await branchMeant(work, word);
  const branch = name === 'HEAD' ? await currentBranch(work) : undefined;
  if (name === 'HEAD') return branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  const refs = new Set((await allRefs(work)).map(({ ref }) => ref));
  return ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']
    .map((kind) => kind + name)
    .find((ref) => refs.has(ref));
}
