import * as git from 'isomorphic-git';
import { isRefName, short, titleOf } from '../../forge/git/index.ts';
import { isAncestor } from '../../forge/index.ts';
import { remotesOf } from './far.ts';
import { filled, sortedRefs } from './for-each-ref.ts';
import { failed, fatal, lastValue, type OptionTable, type Parsed, painter, readOptions } from './options.ts';
import { isFiltered, isKept, refFilters, withHead } from './ref-filter.ts';
import { readLog, writeLog } from './reflog-file.ts';
import { moveRef, record, removeRef } from './refs.ts';
import { remoteHead } from './remote.ts';
import { mustResolve, resolve } from './revisions.ts';
import { changeConfig, withSection, withSetting } from './settings.ts';
import { hasState, stateText } from './state.ts';
import { detachedAt } from './status-state.ts';
import { distance, followAs, isToFollow, noSuchUpstream, startToFollow, upstreamOf } from './upstream.ts';
import { wildcard } from './wildcard.ts';
import { currentBranch, type Work } from './work.ts';
import { treeOn } from './worktrees.ts';

const options: OptionTable = {
  '-a': { as: 'all' },
  '--all': { as: 'all' },
  '-r': { as: 'remotes' },
  '--remotes': { as: 'remotes' },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
  '--color': { as: 'color', value: 'optional' },
  '--column': { as: 'column', value: 'optional' },
  '--no-column': { as: 'no-column' },
  '--abbrev': { as: 'abbrev', value: true },
  '-i': { as: 'ignore-case' },
  '--ignore-case': { as: 'ignore-case' },
  '--create-reflog': { as: 'create-reflog' },
  '-d': { as: 'delete' },
  '--delete': { as: 'delete' },
  '-D': { as: 'force-delete' },
  '-m': { as: 'move' },
  '-M': { as: 'move-over' },
  '--no-abbrev': { as: 'no-abbrev' },
  '--move': { as: 'move' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-l': { as: 'list' },
  '--list': { as: 'list' },
  '--show-current': { as: 'show-current' },
  '--format': { as: 'format', value: true },
  '--sort': { as: 'sort', value: true },
  '-c': { as: 'copy' },
  '-C': { as: 'copy' },
  '--copy': { as: 'copy' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '-t': { as: 'track' },
  '--track': { as: 'track' },
  '--no-track': { as: 'no-track' },
  '--no-color': { as: 'no-color' },
  '-u': { as: 'follow', value: true },
  '--set-upstream-to': { as: 'follow', value: true },
  '--unset-upstream': { as: 'unfollow' },
};

/** `git branch`: lists, makes, renames and removes branches. */
export async function branch(work: Work, args: readonly string[]): Promise<number> {
  // -vv: the letter twice, wherever it stands.
  const letters = args.filter((arg) => /^-[a-z]+$/i.test(arg)).join('');
  const upstreams = letters.split('v').length > 2 ? ['--upstreams'] : [];
  const parsed = readOptions('branch', [...upstreams, ...withHead(args)], {
    ...options,
    ...refFilters,
    '--upstreams': { as: 'upstream' },
  });
  const { flags } = parsed;
  const words = [...parsed.words, ...(parsed.paths ?? [])];
  const { io } = work;
  const current = await currentBranch(work);
  const followed = lastValue(parsed, 'follow');
  if (followed !== undefined) return setUpstream(work, words[0] ?? current, followed);
  if (flags.has('unfollow')) return unsetUpstream(work, words[0] ?? current);
  if (flags.has('show-current')) {
    if (current !== undefined) io.stdout(`${current}\n`);
    return 0;
  }
  if (flags.has('delete') || flags.has('force-delete'))
    return flags.has('remotes')
      ? removeTracking(work, words, flags.has('quiet'))
      : remove(work, words, { force: flags.has('force-delete') || flags.has('force'), quiet: flags.has('quiet') });
  if (flags.has('move') || flags.has('move-over'))
    return rename(work, words, current, flags.has('move-over') || flags.has('force'));
  if (flags.has('copy')) return copy(work, words, current);
  const [name, start = 'HEAD'] = words;
  const isForm = parsed.values.has('format') || parsed.values.has('sort');
  if (name === undefined || isForm || ['list', 'all', 'remotes'].some((flag) => flags.has(flag)) || isFiltered(parsed))
    return list(work, parsed, current, words);

  if (!isRefName(name)) throw fatal(`'${name}' is not a valid branch name`);
  if ((await resolve(work, `refs/heads/${name}`)) !== undefined && !flags.has('force'))
    throw fatal(`a branch named '${name}' already exists`);
  const tree = flags.has('force') ? (name === current ? work : await treeOn(work, name)) : undefined;
  if (tree !== undefined) throw fatal(`cannot force update the branch '${name}' checked out at '${tree.dir}'`);
  const from = start === 'HEAD' ? (current ?? 'HEAD') : start;
  const upstream = await startToFollow(work, from, isToFollow(flags));
  const oid = await resolve(work, start);
  if (oid === undefined)
    throw fatal(start === 'HEAD' ? `not a valid object name: '${current}'` : `not a valid object name: '${start}'`);
  const exists = (await resolve(work, `refs/heads/${name}`)) !== undefined;
  await moveRef(work, `refs/heads/${name}`, oid, `branch: ${exists ? 'Reset to' : 'Created from'} ${from}`);
  if (upstream !== undefined) followAs(work, name, upstream, flags.has('quiet'));
  return 0;
}

/** `-r -d`: what is known here of a remote's branches. */
async function removeTracking(work: Work, names: readonly string[], quiet: boolean): Promise<number> {
  let exitCode = 0;
  for (const name of names) {
    const oid = await resolve(work, `refs/remotes/${name}`);
    if (oid === undefined) {
      work.io.stderr(`error: remote-tracking branch '${name}' not found.\n`);
      exitCode = 1;
      continue;
    }
    await removeRef(work, `refs/remotes/${name}`);
    if (!quiet) work.io.stdout(`Deleted remote-tracking branch ${name} (was ${short(work, oid)}).\n`);
  }
  return exitCode;
}

/** Makes a branch follow one of a remote. */
async function setUpstream(work: Work, name: string | undefined, upstream: string): Promise<number> {
  if (name === undefined)
    throw fatal(`could not set upstream of HEAD to ${upstream} when it does not point to any branch.`);
  if ((await resolve(work, `refs/heads/${name}`)) === undefined) throw fatal(`branch '${name}' does not exist`);
  const remote = remotesOf(work).find((one) => upstream.startsWith(`${one.remote}/`))?.remote;
  const isOurs = remote === undefined && (await resolve(work, `refs/heads/${upstream}`)) !== undefined;
  if (!isOurs && (await resolve(work, `refs/remotes/${upstream}`)) === undefined) throw noSuchUpstream(upstream);
  const merge = `refs/heads/${remote === undefined ? upstream : upstream.slice(remote.length + 1)}`;
  changeConfig(work.io.machine.files, `${work.gitdir}/config`, (text) =>
    withSetting(withSetting(text, `branch.${name}.remote`, remote ?? '.'), `branch.${name}.merge`, merge),
  );
  work.io.stdout(`branch '${name}' set up to track '${upstream}'.\n`);
  return 0;
}

async function unsetUpstream(work: Work, name: string | undefined): Promise<number> {
  if (name === undefined) throw fatal('could not unset upstream of HEAD when it does not point to any branch.');
  if ((await upstreamOf(work, name)) === undefined) throw fatal(`Branch '${name}' has no upstream information`);
  changeConfig(work.io.machine.files, `${work.gitdir}/config`, (text) => withSection(text, `branch.${name}`));
  return 0;
}

async function list(
  work: Work,
  parsed: Parsed,
  current: string | undefined,
  patterns: readonly string[],
): Promise<number> {
  const { flags } = parsed;
  const paint = painter(work.io);
  let rows: { mark: string; name: string; shown: string; ref: string; points?: string; tree?: string }[] = [];
  if (!flags.has('remotes')) {
    if (current === undefined) {
      const detached = await detachedAt(work);
      const where = detached === undefined ? '(no branch)' : `(HEAD detached ${detached.word} ${detached.name})`;
      const text = hasState(work, 'rebase-merge') ? rebasedText(work) : where;
      rows.push({ mark: '* ', name: text, shown: paint('32', text), ref: 'HEAD' });
    }
    for (const name of await git.listBranches(work)) {
      if ((await resolve(work, `refs/heads/${name}`)) === undefined) continue;
      const here = name === current;
      const tree = here ? undefined : (await treeOn(work, name))?.dir;
      const shown = here ? paint('32', name) : tree === undefined ? name : paint('36', name);
      rows.push({
        mark: here ? '* ' : tree === undefined ? '  ' : '+ ',
        name,
        shown,
        ref: `refs/heads/${name}`,
        ...(tree !== undefined && { tree }),
      });
    }
  }
  if (flags.has('remotes') || flags.has('all')) {
    for (const name of await git.listRefs({ ...work, filepath: 'refs/remotes' })) {
      const shown = `${flags.has('all') ? 'remotes/' : ''}${name}`;
      const points = name.endsWith('/HEAD') ? await remoteHead(work, name.slice(0, -'/HEAD'.length)) : undefined;
      const ref = `refs/remotes/${name}`;
      rows.push({ mark: '  ', name: shown, shown: paint('31', shown), ref, ...(points && { points }) });
    }
  }
  const far = rows.findIndex(({ ref }) => ref.startsWith('refs/remotes/'));
  if (far >= 0) rows = [...rows.slice(0, far), ...rows.slice(far).sort((a, b) => (a.ref < b.ref ? -1 : 1))];
  const sorts = parsed.values.get('sort') ?? [];
  if (sorts.length > 0) {
    const branches = rows.filter(({ ref }) => ref !== 'HEAD');
    const withIds = await Promise.all(
      branches.map(async (row) => ({ ...row, oid: (await resolve(work, row.ref)) ?? '' })),
    );
    rows = [...rows.filter(({ ref }) => ref === 'HEAD'), ...(await sortedRefs(work, withIds, sorts))];
  }
  const format = lastValue(parsed, 'format');
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  for (const { mark, name, shown, ref, points, tree } of rows) {
    if (patterns.length > 0 && !patterns.some((one) => wildcard(one).test(name))) continue;
    if (!(await isKept(work, parsed, ref))) continue;
    if (format !== undefined) {
      const oid = (await resolve(work, ref)) ?? '';
      const detached = format
        .replaceAll('%(refname:short)', name)
        .replaceAll('%(refname)', name)
        .replaceAll('%(HEAD)', '*');
      work.io.stdout(`${await filled(work, ref === 'HEAD' ? detached : format, { ref, oid })}\n`);
      continue;
    }
    if (points !== undefined) {
      const room = flags.has('verbose') || flags.has('upstream') ? width - name.length : 0;
      work.io.stdout(`${mark}${shown}${' '.repeat(room)} -> ${points}\n`);
      continue;
    }
    if (!flags.has('verbose') && !flags.has('upstream')) {
      work.io.stdout(`${mark}${shown}\n`);
      continue;
    }
    const oid = (await resolve(work, ref)) ?? '';
    const { commit } = await git.readCommit({ ...work, oid });
    const follows = ref.startsWith('refs/heads/') ? await followText(work, name, flags.has('upstream')) : '';
    work.io.stdout(
      `${mark}${shown}${' '.repeat(width - name.length)} ${flags.has('no-abbrev') ? oid : oid.slice(0, Number(lastValue(parsed, 'abbrev') ?? work.abbrev ?? 7))} ${tree !== undefined && flags.has('upstream') ? `(${tree}) ` : ''}${follows}${titleOf(commit)}\n`,
    );
  }
  return 0;
}

function rebasedText(work: Work): string {
  const name = (stateText(work, 'rebase-merge/head-name') ?? '').trim().replace('refs/heads/', '');
  return `(no branch, rebasing ${name})`;
}

async function followText(work: Work, name: string, full: boolean): Promise<string> {
  const upstream = await upstreamOf(work, name);
  if (upstream === undefined) return '';
  const apart = await distance(work, upstream, `refs/heads/${name}`);
  const parts =
    apart === undefined
      ? 'gone'
      : [apart.ahead > 0 ? `ahead ${apart.ahead}` : '', apart.behind > 0 ? `behind ${apart.behind}` : '']
          .filter(Boolean)
          .join(', ');
  if (!full) return parts === '' ? '' : `[${parts}] `;
  return `[${upstream.name}${parts === '' ? '' : `: ${parts}`}] `;
}

async function remove(
  work: Work,
  names: readonly string[],
  { force, quiet }: { readonly force: boolean; readonly quiet: boolean },
): Promise<number> {
  if (names.length === 0) throw fatal('branch name required');
  let exitCode = 0;
  const current = await currentBranch(work);
  for (const name of names) {
    const oid = await resolve(work, `refs/heads/${name}`);
    const tree = name === current ? work : await treeOn(work, name);
    if (tree !== undefined) throw failed(`Cannot delete branch '${name}' checked out at '${tree.dir}'`);
    if (oid === undefined) {
      work.io.stderr(`error: branch '${name}' not found.\n`);
      exitCode = 1;
    } else if (!force && !(await isMerged(work, name, oid))) {
      throw failed(
        `The branch '${name}' is not fully merged.\nIf you are sure you want to delete it, run 'git branch -D ${name}'.`,
      );
    } else {
      const upstream = force ? undefined : await upstreamOf(work, name);
      if (upstream?.oid !== undefined && !(await isAncestor(work, oid, await mustResolve(work, 'HEAD'))))
        work.io.stderr(
          `warning: deleting branch '${name}' that has been merged to\n         '${upstream.ref}', but not yet merged to HEAD.\n`,
        );
      await removeRef(work, `refs/heads/${name}`);
      changeConfig(work.io.machine.files, `${work.gitdir}/config`, (text) => withSection(text, `branch.${name}`));
      if (!quiet) work.io.stdout(`Deleted branch ${name} (was ${short(work, oid)}).\n`);
    }
  }
  return exitCode;
}

/** Merged into its upstream, or into HEAD when it has none. */
async function isMerged(work: Work, name: string, oid: string): Promise<boolean> {
  const upstream = await upstreamOf(work, name);
  const into = upstream?.oid ?? (await mustResolve(work, 'HEAD'));
  return isAncestor(work, oid, into);
}

async function copy(work: Work, words: readonly string[], current: string | undefined): Promise<number> {
  const [from, to] = words.length === 1 ? [current, words[0]] : words;
  if (from === undefined || to === undefined) throw fatal('branch name required');
  const oid = await resolve(work, `refs/heads/${from}`);
  if (oid === undefined) throw fatal(`No branch named '${from}'.`);
  if ((await resolve(work, `refs/heads/${to}`)) !== undefined) throw fatal(`a branch named '${to}' already exists`);
  await moveRef(work, `refs/heads/${to}`, oid, `Branch: copied refs/heads/${from} to refs/heads/${to}`);
  return 0;
}

async function rename(
  work: Work,
  words: readonly string[],
  current: string | undefined,
  force: boolean,
): Promise<number> {
  const [from, to] = words.length === 1 ? [current, words[0]] : words;
  if (from === undefined || to === undefined) throw fatal('branch name required');
  if (!isRefName(to)) throw fatal(`'${to}' is not a valid branch name`);
  const oid = await resolve(work, `refs/heads/${from}`);
  if (oid === undefined && from === current) {
    await git.writeRef({ ...work, ref: 'HEAD', value: `refs/heads/${to}`, symbolic: true, force: true });
    return 0;
  }
  if (oid === undefined) throw fatal(`No branch named '${from}'.`);
  if (from !== to && (await resolve(work, `refs/heads/${to}`)) !== undefined) {
    if (!force) throw fatal(`a branch named '${to}' already exists`);
    if (to === current) throw fatal(`cannot force update the branch '${to}' checked out at '${work.dir}'`);
    await removeRef(work, `refs/heads/${to}`);
  }
  if (from !== to) {
    await git.renameBranch({ ...work, oldref: from, ref: to, checkout: from === current });
    const log = readLog(work, `refs/heads/${from}`);
    writeLog(work, `refs/heads/${from}`, []);
    writeLog(work, `refs/heads/${to}`, log);
  }
  const message = `Branch: renamed refs/heads/${from} to refs/heads/${to}`;
  record(work, `refs/heads/${to}`, oid, oid, message);
  if (from === current) record(work, 'HEAD', oid, oid, message);
  changeConfig(work.io.machine.files, `${work.gitdir}/config`, (text) =>
    withSection(text, `branch.${from}`, `branch.${to}`),
  );
  return 0;
}
