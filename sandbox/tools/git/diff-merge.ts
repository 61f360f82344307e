// Differences from two sides at once: of what is in conflict, and of a merge.

import * as git from 'isomorphic-git';
import { commitData, readText } from '../../forge/git/index.ts';
import { readTree, sameFile, type TreeFile } from '../../forge/index.ts';
import { combinedPatch } from './combined.ts';
import { readIndexFile } from './index-file.ts';
import { type Change, patchOf } from './patch.ts';
import { matches, quotedPath } from './pathspec.ts';
import type { Work } from './work.ts';
import { bytesOf } from './work-tree.ts';

type Paint = (code: string, text: string) => string;

/** What `git diff` says of paths in conflict: what comes before all else, and what stands among the other paths. */
export async function conflictDiff(
  work: Work,
  flags: ReadonlySet<string>,
  paint: Paint,
  paths: readonly string[],
  kinds?: string,
): Promise<{ readonly first: string; readonly among: readonly (readonly [path: string, text: string])[] }> {
  const first: string[] = [];
  const among: (readonly [string, string])[] = [];
  for (const [path, stages] of readIndexFile(work).conflicts) {
    if (!matches(path, paths)) continue;
    const [ours, theirs] = [stages[2], stages[3]];
    const isThere = work.io.machine.files.exists(`${work.dir}/${path}`);
    const isBoth = ours !== undefined && theirs !== undefined && isThere && !flags.has('staged');
    const isAsked = kinds === undefined || kinds.includes('U');
    if (!isAsked) continue;
    const stage = stages[(['base', 'ours', 'theirs'].findIndex((name) => flags.has(name)) + 1) as 1 | 2 | 3];
    if (stage !== undefined && isThere) {
      const change = await changeFrom(work, path, stage);
      among.push([path, `* Unmerged path ${quotedPath(path)}\n${patchOf(change, paint)}`]);
    } else if (kinds !== undefined && (flags.has('name-only') || flags.has('name-status')))
      among.push([path, `${flags.has('name-status') ? 'U\t' : ''}${path}\n`]);
    else if (flags.has('name-only')) among.push([path, `${path}\n`.repeat(isBoth ? 2 : 1)]);
    else if (flags.has('name-status')) among.push([path, `U\t${path}\n${isBoth ? `M\t${path}\n` : ''}`]);
    else if (!isBoth) among.push([path, `* Unmerged path ${quotedPath(path)}\n`]);
    else {
      const result = {
        oid: '0'.repeat(40),
        mode: ours.mode,
        text: new TextDecoder().decode(await bytesOf(work, path)),
      };
      const parents = [await side(work, ours), await side(work, theirs)];
      first.push(combinedPatch(work, { path, parents, result }, paint, true));
    }
  }
  return { first: first.join(''), among };
}

/** How a file of the working tree differs from one of the sides of its conflict. */
export async function changeFrom(work: Work, path: string, before: TreeFile): Promise<Change> {
  const newBytes = await bytesOf(work, path);
  const after = { oid: (await git.hashBlob({ object: newBytes })).oid, mode: before.mode };
  return { path, kind: 'M', before, after, oldBytes: await readText(work, before), newBytes };
}

const NO_FILE: TreeFile = { oid: '0'.repeat(40), mode: '000000' };

async function side(work: Work, file: TreeFile | undefined): Promise<TreeFile & { readonly text: string }> {
  return { ...(file ?? NO_FILE), text: new TextDecoder().decode(await readText(work, file)) };
}

/** What a merge has that none of its parents had: the patch, or only the names. */
export async function mergeDiff(
  work: Work,
  oid: string,
  flags: ReadonlySet<string>,
  paint: Paint,
  paths: readonly string[],
): Promise<string> {
  const { parent } = await commitData(work, oid);
  const after = await readTree(work, oid);
  const before = await Promise.all(parent.map((one) => readTree(work, one)));
  const out: string[] = [];
  for (const [path, file] of after) {
    if (!matches(path, paths) || before.some((tree) => sameFile(tree.get(path), file))) continue;
    if (flags.has('name-only')) out.push(`${path}\n`);
    else if (flags.has('name-status'))
      out.push(`${before.map((tree) => (tree.has(path) ? 'M' : 'A')).join('')}\t${path}\n`);
    else {
      const parents = await Promise.all(before.map((tree) => side(work, tree.get(path))));
      out.push(combinedPatch(work, { path, parents, result: await side(work, file) }, paint));
    }
  }
  return out.join('');
}
