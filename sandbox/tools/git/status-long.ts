// The long form of git status, and what commit takes of it.
import * as git from 'isomorphic-git';
import { readTree } from '../../forge/index.ts';
import { readIndexFile } from './index-file.ts';
import { painter } from './options.ts';
import { quotedPath, shownPath } from './pathspec.ts';
import { resolve } from './revisions.ts';
import { hasState } from './state.ts';
import { readStatus, type Status, withSettings } from './status-read.ts';
import { headLine, underWay } from './status-state.ts';
import { trackingText } from './upstream.ts';
import type { Work } from './work.ts';

/** What the form of a commit message tells of the state: as `git status`, without advice (wt-status.c). */
export async function statusForForm(work: Work, amending: boolean): Promise<string> {
  const flags = withSettings(work, new Set());
  const before = amending ? await readTree(work, (await parentsOfHead(work))[0]) : undefined;
  const found = await readStatus(work, flags, before);
  const isFirst = before?.size === 0 && (await parentsOfHead(work)).length === 0;
  const text = await longForm(work, found, { committing: true, bare: true, isFirst });
  return text
    .split('\n')
    .filter((line) => !/^ {2}\(.*\)$/.test(line))
    .join('\n');
}

async function parentsOfHead(work: Work): Promise<readonly string[]> {
  return (await git.readCommit({ ...work, oid: (await resolve(work, 'HEAD')) ?? '' })).commit.parent;
}

/** What `git commit` says when there is nothing to commit. */
export async function nothingToCommit(work: Work, amending = false): Promise<string> {
  const isFirst = amending && (await parentsOfHead(work)).length === 0;
  return longForm(work, await readStatus(work), { committing: true, amending, isFirst });
}

/** How `git status` calls what the sides of a conflict did. */
export const sides: Readonly<Record<string, string>> = {
  DD: 'both deleted:',
  AU: 'added by us:',
  UD: 'deleted by them:',
  UA: 'added by them:',
  DU: 'deleted by us:',
  AA: 'both added:',
  UU: 'both modified:',
};

export async function longForm(
  work: Work,
  found: Status,
  {
    hidden = false,
    committing = false,
    amending = false,
    bare = false,
    isFirst = false,
    ignored = [],
  }: {
    readonly hidden?: boolean;
    readonly committing?: boolean;
    readonly amending?: boolean;
    /** Without the sentence at its end. */
    readonly bare?: boolean;
    /** Whether the commit that is made anew is the first one. */
    readonly isFirst?: boolean;
    readonly ignored?: readonly string[];
  } = {},
): Promise<string> {
  const paint = painter(work.io);
  const born = (await resolve(work, 'HEAD')) !== undefined;
  const tracking = await trackingText(work);
  const text = [await headLine(work, paint)];
  if (tracking !== '') text.push(`${tracking}\n`);
  text.push(await underWay(work));
  if (!born || isFirst) text.push(committing ? '\nInitial commit\n\n' : '\nNo commits yet\n\n');

  const section = (title: string, hints: readonly string[], lines: readonly string[]): void => {
    text.push(`${title}\n${hints.map((hint) => `  (${hint})\n`).join('')}${lines.join('')}\n`);
  };
  const concluding = ['MERGE_HEAD', 'CHERRY_PICK_HEAD'].some((name) => hasState(work, name));
  const unstageHint = concluding
    ? []
    : [born ? 'use "git restore --staged <file>..." to unstage' : 'use "git rm --cached <file>..." to unstage'];
  const words = {
    A: 'new file:   ',
    M: 'modified:   ',
    D: 'deleted:    ',
    R: 'renamed:    ',
    T: 'typechange: ',
  } as const;
  if (found.staged.size > 0) {
    const lines = [...found.staged]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, kind]) => {
        const old = found.renamed.get(path);
        const name = `${old === undefined ? '' : `${quotedPath(shownPath(work, old))} -> `}${quotedPath(shownPath(work, path))}`;
        return `\t${paint('32', `${words[kind]}${name}`)}\n`;
      });
    section('Changes to be committed:', unstageHint, lines);
  }
  if (found.conflicts.size > 0) {
    const letters = [...found.conflicts.values()];
    const oneSided = letters.some((one) => one === 'DU' || one === 'UD');
    const gone = letters.includes('DD');
    const hint =
      (gone || oneSided) && !(gone && !oneSided && letters.every((one) => one === 'DD'))
        ? 'use "git add/rm <file>..." as appropriate to mark resolution'
        : gone
          ? 'use "git rm <file>..." to mark resolution'
          : 'use "git add <file>..." to mark resolution';
    section(
      'Unmerged paths:',
      [...unstageHint, hint],
      [...found.conflicts].map(
        ([path, one]) => `\t${paint('31', `${(sides[one] ?? '').padEnd(17)}${quotedPath(shownPath(work, path))}`)}\n`,
      ),
    );
  }
  if (found.unstaged.size > 0) {
    const { files } = readIndexFile(work);
    const nested = new Set([...files].flatMap(([path, { mode }]) => (mode === '160000' ? [path] : [])));
    const add = [...found.unstaged.values()].includes('D') ? 'add/rm' : 'add';
    const hints = [
      `use "git ${add} <file>..." to update what will be committed`,
      'use "git restore <file>..." to discard changes in working directory',
    ];
    section(
      'Changes not staged for commit:',
      hints,
      [...found.unstaged].map(
        ([path, kind]) =>
          `\t${paint('31', `${words[kind]}${quotedPath(shownPath(work, path))}`)}${nested.has(path) ? ' (new commits)' : ''}\n`,
      ),
    );
  }
  if (found.untracked.length > 0) {
    section(
      'Untracked files:',
      ['use "git add <file>..." to include in what will be committed'],
      found.untracked.map((path) => `\t${paint('31', quotedPath(shownPath(work, path)))}\n`),
    );
  }
  if (ignored.length > 0)
    section(
      'Ignored files:',
      ['use "git add -f <file>..." to include in what will be committed'],
      ignored.map((path) => `\t${paint('31', quotedPath(shownPath(work, path)))}\n`),
    );
  if (hidden && found.staged.size > 0)
    text.push('Untracked files not listed (use -u option to show untracked files)\n');
  if (bare) return text.join('');
  // What was settled is a merge to be committed, also when it changes nothing.
  if (hasState(work, 'MERGE_HEAD') && found.conflicts.size === 0) return text.join('');
  return text.join('') + (amending && found.staged.size === 0 ? 'No changes\n' : closing(found, { born, hidden }));
}

function closing(
  { staged, unstaged, untracked, conflicts }: Status,
  { born, hidden }: { born: boolean; hidden: boolean },
): string {
  if (staged.size > 0) return '';
  if (unstaged.size + conflicts.size > 0) return 'no changes added to commit (use "git add" and/or "git commit -a")\n';
  if (untracked.length > 0) return 'nothing added to commit but untracked files present (use "git add" to track)\n';
  if (hidden) return 'nothing to commit (use -u to show untracked files)\n';
  return born
    ? 'nothing to commit, working tree clean\n'
    : 'nothing to commit (create/copy files and use "git add" to track)\n';
}
