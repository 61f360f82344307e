import * as git from 'isomorphic-git';
import { resolveObject } from '../objects.ts';
import { fatal, readOptions, UsageStop } from '../options.ts';
import { removeRef } from '../refs.ts';
import { currentBranch, type Work } from '../work.ts';

/** `git update-ref`: gives a ref another commit, or removes it. */
export async function updateRef(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('update-ref', args, { '-d': { as: 'delete' } });
  const [ref, value] = words;
  if (ref === undefined || (value === undefined && !flags.has('delete'))) throw new UsageStop('update-ref');
  if (flags.has('delete')) {
    const named = ref === 'HEAD' ? await currentBranch(work) : undefined;
    await removeRef(work, named === undefined ? ref : `refs/heads/${named}`);
    return 0;
  }
  const oid = await resolveObject(work, value ?? '');
  if (oid === undefined) throw fatal(`${value}: not a valid SHA1`);
  const branch = ref === 'HEAD' ? await currentBranch(work) : undefined;
  await git.writeRef({ ...work, ref: branch === undefined ? ref : `refs/heads/${branch}`, value: oid, force: true });
  return 0;
}
