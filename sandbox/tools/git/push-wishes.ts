// Which refs a push is to move, and to what.
import * as git from 'isomorphic-git';
import { isRefName } from '../../forge/git/index.ts';
import { isAncestor, type Place, type RefResult } from '../../forge/index.ts';
import { addressOf } from './far.ts';
import { failed, fatal } from './options.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { nameThere, upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';

export interface Wish {
  /** What is pushed, as it is shown: a branch, a tag, HEAD; '' to remove. */
  readonly from: string;
  readonly ref: string;
  readonly to: string | undefined;
  readonly force: boolean;
}

export interface Answer {
  readonly wish: Wish;
  readonly result: RefResult | { readonly result: 'refused'; readonly reason: string };
}

/** Annotated tags that lie on what is pushed. */
export async function followedTags(work: Work, wishes: readonly Wish[]): Promise<readonly Wish[]> {
  const found: Wish[] = [];
  for (const name of await git.listTags(work)) {
    const to = await tip(work, `refs/tags/${name}`);
    const commit = await resolve(work, `refs/tags/${name}`);
    if (to === undefined || commit === undefined || to === commit) continue;
    for (const wish of wishes)
      if (wish.to !== undefined && (await isAncestor(work, commit, wish.to)))
        found.push({ from: name, ref: `refs/tags/${name}`, to, force: false });
  }
  return found;
}

/** What is named on the command line as refspecs: `tag NAME` stands for the tag of that name. */
export function specsOf(words: readonly string[]): readonly string[] {
  const specs: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word !== 'tag') specs.push(word);
    else if (++at === words.length) throw fatal('tag shorthand without <tag>');
    else specs.push(`refs/tags/${words[at]}`);
  }
  return specs;
}

export async function wishesOf(
  work: Work,
  asked: {
    specs: readonly string[];
    flags: ReadonlySet<string>;
    branch: string | undefined;
    remote: string;
    /** Where it goes, when there is a repository. */
    there: Place | undefined;
  },
): Promise<readonly Wish[]> {
  const { specs, flags, branch, remote, there } = asked;
  const force = flags.has('force');
  if (flags.has('delete')) {
    if (specs.length === 0) throw fatal("--delete doesn't make sense without any refs");
    return Promise.all(
      specs.map(async (name) => ({ from: '', ref: await refNamed(work, name, there), to: undefined, force })),
    );
  }
  if (flags.has('tags')) {
    const tags = (await git.listTags(work)).map((name) => `refs/tags/${name}`);
    const refs = tags.map(async (ref) => ({
      from: ref.slice('refs/tags/'.length),
      ref,
      to: await tip(work, ref),
      force,
    }));
    return Promise.all([...specs.map((spec) => wishOf(work, spec, force, remote)), ...refs]);
  }
  if (flags.has('all')) {
    const branches = await git.listBranches(work);
    return Promise.all(branches.map((name) => wishOf(work, name, force, remote)));
  }
  if (specs.length > 0) return Promise.all(specs.map((spec) => wishOf(work, spec, force, remote, there)));

  if (branch === undefined) {
    throw fatal(
      'You are not currently on a branch.\nTo push the history leading to the current (detached HEAD)\nstate now, use\n\n    git push origin HEAD:<name-of-remote-branch>\n',
    );
  }
  const mode = config(work, 'push.default') ?? 'simple';
  if (mode === 'nothing') throw fatal('You didn\'t specify any refspecs to push, and push.default is "nothing".');
  if (mode === 'current') return [await wishOf(work, branch, force, remote)];
  const follows = await upstreamOf(work, branch);
  if ((mode === 'upstream' || mode === 'tracking') && follows !== undefined)
    return [await wishOf(work, `${branch}:${nameThere(follows)}`, force, remote)];
  // push.default `simple`: elsewhere than where one pulls from, the branch of the same name.
  if (remote !== (config(work, `branch.${branch}.remote`) ?? 'origin'))
    return [await wishOf(work, branch, force, remote)];
  const upstream = follows;
  if (upstream === undefined && config(work, 'push.autoSetupRemote') !== 'true') {
    throw fatal(
      `The current branch ${branch} has no upstream branch.\nTo push the current branch and set the remote as upstream, use\n\n    git push --set-upstream ${remote} ${branch}\n\nTo have this happen automatically for branches without a tracking\nupstream, see 'push.autoSetupRemote' in 'git help config'.\n`,
    );
  }
  if (upstream !== undefined && upstream.name !== `${remote}/${branch}`) {
    throw fatal(
      `The upstream branch of your current branch does not match\nthe name of your current branch.  To push to the upstream branch\non the remote, use\n\n    git push ${remote} HEAD:${nameThere(upstream)}\n\nTo push to the branch of the same name on the remote, use\n\n    git push ${remote} HEAD\n${config(work, 'push.default') === undefined ? "\nTo choose either option permanently, see push.default in 'git help config'.\n" : ''}\nTo avoid automatically configuring an upstream branch when its name\nwon't match the local branch, see option 'simple' of branch.autoSetupMerge\nin 'git help config'.\n`,
    );
  }
  return [await wishOf(work, branch, force, remote)];
}

async function refNamed(work: Work, name: string, there?: Place): Promise<string> {
  if (name.startsWith('refs/')) return name;
  if (there !== undefined)
    for (const ref of [`refs/heads/${name}`, `refs/tags/${name}`])
      if ((await git.resolveRef({ ...there, ref }).catch(() => undefined)) !== undefined) return ref;
  return (await resolve(work, `refs/tags/${name}`)) !== undefined &&
    (await resolve(work, `refs/heads/${name}`)) === undefined
    ? `refs/tags/${name}`
    : `refs/heads/${name}`;
}

/** The object that a ref holds: for an annotated tag the tag itself. */
export async function tip(work: Work, ref: string): Promise<string> {
  return git.resolveRef({ ...work, ref });
}

async function wishOf(work: Work, spec: string, force: boolean, remote: string, there?: Place): Promise<Wish> {
  const plain = spec.replace(/^\+/, '');
  const [said = '', named] = plain.split(':');
  // `@` alone is HEAD (gitrevisions).
  const from = said === '@' ? 'HEAD' : said;
  const to = named ?? from;
  if (plain.includes(':') && to !== 'HEAD' && !isRefName(to)) throw fatal(`invalid refspec '${spec}'`);
  const forced = force || spec.startsWith('+');
  if (from === '') return { from: '', ref: await refNamed(work, to, there), to: undefined, force: forced };
  const local = await refNamed(work, from);
  const oid = await tip(work, local).catch(() => resolve(work, from));
  if (oid === undefined) {
    const url = addressOf(work, remote);
    throw failed(`src refspec ${from} does not match any\nerror: failed to push some refs to '${url}'`);
  }
  const name = to === 'HEAD' ? ((await currentBranch(work)) ?? 'HEAD') : to;
  return {
    from,
    ref: to === from ? (from === 'HEAD' ? `refs/heads/${name}` : local) : await refNamed(work, name, there),
    to: oid,
    force: forced,
  };
}
