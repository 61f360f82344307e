// Commands of a few lines each, which scripts call.
import { isRefName, zone } from '../../../forge/git/index.ts';
import { diffFiles } from '../diff-tree.ts';
import { cleaned, editorOf } from '../editor.ts';
import { identity } from '../identity.ts';
import type { GetLazy } from '../lazy.ts';
import { log } from '../log.ts';
import { mailmapOf } from '../mailmap.ts';
import { fatal, GitStop, readOptions, UsageStop } from '../options.ts';
import { resolve } from '../revisions.ts';
import { config } from '../sources.ts';
import { verify } from '../tag.ts';
import type { Work } from '../work.ts';
import { gc } from './gc.ts';

export { diffFiles };

/** `git var`: who commits, and with what. */
export async function variable(work: Work, [name]: readonly string[]): Promise<number> {
  const { env } = work.io;
  const person = /^GIT_(AUTHOR|COMMITTER)_IDENT$/.exec(name ?? '')?.[1] as 'AUTHOR' | 'COMMITTER' | undefined;
  if (person !== undefined) {
    const { name: who, email, timestamp, timezoneOffset } = await identity(work, person);
    work.io.stdout(`${who} <${email}> ${timestamp} ${zone(timezoneOffset)}\n`);
    return 0;
  }
  const branch = config(work, 'init.defaultBranch') ?? 'master';
  const editor = editorOf(work.io, work);
  if (name === 'GIT_EDITOR' && editor === undefined) throw fatal('Terminal is dumb, but EDITOR unset');
  const values: Readonly<Record<string, string | undefined>> = {
    GIT_EDITOR: editor,
    GIT_PAGER: env.GIT_PAGER ?? config(work, 'core.pager') ?? env.PAGER ?? 'less',
    GIT_DEFAULT_BRANCH: branch,
  };
  const value = values[name ?? ''];
  if (value === undefined) throw new UsageStop('var');
  work.io.stdout(`${value}\n`);
  return 0;
}

/** `git check-ref-format`: whether a name can be one of a ref, or with `--branch` of a branch. */
export async function checkRefFormat(work: Work, args: readonly string[]): Promise<number> {
  const name = args.at(-1) ?? '';
  if (args[0] === '--branch') {
    if (!isRefName(name)) throw fatal(`'${name}' is not a valid branch name`);
    work.io.stdout(`${name}\n`);
    return 0;
  }
  const plain =
    args[0] === '--normalize' || args[0] === '--print' ? name.replaceAll(/\/+/g, '/').replace(/^\//, '') : name;
  const isLevelled = plain.includes('/') || args.includes('--allow-onelevel');
  if (!isLevelled || !isRefName(plain)) return 1;
  if (plain !== name || args[0] === '--normalize') work.io.stdout(`${plain}\n`);
  return 0;
}

/** `git stripspace`: a text without spaces at the ends of lines and without more than one empty line. */
export async function stripspace(work: Work, args: readonly string[]): Promise<number> {
  const text = new TextDecoder().decode(work.io.stdin);
  if (args[0] === '-c' || args[0] === '--comment-lines') {
    const lines = text.replace(/\n$/, '').split('\n');
    work.io.stdout(lines.map((line) => `#${line === '' ? '' : ` ${line}`}\n`).join(''));
    return 0;
  }
  const strips = args[0] === '-s' || args[0] === '--strip-comments';
  work.io.stdout(cleaned(text, strips));
  return 0;
}

/** `git maintenance run`: what `gc --auto` does, which is nothing here but for `--task=gc`. */
export async function maintenance(work: Work, [action, ...args]: readonly string[]): Promise<number> {
  if (action === 'run') return args.includes('--task=gc') ? gc(work, ['-q']) : 0;
  if (action === undefined) throw new UsageStop('maintenance', { message: 'error: need a subcommand\n' });
  throw new GitStop(`git maintenance: '${action}' is not part of this sandbox`, 129);
}

/** `git whatchanged`: the log with what each commit did to the files, without those that did nothing. */
export function whatchanged(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const isFormed = args.some((arg) =>
    /^(-p|--patch|--stat|--name-only|--name-status|--numstat|--shortstat)$/.test(arg),
  );
  return log(work, ['--no-merges', '--diff-filter=AMDRT', ...(isFormed ? [] : ['--raw']), ...args], lazy);
}

/** `git check-mailmap`: people as `.mailmap` names them. */
export async function checkMailmap(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('check-mailmap', args, { '--stdin': { as: 'stdin' } });
  const typed = flags.has('stdin') ? new TextDecoder().decode(work.io.stdin).split('\n').filter(Boolean) : [];
  if (words.length + typed.length === 0 && !flags.has('stdin')) throw fatal('no contacts specified');
  const mapped = mailmapOf(work);
  for (const contact of [...words, ...typed]) {
    const [, name = '', email] = /^(.*?)\s*<([^>]*)>/.exec(contact) ?? [];
    if (email === undefined) throw fatal(`unable to parse contact: ${contact}`);
    const who = mapped({ name, email });
    work.io.stdout(`${who.name === '' ? '' : `${who.name} `}<${who.email}>\n`);
  }
  return 0;
}

/** `git verify-tag`: nothing is signed here, which is told of each. */
export async function verifyTag(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('verify-tag', args, {
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
    '--raw': { as: 'raw' },
  });
  if (words.length === 0) throw new UsageStop('verify-tag');
  return verify(work, words, flags.has('verbose'));
}

/** `git verify-commit`: nothing is signed here. @throws GitStop for what is no commit. */
export async function verifyCommit(work: Work, names: readonly string[]): Promise<number> {
  if (names.length === 0) throw new UsageStop('verify-commit');
  for (const name of names)
    if ((await resolve(work, name)) === undefined) throw new GitStop(`error: commit '${name}' not found.`, 1);
  return 1;
}
