// What a merge is called.
import * as git from 'isomorphic-git';
import { resolve } from './revisions.ts';
import { branchMeant } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';

/** `Merge branch 'x' into y`, as fmt-merge-msg.c puts it. */
export async function titleOf(work: Work, name: string): Promise<string> {
  const is = async (ref: string): Promise<boolean> => (await resolve(work, ref)) !== undefined;
  const meant = await branchMeant(work, name);
  const [, whole = meant, back = ''] = /^(.+?)((?:~\d*|\^)*)$/.exec(meant) ?? [];
  const early = back !== '' && !/^~0$/.test(back);
  const plain = (back !== '' && (await is(`refs/heads/${whole}`)) ? whole : meant).replace(
    /^refs\/(heads|remotes|tags)\//,
    '',
  );
  const what = (await is(`refs/heads/${plain}`))
    ? `branch '${plain}'${early ? ' (early part)' : ''}`
    : (await is(`refs/tags/${plain}`))
      ? `tag '${plain}'`
      : (await is(`refs/remotes/${plain}`))
        ? `remote-tracking branch '${meant}'`
        : `commit '${name}'`;
  const tag = what.startsWith('tag ') ? await git.resolveRef({ ...work, ref: `refs/tags/${plain}` }) : undefined;
  const body =
    tag === undefined
      ? ''
      : await git.readTag({ ...work, oid: tag }).then(
          (read) => `\n\n${read.tag.message}`,
          () => '',
        );
  return `Merge ${what}${await intoSuffix(work)}${body}`;
}

/** Git names the branch into which it merges, but for `main` and `master`. */
export async function intoSuffix(work: Work): Promise<string> {
  const branch = await currentBranch(work);
  return branch === 'master' || branch === 'main' ? '' : ` into ${branch ?? 'HEAD'}`;
}
