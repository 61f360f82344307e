import * as git from 'isomorphic-git';
import { short, titleOf } from '../../forge/git/index.ts';
import { allRefs } from './decorations.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

/** How many of the commits that are left behind are named. */
const SHOWN = 4;

/** Says which commit HEAD was at when no branch named it, and warns when no branch or tag leads to it any more. */
export async function tellLeft(work: Work, left: string | undefined, now: string): Promise<void> {
  if (left === undefined || left === now) return;
  const lost = await unreachable(work, left, now);
  if (lost.length === 0) {
    const { commit } = await git.readCommit({ ...work, oid: left });
    work.io.stderr(`Previous HEAD position was ${short(work, left)} ${titleOf(commit)}\n`);
    return;
  }
  const one = lost.length === 1;
  const lines = lost.slice(0, SHOWN).map(({ oid, commit }) => `  ${short(work, oid)} ${titleOf(commit)}\n`);
  if (lost.length > SHOWN) lines.push(` ... and ${lost.length - SHOWN} more.\n`);
  const advice =
    config(work, 'advice.detachedHead') === 'false'
      ? ''
      : `If you want to keep ${one ? 'it' : 'them'} by creating a new branch, this may be a good time\nto do so with:\n\n git branch <new-branch-name> ${short(work, left)}\n\n`;
  work.io.stderr(
    `Warning: you are leaving ${lost.length} commit${one ? '' : 's'} behind, not connected to\nany of your branches:\n\n${lines.join('')}\n${advice}`,
  );
}

async function unreachable(work: Work, from: string, now: string) {
  const known = new Set<string>();
  for (const ref of new Set([now, ...(await allRefs(work)).map(({ oid }) => oid)]))
    for (const { oid } of await git.log({ ...work, ref })) known.add(oid);
  return (await git.log({ ...work, ref: from })).filter(({ oid }) => !known.has(oid));
}
