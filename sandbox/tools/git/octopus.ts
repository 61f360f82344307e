// `git merge A B …`: several histories at once, where none of them is in conflict with another (git-merge-octopus.sh).
import { commonTree, mergeTrees, writeCommit } from '../../forge/git/index.ts';
import { isAncestor, readTree, type TreeFiles } from '../../forge/index.ts';
import { finalMessage } from './commit.ts';
import { runHook } from './hooks.ts';
import { identity } from './identity.ts';
import type { Head } from './lazy.ts';
import type { Parsed } from './options.ts';
import { moveHead } from './refs.ts';
import { resolve } from './revisions.ts';
import { applyMerged, writeState } from './state.ts';
import type { Work } from './work.ts';
import { differences, readIndex } from './work-tree.ts';

/** The heads that no other one holds already; the current commit is one of them where it adds something. */
export async function independent(work: Work, heads: readonly Head[]): Promise<readonly Head[]> {
  const kept: Head[] = [];
  for (const [at, head] of heads.entries()) {
    const held = await Promise.all(
      heads.map(
        async (other, place) =>
          place !== at && (head.oid === other.oid ? place < at : await isAncestor(work, head.oid, other.oid)),
      ),
    );
    if (!held.includes(true)) kept.push(head);
  }
  return kept;
}

/** Merges one head after the other, and makes one commit of all. @returns the exit code */
export async function octopus(
  work: Work,
  parsed: Parsed,
  {
    current,
    heads,
    into,
    stat,
  }: {
    readonly current: string;
    readonly heads: readonly Head[];
    readonly into: string;
    stat(before: TreeFiles, after: TreeFiles): Promise<string>;
  },
): Promise<number> {
  const { io } = work;
  const { flags } = parsed;
  const ours = await readTree(work, current);
  const staged = differences(ours, await readIndex(work));
  if (staged.length > 0) {
    io.stderr(
      `error: Your local changes to the following files would be overwritten by merge\n    ${staged.join('\n    ')}\nMerge with strategy octopus failed.\n`,
    );
    return 2;
  }
  writeState(work, 'ORIG_HEAD', `${current}\n`);
  let [files, at] = [ours, current];
  let isForward = true;
  for (const { name, oid } of heads) {
    if (await isAncestor(work, oid, at)) {
      io.stdout(`Already up to date with ${name}\n`);
      continue;
    }
    if (isForward && (await isAncestor(work, at, oid))) {
      io.stdout(`Fast-forwarding to: ${name}\n`);
      [files, at] = [await readTree(work, oid), oid];
      continue;
    }
    isForward = false;
    io.stdout(`Trying simple merge with ${name}\n`);
    const base = await commonTree(work, at, oid);
    const theirs = await readTree(work, oid);
    const both = differences(base.files, theirs).filter(
      (path) =>
        differences(
          new Map([...base.files].filter(([one]) => one === path)),
          new Map([...files].filter(([one]) => one === path)),
        ).length > 0,
    );
    const words = { ours: 'HEAD', theirs: name, base: base.label };
    const merged = await mergeTrees(work, base.files, files, theirs, words, { folders: 'false' });
    if (both.length > 0) {
      io.stdout('Simple merge did not work, trying automatic merge.\n');
      for (const path of both) {
        io.stdout(`Auto-merging ${path}\n`);
        if (merged.conflicts.has(path)) io.stderr(`ERROR: content conflict in ${path}\nfatal: merge program failed\n`);
      }
    }
    if (merged.conflicts.size > 0) {
      // Git goes on only where this was the last head, and leaves the conflicts; here nothing is left of it either way.
      io.stdout('Automated merge did not work.\nShould not be doing an octopus.\n');
      io.stderr('Merge with strategy octopus failed.\n');
      return 2;
    }
    files = merged.files;
  }
  const refusal = await applyMerged(work, ours, { files, conflicts: new Map() });
  if (refusal !== undefined) {
    io.stderr(`${refusal}\nMerge with strategy octopus failed.\n`);
    return 2;
  }
  const title = `Merge ${await titles(work, heads)}${into}`;
  const message = parsed.values.get('message')?.join('\n\n') ?? title;
  const text = await finalMessage(
    work,
    { text: `${message.trimEnd()}\n`, source: ['merge'], edited: flags.has('edit') },
    flags.has('no-verify'),
    'MERGE_MSG',
  );
  const parents = (await independent(work, [{ name: 'HEAD', oid: current }, ...heads])).map(({ oid }) => oid);
  const people = { author: await identity(work, 'AUTHOR'), committer: await identity(work, 'COMMITTER') };
  const oid = await writeCommit(work, { files, parents, message: text, ...people });
  await moveHead(work, oid, `merge ${heads.map(({ name }) => name).join(' ')}: Merge made by the 'octopus' strategy.`);
  if (!flags.has('quiet')) io.stdout(`Merge made by the 'octopus' strategy.\n${await stat(ours, files)}`);
  await runHook(work, 'post-merge', ['0']);
  return 0;
}

/** `branches 'a', 'b' and 'c', tag 'v1'` (fmt-merge-msg.c). */
async function titles(work: Work, heads: readonly Head[]): Promise<string> {
  const kinds = [
    ['refs/heads/', 'branch', 'branches'],
    ['refs/remotes/', 'remote-tracking branch', 'remote-tracking branches'],
    ['refs/tags/', 'tag', 'tags'],
    ['', 'commit', 'commits'],
  ] as const;
  const groups = new Map<string, string[]>();
  for (const { name } of heads)
    for (const [kind] of kinds)
      if (kind === '' || (await resolve(work, `${kind}${name}`)) !== undefined) {
        groups.set(kind, [...(groups.get(kind) ?? []), `'${name}'`]);
        break;
      }
  return kinds
    .flatMap(([kind, one, many]) => {
      const names = groups.get(kind);
      if (names === undefined) return [];
      const last = names.at(-1) ?? '';
      return [names.length === 1 ? `${one} ${last}` : `${many} ${names.slice(0, -1).join(', ')} and ${last}`];
    })
    .join(', ');
}
