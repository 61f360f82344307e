// What a push tells of its refs.
import { short } from '../../forge/git/index.ts';
import type { Answer, Wish } from './push-wishes.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

/** @param told the remote, when what is up to date is told as well (`-v`). */
export function report(work: Work, url: string, results: readonly Answer[], told?: string): void {
  const { io } = work;
  const isMissing = ({ result }: Answer): boolean => result.result === 'refused' && result.reason === 'missing';
  if (results.length > 0 && results.every(isMissing)) return;
  const isNothing = results.every(({ result }) => result.result === 'up-to-date');
  if (!isNothing || told !== undefined) {
    const lines = results.flatMap(({ wish, result }) => lineFor(work, wish, result, told !== undefined));
    io.stderr(`To ${url}\n${lines.map((line) => `${line}\n`).join('')}`);
  }
  for (const { wish, result } of told === undefined || config(work, `remote.${told}.url`) === undefined ? [] : results)
    if (result.result !== 'refused' && wish.ref.startsWith('refs/heads/'))
      io.stderr(`updating local tracking ref '${wish.ref.replace('refs/heads', `refs/remotes/${told}`)}'\n`);
  if (isNothing) io.stderr('Everything up-to-date\n');
}

function lineFor(work: Work, wish: Wish, result: Answer['result'], all: boolean): readonly string[] {
  const { ref, to } = wish;
  const [from, name] = [wish.from, ref].map((one) => one.replace(/^refs\/(heads|tags)\//, '')) as [string, string];
  const row = (mark: string, summary: string, what: string): string[] => [` ${mark} ${summary.padEnd(17)} ${what}`];
  switch (result.result) {
    case 'up-to-date':
      return all ? row('=', '[up to date]', `${from} -> ${name}`) : [];
    case 'new': {
      const kind = ref.startsWith('refs/tags/') ? 'tag' : ref.startsWith('refs/heads/') ? 'branch' : 'reference';
      return row('*', `[new ${kind}]`, `${from} -> ${name}`);
    }
    case 'removed':
      return row('-', '[deleted]', name);
    case 'moved':
      return row(' ', `${short(work, result.from)}..${short(work, to ?? '')}`, `${from} -> ${name}`);
    case 'forced':
      return row('+', `${short(work, result.from)}...${short(work, to ?? '')}`, `${from} -> ${name} (forced update)`);
    default:
      if (result.reason === 'missing') return [];
      return row(
        '!',
        isRemote(result.reason) ? '[remote rejected]' : '[rejected]',
        `${from === '' ? '' : `${from} -> `}${name} (${result.reason.trim()})`,
      );
  }
}

/** What the forge says, as git shows it: with the trailing blanks that clear what stood on the line. */
export function sayRemote({ io }: Work, lines: readonly string[]): void {
  for (const line of lines) io.stderr(line === '' ? 'remote: \n' : `remote: ${line}        \n`);
}

/** Whether the other side refused, rather than git here. */
const isRemote = (reason: string): boolean =>
  / declined( |$)|prohibited$|checked out$|^non-fast-forward $/.test(reason);

/** @param isOwn whether it is the branch on which one is. */
export function hintFor(reason: string, isOwn: boolean): string {
  const last = "hint: See the 'Note about fast-forwards' in 'git push --help' for details.\n";
  if (reason === 'fetch first') {
    return `hint: Updates were rejected because the remote contains work that you do\nhint: not have locally. This is usually caused by another repository pushing\nhint: to the same ref. You may want to first integrate the remote changes\nhint: (e.g., 'git pull ...') before pushing again.\n${last}`;
  }
  if (reason === 'already exists') return 'hint: Updates were rejected because the tag already exists in the remote.\n';
  if (reason === 'missing' || reason === 'stale info' || isRemote(reason)) return '';
  if (!isOwn)
    return `hint: Updates were rejected because a pushed branch tip is behind its remote\nhint: counterpart. Check out this branch and integrate the remote changes\nhint: (e.g. 'git pull ...') before pushing again.\n${last}`;
  return `hint: Updates were rejected because the tip of your current branch is behind\nhint: its remote counterpart. Integrate the remote changes (e.g.\nhint: 'git pull ...') before pushing again.\n${last}`;
}
