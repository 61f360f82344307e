import * as git from 'isomorphic-git';
import { readText, renamed } from '../../forge/git/index.ts';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { diff, unstaged } from './diff.ts';
import { readIndexFile } from './index-file.ts';
import { type OptionTable, painter, readOptions } from './options.ts';
import { kindOf, type PlainKind } from './patch.ts';
import { matches, pathInWork, quotedPath, shownPath } from './pathspec.ts';
import { readLog } from './reflog-file.ts';
import { headTree, resolve } from './revisions.ts';
import { config } from './sources.ts';
import { conflictLetters, hasState } from './state.ts';
import { headLine, underWay } from './status-state.ts';
import { distance, trackingText, upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';
import { differences, isIgnored, knownFiles, readWorkTree } from './work-tree.ts';

const options: OptionTable = {
  '-s': { as: 'short' },
  '--short': { as: 'short' },
  '--porcelain': { as: 'porcelain' },
  '-b': { as: 'branch' },
  '--branch': { as: 'branch' },
  '--long': { as: 'long' },
  '-u': { as: 'untracked-all' },
  '-uall': { as: 'untracked-all' },
  '--untracked-files=all': { as: 'untracked-all' },
  '-unormal': { as: 'untracked-normal' },
  '-uno': { as: 'untracked-no' },
  '--untracked-files=no': { as: 'untracked-no' },
  '--ignored': { as: 'ignored' },
  '--porcelain=v1': { as: 'porcelain' },
  '--porcelain=v2': { as: 'v2' },
  '--show-stash': { as: 'show-stash' },
  '--no-ahead-behind': { as: 'no-ahead-behind' },
  '--untracked-files': { as: 'untracked-all' },
  '--untracked-files=normal': { as: 'untracked-normal' },
  '--no-renames': { as: 'no-renames' },
  '--renames': { as: 'renames' },
  '-M': { as: 'renames' },
  '--find-renames': { as: 'renames', value: 'optional' },
  '--ahead-behind': { as: 'ahead-behind' },
  '--ignore-submodules': { as: 'ignore-submodules', value: 'optional' },
  '--column': { as: 'column', value: 'optional' },
  '--no-column': { as: 'no-column' },
  '-z': { as: 'nul' },
  '--null': { as: 'nul' },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
};

/** What `git status` tells, before it is put into words. */
export interface Status {
  /** Path → letter, against HEAD. */
  readonly staged: ReadonlyMap<string, 'R' | PlainKind>;
  /** New name → old name. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly unstaged: ReadonlyMap<string, PlainKind>;
  /** Path → letters of both sides, as `UU`. */
  readonly conflicts: ReadonlyMap<string, string>;
  /** Untracked files; a folder of which nothing is tracked is one entry that ends in `/`. */
  readonly untracked: readonly string[];
}

export async function readStatus(
  work: Work,
  flags: ReadonlySet<string> = new Set(),
  before?: TreeFiles,
): Promise<Status> {
  const head = before ?? (await headTree(work));
  const { files: index, conflicts, intents } = readIndexFile(work);
  const known = knownFiles(work);
  const { tree, paths } = await unstaged(work, known);
  const staged = new Map<string, 'R' | PlainKind>();
  for (const path of differences(head, index))
    if (!conflicts.has(path)) staged.set(path, kindOf(head.get(path), index.get(path)));
  const renames = await findRenames(work, staged, head, index);
  return {
    staged,
    renamed: renames,
    unstaged: new Map(
      paths
        .filter((path) => !conflicts.has(path))
        .map((path) => [
          path,
          intents?.has(path) === true && tree.has(path)
            ? 'A'
            : kindOf(index.get(path) ?? tree.get(path), tree.get(path)),
        ]),
    ),
    conflicts: new Map([...conflicts].map(([path, stages]) => [path, conflictLetters(stages)])),
    untracked: flags.has('untracked-no')
      ? []
      : flags.has('untracked-all')
        ? [...tree].flatMap(([path, { mode }]) => (known.has(path) ? [] : [mode === '160000' ? `${path}/` : path]))
        : untrackedOf(tree, known),
  };
}

/** Files that were taken away and added again under another name, as they were or nearly so. */
async function findRenames(
  work: Work,
  staged: Map<string, 'R' | PlainKind>,
  head: TreeFiles,
  index: TreeFiles,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [path, { from }] of await renamed(head, index, (file) => readText(work, file))) {
    if (staged.get(path) !== 'A' || staged.get(from) !== 'D') continue;
    staged.delete(from);
    staged.set(path, 'R');
    found.set(path, from);
  }
  return found;
}

function untrackedOf(tree: TreeFiles, index: TreeFiles): readonly string[] {
  const found = new Set<string>();
  for (const [path, { mode }] of tree) {
    if (index.has(path)) continue;
    const parts = path.split('/');
    const whole = parts.findIndex((_, depth) => {
      const folder = `${parts.slice(0, depth + 1).join('/')}/`;
      return depth < parts.length - 1 && ![...index.keys()].some((tracked) => tracked.startsWith(folder));
    });
    found.add(whole < 0 ? `${path}${mode === '160000' ? '/' : ''}` : `${parts.slice(0, whole + 1).join('/')}/`);
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

/** What of it lies under the paths that are asked for. */
function within(found: Status, asked: readonly string[]): Status {
  if (asked.length === 0 || asked.includes('')) return found;
  const keep = <Value>(all: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map([...all].filter(([path]) => matches(path, asked)));
  return {
    staged: keep(found.staged),
    renamed: keep(found.renamed),
    unstaged: keep(found.unstaged),
    conflicts: keep(found.conflicts),
    untracked: found.untracked.filter((path) => matches(path.replace(/\/$/, ''), asked)),
  };
}

/** `git status`, in the long form, or the short one of `-s` and `--porcelain`. */
export async function status(work: Work, args: readonly string[]): Promise<number> {
  const { flags: given, words, paths = [] } = readOptions('status', args, options);
  const flags = withSettings(work, given);
  const asked = [...words, ...paths].map((path) => pathInWork(work, path));
  const found = within(await readStatus(work, flags), asked);
  if (flags.has('nul') && !flags.has('v2')) {
    work.io.stdout(await withNuls(work, found, flags));
    return 0;
  }
  if (flags.has('v2')) {
    work.io.stdout(await secondForm(work, found, flags));
    return 0;
  }
  if (flags.has('ignored')) {
    if (!flags.has('short') && !flags.has('porcelain')) {
      const ignored = await ignoredPaths(work, flags.has('untracked-all'));
      work.io.stdout(await longForm(work, found, { hidden: flags.has('untracked-no'), ignored }));
      return 0;
    }
    const lines = (await ignoredPaths(work, flags.has('untracked-all'))).map(
      (path) => `!! ${quotedPath(shownPath(work, path), true)}\n`,
    );
    work.io.stdout((await shortForm(work, found, flags)) + lines.join(''));
    return 0;
  }
  if (flags.has('short') || flags.has('porcelain')) work.io.stdout(await shortForm(work, found, flags));
  else {
    work.io.stdout(await longForm(work, found, { hidden: flags.has('untracked-no') }));
    const count = flags.has('show-stash') ? readLog(work, 'refs/stash').length : 0;
    if (count > 0) work.io.stdout(`Your stash currently has ${count} ${count === 1 ? 'entry' : 'entries'}\n`);
    if (flags.has('verbose')) await diff(work, ['--cached']);
  }
  return 0;
}

/** The flags, with those for which settings stand. */
function withSettings(work: Work, flags: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(flags);
  const isFree = (prefix: string): boolean => ![...flags].some((flag) => flag.startsWith(prefix));
  const isSet = (name: string, value = 'true'): boolean => config(work, `status.${name}`) === value;
  if (isSet('short') && ['long', 'porcelain', 'v2'].every(isFree)) all.add('short');
  if (isSet('branch') && ['porcelain', 'v2'].every(isFree)) all.add('branch');
  for (const how of ['no', 'all'])
    if (isSet('showUntrackedFiles', how) && isFree('untracked-')) all.add(`untracked-${how}`);
  return all;
}

/** What is ignored: a folder of which all is ignored is one entry that ends in `/`, unless each file is asked for. */
export async function ignoredPaths(work: Work, each = false): Promise<readonly string[]> {
  const { files } = work.io.machine;
  const tracked = [...knownFiles(work).keys()];
  /** What is ignored below a folder, and whether there is anything else. */
  async function walk(
    folder: string,
    all = false,
  ): Promise<{ readonly found: readonly string[]; readonly mixed: boolean }> {
    const found: string[] = [];
    let mixed = false;
    for (const name of files.list(folder === '' ? work.dir : `${work.dir}/${folder}`)) {
      if (name === '.git') continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      if (files.lstat(`${work.dir}/${path}`).type !== 'directory') {
        if (all || (!tracked.includes(path) && (await isIgnored(work, path)))) found.push(path);
        else mixed = true;
        continue;
      }
      const holdsTracked = tracked.some((one) => one.startsWith(`${path}/`));
      const whole = !holdsTracked && (await isIgnored(work, `${path}/`));
      const below = whole && !each ? { found: [`${path}/`], mixed: false } : await walk(path, all || whole);
      mixed ||= below.mixed;
      found.push(...(each || below.mixed || below.found.length === 0 ? below.found : [`${path}/`]));
    }
    return { found, mixed };
  }
  return (await walk('')).found;
}

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

async function shortForm(work: Work, found: Status, flags: ReadonlySet<string>): Promise<string> {
  const paint = flags.has('porcelain') ? (_: string, text: string) => text : painter(work.io);
  const paths = [...new Set([...found.staged.keys(), ...found.unstaged.keys(), ...found.conflicts.keys()])].sort(
    (a, b) => (a < b ? -1 : 1),
  );
  const show = (path: string): string => quotedPath(flags.has('porcelain') ? path : shownPath(work, path), true);
  const lines = paths.map((path) => {
    const letters = found.conflicts.get(path);
    if (letters !== undefined) return `${paint('31', letters)} ${show(path)}\n`;
    const x = found.staged.get(path) ?? ' ';
    const y = found.unstaged.get(path) ?? ' ';
    const old = found.renamed.get(path);
    return `${paint('32', x)}${paint('31', y)} ${old === undefined ? '' : `${show(old)} -> `}${show(path)}\n`;
  });
  const untracked = found.untracked.map((path) => `${paint('31', '??')} ${show(path)}\n`);
  const branch = flags.has('branch') ? `${await branchLine(work)}\n` : '';
  return branch + lines.join('') + untracked.join('');
}

/** `-z`: the short form with NULs, names as they are, and the old name of a renamed file behind the new one. */
async function withNuls(work: Work, found: Status, flags: ReadonlySet<string>): Promise<string> {
  const letters = new Map(found.conflicts);
  for (const path of [...found.staged.keys(), ...found.unstaged.keys()])
    if (!letters.has(path)) letters.set(path, (found.staged.get(path) ?? ' ') + (found.unstaged.get(path) ?? ' '));
  const rows = [...letters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, two]) => {
      const old = found.renamed.get(path);
      return `${two} ${path}\0${old === undefined ? '' : `${old}\0`}`;
    });
  const branch = flags.has('branch') ? `${await branchLine(work)}\0` : '';
  return branch + rows.join('') + found.untracked.map((path) => `?? ${path}\0`).join('');
}

/** `--porcelain=v2` ("Porcelain Format Version 2" of git-status). */
async function secondForm(work: Work, found: Status, flags: ReadonlySet<string>): Promise<string> {
  const [head, { files: index, conflicts }] = [await headTree(work), readIndexFile(work)];
  const tree = await readWorkTree(work, knownFiles(work));
  const none = { mode: '000000', oid: '0'.repeat(40) };
  const out: string[] = [];
  if (flags.has('branch')) {
    const [branch, oid] = [await currentBranch(work), await resolve(work, 'HEAD')];
    out.push(`# branch.oid ${oid ?? '(initial)'}`, `# branch.head ${branch ?? '(detached)'}`);
    const upstream = branch === undefined ? undefined : await upstreamOf(work, branch);
    const apart = upstream === undefined ? undefined : await distance(work, upstream);
    if (upstream !== undefined) out.push(`# branch.upstream ${upstream.name}`);
    if (apart !== undefined) out.push(`# branch.ab +${apart.ahead} -${apart.behind}`);
  }
  const paths = [...new Set([...found.staged.keys(), ...found.unstaged.keys()])].sort((a, b) => (a < b ? -1 : 1));
  for (const path of paths) {
    const [x, y, old] = [found.staged.get(path) ?? '.', found.unstaged.get(path) ?? '.', found.renamed.get(path)];
    const [was, is] = [head.get(old ?? path) ?? none, index.get(path) ?? none];
    const now = tree.get(path)?.mode ?? none.mode;
    const facts = `${x}${y} N... ${was.mode} ${is.mode} ${is === none && y !== 'A' ? none.mode : now} ${was.oid} ${is.oid}`;
    const score = old === undefined ? 0 : (await renamed(head, index, (file) => readText(work, file))).get(path)?.score;
    out.push(
      old === undefined
        ? `1 ${facts} ${quotedPath(path)}`
        : `2 ${facts} R${Math.floor(((score ?? 0) * 100) / 60_000)} ${quotedPath(path)}\t${quotedPath(old)}`,
    );
  }
  for (const [path, letters] of found.conflicts) {
    const stages = ([1, 2, 3] as const).map((stage) => conflicts.get(path)?.[stage] ?? none);
    const now = tree.get(path)?.mode ?? none.mode;
    out.push(
      `u ${letters} N... ${stages.map(({ mode }) => mode).join(' ')} ${now} ${stages.map(({ oid }) => oid).join(' ')} ${quotedPath(path)}`,
    );
  }
  for (const path of found.untracked) out.push(`? ${quotedPath(path)}`);
  if (flags.has('ignored')) for (const path of await ignoredPaths(work)) out.push(`! ${quotedPath(path)}`);
  return out.map((line) => `${line}\n`).join('');
}

async function branchLine(work: Work): Promise<string> {
  const branch = await currentBranch(work);
  if (branch === undefined) return '## HEAD (no branch)';
  if ((await resolve(work, 'HEAD')) === undefined) return `## No commits yet on ${branch}`;
  const upstream = await upstreamOf(work, branch);
  if (upstream === undefined) return `## ${branch}`;
  const apart = await distance(work, upstream);
  const counts =
    apart === undefined
      ? ['gone']
      : [apart.ahead > 0 ? `ahead ${apart.ahead}` : '', apart.behind > 0 ? `behind ${apart.behind}` : ''].filter(
          Boolean,
        );
  return `## ${branch}...${upstream.name}${counts.length === 0 ? '' : ` [${counts.join(', ')}]`}`;
}

/** How `git status` calls what the sides of a conflict did. */
const sides: Readonly<Record<string, string>> = {
  DD: 'both deleted:',
  AU: 'added by us:',
  UD: 'deleted by them:',
  UA: 'added by them:',
  DU: 'deleted by us:',
  AA: 'both added:',
  UU: 'both modified:',
};

async function longForm(
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
