import { commitData, commitsBetween, subjectOf } from '../../../forge/git/index.ts';
import { patchText } from '../far-refs.ts';
import { GitStop, readOptions } from '../options.ts';
import { mustResolve, resolve } from '../revisions.ts';
import { upstreamOf } from '../upstream.ts';
import { currentBranch, type Work } from '../work.ts';

/** `git cherry`: which commits of a branch have no twin on the other side. */
export async function cherry(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('cherry', args, { '-v': { as: 'verbose' } });
  const branch = await currentBranch(work);
  const [upstream = branch === undefined ? undefined : (await upstreamOf(work, branch))?.name, head = 'HEAD'] = words;
  if (upstream === undefined)
    throw new GitStop('Could not find a tracked remote branch, please specify <upstream> manually.', 129);
  const [theirs, ours] = [await mustResolve(work, upstream), await mustResolve(work, head)];
  const limit = words[2] === undefined ? undefined : await resolve(work, words[2]);
  const known = new Set(
    await Promise.all((await commitsBetween(work, [ours], theirs)).map((oid) => patchText(work, oid))),
  );
  for (const oid of await commitsBetween(work, limit === undefined ? [theirs] : [theirs, limit], ours)) {
    const commit = await commitData(work, oid);
    if (commit.parent.length > 1) continue;
    const text = await patchText(work, oid);
    const sign = known.has(text) ? '-' : '+';
    work.io.stdout(`${sign} ${oid}${flags.has('verbose') ? ` ${subjectOf(commit)}` : ''}\n`);
  }
  return 0;
}
