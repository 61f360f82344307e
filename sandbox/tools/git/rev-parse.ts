import * as git from 'isomorphic-git';
import { commitData, mergeBases } from '../../forge/git/index.ts';
import { allRefs } from './decorations.ts';
import { resolveObject } from './objects.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { mustResolve, resolve } from './revisions.ts';
import { config } from './sources.ts';
import { upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';

const parseOptions: OptionTable = {
  '--short': { as: 'short' },
  '--abbrev-ref': { as: 'abbrev-ref' },
  '--show-toplevel': { as: 'fact' },
  '--git-dir': { as: 'fact' },
  '--absolute-git-dir': { as: 'fact' },
  '--is-inside-work-tree': { as: 'fact' },
  '--is-bare-repository': { as: 'fact' },
  '--is-inside-git-dir': { as: 'fact' },
  '--show-prefix': { as: 'fact' },
  '--show-cdup': { as: 'fact' },
  '--all': { as: 'all' },
  '--branches': { as: 'branches' },
  '--tags': { as: 'tags' },
  '--verify': { as: 'verify' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--symbolic-full-name': { as: 'full-name' },
  '--is-shallow-repository': { as: 'fact' },
  '--git-common-dir': { as: 'fact' },
  '--git-path': { as: 'path', value: true },
};

/** `git rev-parse`: names to ids. */
export async function revParse(work: Work, args: readonly string[]): Promise<number> {
  const lengths = args.flatMap((arg) => /^--short=(\d+)$/.exec(arg)?.[1] ?? []);
  // What is no option of its own is handed on.
  const isKnown = (arg: string): boolean =>
    !/^-./.test(arg) || Object.hasOwn(parseOptions, arg) || /^(--short=|--$|-h$)/.test(arg);
  const known = args.filter(isKnown);
  for (const arg of args) if (!isKnown(arg)) work.io.stdout(`${arg}\n`);
  const parsed = readOptions(
    'rev-parse',
    known.flatMap((arg) => (/^--short=\d+$/.test(arg) ? ['--short', '--length', ...lengths] : [arg])),
    { ...parseOptions, '--length': { as: 'length', value: true } },
  );
  const { flags, words } = parsed;
  const { io } = work;
  // In the order in which they are asked for.
  const isBare = work.own === undefined && config(work, 'core.bare') === 'true';
  const facts: Readonly<Record<string, () => string>> = {
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
  for (const [at, arg] of args.entries()) {
    const path = arg === '--git-path' ? (args[at + 1] ?? '') : undefined;
    if (path !== undefined) io.stdout(`${pathInGit(work, path)}\n`);
    else if (Object.hasOwn(facts, arg)) io.stdout(`${facts[arg]?.()}\n`);
  }
  if (flags.has('all') || flags.has('branches') || flags.has('tags'))
    for (const { ref } of await allRefs(work))
      if (flags.has('all') || ref.startsWith(flags.has('branches') ? 'refs/heads/' : 'refs/tags/'))
        io.stdout(`${await git.resolveRef({ ...work, ref })}\n`);
  const spelled: string[] = [];
  for (const word of words) {
    const [, one, mark, number = '1'] = /^(.+)\^(?:([@!])|-(\d*))$/.exec(word) ?? [];
    const oid = one === undefined ? undefined : await resolve(work, one);
    if (one === undefined || oid === undefined) spelled.push(word);
    else if (mark === undefined) spelled.push(one, `^${one}^${number || 1}`);
    else {
      const { parent } = await commitData(work, oid);
      spelled.push(...(mark === '!' ? [one, ...parent.map((parent) => `^${parent}`)] : parent));
    }
  }
  const whole = spelled.flatMap((word) => {
    const [, from, dots, to] = /^([^:]*?)(\.{2,3})([^:]*)$/.exec(word) ?? [];
    if (dots === undefined || (word.startsWith('..') && word.length < 4)) return [word];
    const [left, right] = [from || 'HEAD', to || 'HEAD'];
    return dots === '..' ? [right, `^${left}`] : [left, right, `^...${left}:${right}`];
  });
  if ((flags.has('short') || flags.has('verify')) && whole.length > 1) throw fatal('Needed a single revision');
  for (const word of whole) {
    const [, one, two] = /^\^\.\.\.(.*):(.*)$/.exec(word) ?? [];
    if (one !== undefined && two !== undefined) {
      const sides = [await mustResolve(work, one), await mustResolve(work, two)] as const;
      io.stdout((await mergeBases(work, ...sides)).map((oid) => `^${oid}\n`).join(''));
      continue;
    }
    if (/^\^./.test(word)) {
      io.stdout(`^${await mustResolve(work, word.slice(1))}\n`);
      continue;
    }
    const follows = /^(.*)@\{u(?:pstream)?\}$/.exec(word);
    const name = follows === null ? word : await upstreamName(work, follows[1] ?? '');
    const oid = await resolveObject(work, name);
    if (oid === undefined) {
      if (flags.has('verify') && flags.has('quiet')) return 1;
      if (flags.has('verify') || flags.has('short')) throw fatal('Needed a single revision');
      io.stdout(`${word}\n`);
      await mustResolve(work, word);
    } else if (flags.has('full-name') && !flags.has('abbrev-ref')) {
      const full = await fullName(work, name);
      if (full !== undefined) io.stdout(`${full}\n`);
    } else if (flags.has('abbrev-ref'))
      io.stdout(`${name === 'HEAD' ? ((await currentBranch(work)) ?? 'HEAD') : name}\n`);
    else
      io.stdout(
        `${flags.has('short') ? oid.slice(0, Number(lastValue(parsed, 'length') ?? work.abbrev ?? 7)) : oid}\n`,
      );
  }
  return 0;
}

/** `--git-path`: where a file of `.git` lies, as seen from here. */
function pathInGit(work: Work, path: string): string {
  const { io, dir, gitdir, own } = work;
  const hooks = path === 'hooks' ? config(work, 'core.hooksPath') : undefined;
  if (hooks !== undefined) return hooks;
  if (own !== undefined || gitdir !== `${dir}/.git`) return `${own ?? gitdir}/${path}`;
  return `${'../'.repeat(io.cwd.slice(dir.length).split('/').length - 1)}.git/${path}`;
}

/** `main` → `refs/heads/main`; undefined for what is no ref. */
async function fullName(work: Work, name: string): Promise<string | undefined> {
  const branch = name === 'HEAD' ? await currentBranch(work) : undefined;
  if (name === 'HEAD') return branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  const refs = new Set((await allRefs(work)).map(({ ref }) => ref));
  return ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']
    .map((kind) => kind + name)
    .find((ref) => refs.has(ref));
}

async function upstreamName(work: Work, branch: string): Promise<string> {
  const name = branch === '' ? await currentBranch(work) : branch;
  if (name === undefined) throw fatal('HEAD does not point to a branch');
  const upstream = await upstreamOf(work, name);
  if (upstream === undefined) throw fatal(`no upstream configured for branch '${name}'`);
  return upstream.name;
}
