// The branches that branches follow.
import * as git from 'isomorphic-git';
import { fatal, type GitStop } from './options.ts';
import { formerHead } from './reflog-file.ts';
import { resolve } from './revisions.ts';
import { changeConfig, withSetting } from './settings.ts';
import { config } from './sources.ts';
import { currentBranch, type Work } from './work.ts';

/** What a branch follows. */
export interface Upstream {
  /** `origin/main` */
  readonly name: string;
  readonly ref: string;
  readonly oid: string | undefined;
}

/** The branch that a branch follows: one of a remote, or (`.`) one of this repository. */
export async function upstreamOf(work: Work, branch: string): Promise<Upstream | undefined> {
  const remote = config(work, `branch.${branch}.remote`);
  const merge = config(work, `branch.${branch}.merge`);
  if (remote === undefined || merge === undefined) return undefined;
  const ref = remote === '.' ? merge : merge.replace('refs/heads/', `refs/remotes/${remote}/`);
  return { name: ref.replace(/^refs\/(heads|remotes)\//, ''), ref, oid: await resolve(work, ref) };
}

/** How a branch that is followed is called where it is. */
export const nameThere = ({ ref }: Upstream): string => ref.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '');

/** Commits that a branch has and its upstream lacks, and the reverse; undefined when one of them has none. */
export async function distance(
  work: Work,
  { oid }: Upstream,
  branch = 'HEAD',
): Promise<{ readonly ahead: number; readonly behind: number } | undefined> {
  const head = await resolve(work, branch);
  if (head === undefined || oid === undefined) return undefined;
  const reach = async (ref: string) => new Set((await git.log({ ...work, ref })).map((entry) => entry.oid));
  const [ours, theirs] = [await reach(head), await reach(oid)];
  return {
    ahead: [...ours].filter((one) => !theirs.has(one)).length,
    behind: [...theirs].filter((one) => !ours.has(one)).length,
  };
}

/** The sentences about the upstream, as `git status` and `git switch` say them; '' when there is none. */
export async function trackingText(work: Work): Promise<string> {
  const branch = await currentBranch(work);
  const upstream = branch === undefined ? undefined : await upstreamOf(work, branch);
  if (upstream === undefined) return '';
  const apart = await distance(work, upstream);
  if (apart === undefined) {
    return (await resolve(work, 'HEAD')) === undefined || upstream.oid !== undefined
      ? ''
      : `Your branch is based on '${upstream.name}', but the upstream is gone.\n  (use "git branch --unset-upstream" to fixup)\n`;
  }
  const { ahead, behind } = apart;
  const commits = (count: number): string => `${count} commit${count === 1 ? '' : 's'}`;
  if (ahead === 0 && behind === 0) return `Your branch is up to date with '${upstream.name}'.\n`;
  if (behind === 0)
    return `Your branch is ahead of '${upstream.name}' by ${commits(ahead)}.\n  (use "git push" to publish your local commits)\n`;
  if (ahead === 0) {
    return `Your branch is behind '${upstream.name}' by ${commits(behind)}, and can be fast-forwarded.\n  (use "git pull" to update your local branch)\n`;
  }
  return `Your branch and '${upstream.name}' have diverged,\nand have ${ahead} and ${behind} different commits each, respectively.\n  (use "git pull" to merge the remote branch into yours)\n`;
}

/** Makes a branch follow the one of the same name of a remote. */
export function follow(work: Work, name: string, remote: string, theirs = name): void {
  changeConfig(work.io.machine.files, `${work.gitdir}/config`, (text) =>
    withSetting(withSetting(text, `branch.${name}.remote`, remote), `branch.${name}.merge`, `refs/heads/${theirs}`),
  );
}

/** Whether a new branch shall follow where it begins: undefined when nothing was said of it. */
export const isToFollow = (flags: ReadonlySet<string>): boolean | undefined =>
  flags.has('track') ? true : flags.has('no-track') ? false : undefined;

/** What a new branch follows. */
export interface Followed {
  readonly remote: string;
  readonly theirs: string;
}

/**
 * What a branch follows that begins there: a branch of a remote, or any other when that is asked for (branch.autoSetupMerge).
 * @param asked `--track` or `--no-track`; undefined where nothing was said. @throws GitStop when what is to be followed is no branch.
 */
export async function startToFollow(work: Work, start: string, asked?: boolean): Promise<Followed | undefined> {
  const setting = config(work, 'branch.autoSetupMerge');
  if (asked === false || (asked === undefined && setting === 'false')) return undefined;
  const plain = (await branchMeant(work, start)).replace(/^(?:refs\/)?(?:remotes|heads)\//, '');
  if ((await resolve(work, `refs/heads/${plain}`)) !== undefined)
    return asked === true || setting === 'always' ? { remote: '.', theirs: plain } : undefined;
  const [, remote, theirs] = /^([^/]+)\/(.+)$/.exec(plain) ?? [];
  if (remote !== undefined && theirs !== undefined && (await resolve(work, `refs/remotes/${plain}`)) !== undefined)
    return { remote, theirs };
  if (asked !== true) return undefined;
  throw (await resolve(work, start)) === undefined
    ? noSuchUpstream(start)
    : fatal(`cannot set up tracking information; starting point '${start}' is not a branch`);
}

/** Writes down what a new branch follows, and says so. */
export function followAs(work: Work, name: string, { remote, theirs }: Followed, quiet: boolean): void {
  follow(work, name, remote, theirs);
  const shown = remote === '.' ? theirs : `${remote}/${theirs}`;
  if (!quiet) work.io.stdout(`branch '${name}' set up to track '${shown}'.\n`);
}

export const noSuchUpstream = (upstream: string): GitStop =>
  fatal(
    `the requested upstream branch '${upstream}' does not exist\nhint: \nhint: If you are planning on basing your work on an upstream\nhint: branch that already exists at the remote, you may need to\nhint: run "git fetch" to retrieve it.\nhint: \nhint: If you are planning to push out a new local branch that\nhint: will track its remote counterpart, you may want to use\nhint: "git push -u" to set the upstream config as you push.\nhint: Disable this message with "git config advice.setUpstreamFailure false"`,
  );

/** A branch as it is called, of a word that stands for one: `-` and `@{-1}` for the one before, `@{u}` for the one that is followed. Any other word stays as it is. */
export async function branchMeant(work: Work, word: string): Promise<string> {
  const [, back] = /^@\{-(\d+)\}$/.exec(word === '-' ? '@{-1}' : word) ?? [];
  if (back !== undefined) return formerHead(work, Number(back)) ?? word;
  const [, named] = /^(.*)@\{(?:u|upstream|push)\}$/i.exec(word) ?? [];
  if (named === undefined) return word;
  const branch = named === '' || named === 'HEAD' ? await currentBranch(work) : named;
  return (branch === undefined ? undefined : await upstreamOf(work, branch))?.name ?? word;
}
