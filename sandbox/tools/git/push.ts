import * as git from 'isomorphic-git';
import { isRefName, short } from '../../forge/git/index.ts';
import {
  BOT,
  copyObjects,
  diskOf,
  fullNameOf,
  isAncestor,
  loginOf,
  mayDo,
  ownerOf,
  type Place,
  placeOn,
  type RefResult,
  receivePush,
  tokenOf,
} from '../../forge/index.ts';
import { addressOf, noRepository, repositoryAt } from './far.ts';
import { hasHooks, runHook, runServerHook } from './hooks.ts';
import { failed, fatal, type GitStop, type OptionTable, readOptions } from './options.ts';
import { moveRef, removeRef } from './refs.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { follow, nameThere, upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';

const options: OptionTable = {
  '-u': { as: 'set-upstream' },
  '--set-upstream': { as: 'set-upstream' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '-d': { as: 'delete' },
  '--delete': { as: 'delete' },
  '--tags': { as: 'tags' },
  '--all': { as: 'all' },
  '--force-with-lease': { as: 'lease' },
  '--follow-tags': { as: 'follow-tags' },
  '--no-verify': { as: 'no-verify' },
  '-n': { as: 'dry-run' },
  '--dry-run': { as: 'dry-run' },
  '--force-if-includes': { as: 'if-includes' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '-v': { as: 'verbose' },
  '--verbose': { as: 'verbose' },
  '--progress': { as: 'progress' },
  '--no-progress': { as: 'no-progress' },
  '--atomic': { as: 'atomic' },
  '--thin': { as: 'thin' },
  '--no-thin': { as: 'no-thin' },
  '--no-follow-tags': { as: 'no-follow-tags' },
  '--no-force-with-lease': { as: 'no-lease' },
  '--recurse-submodules': { as: 'submodules', value: 'optional' },
  '--no-recurse-submodules': { as: 'no-submodules' },
};

/** Of a workflow file that is run by itself: its own words for that are clearer than a repository that is not found. */
const noForgeHere = {
  es: 'aquí no hay forja a la que hacer push: el archivo corre sin repositorio',
  en: 'there is no forge to push to here: the file runs without a repository',
} as const;

/** A job pushes with its GITHUB_TOKEN, which actions/checkout leaves in the repository's settings. */
function mindToken(work: Work, url: string): void {
  const { io, gitdir } = work;
  const token = tokenOf(io.machine);
  if (token === undefined) throw fatal(noForgeHere[io.machine.language]);
  const [, given] = /^https:\/\/(?:[^:@/]*:)?([^@/]+)@/.exec(url) ?? [];
  const address = url.replace(/\/\/[^@/]*@/, '//');
  if (given === undefined && !/extraheader/i.test(io.machine.files.readText(`${gitdir}/config`)))
    throw fatal("could not read Username for 'https://git.ventarela.test': No such device or address");
  if (given !== undefined && given !== token.value) throw fatal(`Authentication failed for '${address}/'`);
  const name = address.replace('https://git.ventarela.test/', '').replace(/\.git$/, '');
  if (mayDo(token.permissions, 'contents', 'write') && name.split('/').at(-1) === token.repository.split('/').at(-1))
    return;
  const full = name.includes('/') ? name : fullNameOf(name);
  io.stderr(`remote: Permission to ${full}.git denied to ${BOT}.\n`);
  throw fatal(`unable to access '${address}/': The requested URL returned error: 403`);
}

interface Wish {
  /** What is pushed, as it is shown: a branch, a tag, HEAD; '' to remove. */
  readonly from: string;
  readonly ref: string;
  readonly to: string | undefined;
  readonly force: boolean;
}

/** `git push`: sends commits to a repository of the forge and moves its refs. */
export async function push(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  // `--force-with-lease=REF[:EXPECTED]` is about one ref.
  const leases = args.flatMap((arg) => /^--force-with-lease=(.+)$/.exec(arg)?.[1] ?? []);
  const { flags, words } = readOptions(
    'push',
    args.filter((arg) => !/^--force-with-lease=/.test(arg)),
    options,
  );
  const branch = await currentBranch(work);
  const [named, ...specs] = words;
  const settled =
    config(work, `branch.${branch}.pushRemote`) ??
    config(work, 'remote.pushDefault') ??
    config(work, `branch.${branch}.remote`);
  const remote = named ?? settled ?? 'origin';
  const url = addressOf(work, remote, true);
  if (named === undefined && url === 'origin') throw noDestination();
  if (flags.has('verbose')) io.stderr(`Pushing to ${url}\n`);
  for (const spec of specs)
    if (!/:|^\+?(?:HEAD|@)$/.test(spec) && !isRefName(spec.replace(/^\+/, '')) && !flags.has('delete'))
      throw fatal(`invalid refspec '${spec}'`);
  for (const spec of specs)
    if (!spec.includes(':') && (await resolve(work, spec.replace(/^\+/, ''))) === undefined && !flags.has('delete'))
      throw failed(`src refspec ${spec} does not match any\nerror: failed to push some refs to '${url}'`);
  const setsUpstream =
    flags.has('set-upstream') ||
    (specs.length === 0 &&
      ['tags', 'all', 'delete'].every((flag) => !flags.has(flag)) &&
      config(work, 'push.autoSetupRemote') === 'true' &&
      branch !== undefined &&
      (await upstreamOf(work, branch)) === undefined);
  await io.machine.settle();
  const place = repositoryAt(work.io, work.dir, url);
  const target = place === undefined ? undefined : placeOn(io.machine, place.gitdir);
  const wishes = [...(await wishesOf(work, { specs, flags, branch, remote, there: target }))];
  if (flags.has('atomic') && wishes.length > 1)
    throw fatal("push: '--atomic' of several refs is not part of this sandbox");
  if (io.env.GITHUB_ACTIONS === 'true' && url.startsWith('https://')) mindToken(work, url);
  const owner = place === undefined ? undefined : ownerOf(place.name);
  const login = loginOf(io.machine, io.env);
  if (owner !== undefined && owner !== login && url.startsWith('https://')) {
    io.stderr(`remote: Permission to ${place?.name}.git denied to ${login}.\n`);
    throw fatal(`unable to access '${url}/': The requested URL returned error: 403`);
  }
  if (place === undefined || !diskOf(io.machine, place.gitdir).exists(`${place.gitdir}/HEAD`)) throw noRepository(url);
  const there = placeOn(io.machine, place.gitdir);
  if (flags.has('follow-tags')) wishes.push(...(await followedTags(work, wishes)));
  const zero = '0'.repeat(40);
  const told = (
    await Promise.all(
      wishes.map(async (wish) => {
        const { ref, from, to } = wish;
        const old = await git.resolveRef({ ...there, ref }).catch(() => zero);
        if (!flags.has('lease') && (await refusedHere(work, wish, old)) !== undefined) return '';
        const local = from === '' ? '(delete)' : ref.startsWith('refs/tags/') ? ref : `refs/heads/${from}`;
        return to === old ? '' : `${local} ${to ?? zero} ${ref} ${old}\n`;
      }),
    )
  ).join('');
  if (!flags.has('no-verify') && (await runHook(work, 'pre-push', [remote, url], told)) !== 0) {
    io.stderr(`error: failed to push some refs to '${url}'\n`);
    return 1;
  }
  const results: Answer[] = [];
  const sent: Wish[] = [];
  for (const wish of wishes) {
    const old = await git.resolveRef({ ...there, ref: wish.ref }).catch(() => undefined);
    const lease = leases.find((one) => wish.ref === `refs/heads/${one.split(':')[0]}`);
    const isLeased = flags.has('lease') || lease !== undefined;
    const expected = lease?.includes(':') ? lease.slice(lease.indexOf(':') + 1) : undefined;
    const stale =
      expected === undefined
        ? isLeased && (await isStale(work, there, remote, wish.ref))
        : old !== (expected === '' ? undefined : await resolve(work, expected));
    const isTaken = wish.ref.startsWith('refs/tags/') && old !== undefined && old !== wish.to && wish.to !== undefined;
    if (wish.to === undefined && old === undefined && wish.from === '') {
      io.stderr(
        `error: unable to delete '${wish.ref.replace(/^refs\/(heads|tags)\//, '')}': remote ref does not exist\n`,
      );
      results.push({ wish, result: { result: 'refused', reason: 'missing' } });
    } else if (wish.to === undefined && settingThere(work, place.gitdir, 'receive.denyDeletes') === 'true') {
      sayRemote(work, [`error: denying ref deletion for ${wish.ref}`]);
      results.push({ wish, result: { result: 'refused', reason: 'deletion prohibited' } });
    } else if (wish.to === undefined && (await currentBranch(there)) === wish.ref.replace('refs/heads/', '')) {
      io.stderr(currentIsKept(wish.ref));
      results.push({ wish, result: { result: 'refused', reason: 'deletion of the current branch prohibited' } });
    } else if (stale) results.push({ wish, result: { result: 'refused', reason: 'stale info' } });
    else if (isTaken && !wish.force) results.push({ wish, result: { result: 'refused', reason: 'already exists' } });
    else {
      // Where nobody listens the forge refuses it, which its log tells.
      const behind = isLeased || !hasHooks(work, place.gitdir) ? undefined : await refusedHere(work, wish, old);
      if (behind !== undefined) results.push({ wish, result: { result: 'refused', reason: behind } });
      else sent.push({ ...wish, force: wish.force || isLeased });
    }
  }
  // One ref that cannot be deleted stops the others.
  const isStopped = results.some(({ result }) => result.result === 'refused' && result.reason === 'missing');
  if (isStopped) sent.length = 0;
  results.push(...(flags.has('dry-run') ? await foreseen(work, there, sent) : await received(work, place, sent)));
  // What was refused comes last; before it, by its name, what was there already, then what is new.
  const isRefused = ({ result }: Answer): number => Number(result.result === 'refused');
  const isNew = ({ result }: Answer): number => Number(result.result === 'new');
  const turnOf = ({ wish }: Answer): number => wishes.findIndex(({ ref }) => ref === wish.ref);
  results.sort(
    (a, b) =>
      isRefused(a) - isRefused(b) ||
      isNew(a) - isNew(b) ||
      (isNew(a) === 1 ? turnOf(a) - turnOf(b) : Number(a.wish.ref > b.wish.ref) * 2 - 1),
  );

  for (const { wish, result } of results) {
    const name = wish.ref.replace(/^refs\/(heads|tags)\//, '');
    const isBranch = wish.ref.startsWith('refs/heads/');
    if (result.result === 'refused' || !isBranch || flags.has('dry-run')) continue;
    const tracking = `refs/remotes/${remote}/${name}`;
    if (wish.to === undefined) await removeRef(work, tracking).catch(() => {});
    else if (named === undefined || config(work, `remote.${remote}.url`) !== undefined)
      await moveRef(work, tracking, wish.to, 'update by push');
    const local = wish.from === 'HEAD' ? (branch ?? name) : wish.from;
    if (setsUpstream && wish.to !== undefined) follow(work, local, remote, name);
  }
  for (const { result } of results) if ('said' in result) sayRemote(work, result.said ?? []);
  if (!flags.has('quiet')) report(work, url, results, flags.has('verbose') ? remote : undefined);
  if (setsUpstream && !flags.has('quiet') && !flags.has('dry-run')) {
    for (const { wish, result } of results) {
      if (result.result === 'refused' || !wish.ref.startsWith('refs/heads/') || wish.to === undefined) continue;
      const name = wish.ref.slice('refs/heads/'.length);
      const local = wish.from === 'HEAD' ? (branch ?? name) : wish.from;
      io.stdout(`branch '${local}' set up to track '${remote}/${name}'.\n`);
    }
  }
  const refused = results.flatMap(({ wish, result }) =>
    result.result === 'refused' ? [{ reason: result.reason, ref: wish.ref }] : [],
  );
  if (refused.length === 0) return 0;
  const behind = refused.filter(({ reason }) => reason === 'non-fast-forward');
  const isOwn = behind.some(({ ref }) => ref === `refs/heads/${branch}`);
  io.stderr(`error: failed to push some refs to '${url}'\n${hintFor((behind[0] ?? refused[0])?.reason ?? '', isOwn)}`);
  return 1;
}

/** What a repository says that keeps the branch its HEAD names (receive.denyDeleteCurrent). */
function currentIsKept(ref: string): string {
  const lines = [
    'error: By default, deleting the current branch is denied, because the next',
    "'git clone' won't result in any file checked out, causing confusion.",
    '',
    "You can set 'receive.denyDeleteCurrent' configuration variable to",
    "'warn' or 'ignore' in the remote repository to allow deleting the",
    'current branch, with or without a warning message.',
    '',
    "To squelch this message, you can set it to 'refuse'.",
    `error: refusing to delete the current branch: ${ref}`,
  ];
  return lines.map((line) => `remote: ${line}${line === '' ? '' : '        '}\n`).join('');
}

interface Answer {
  readonly wish: Wish;
  readonly result: RefResult | { readonly result: 'refused'; readonly reason: string };
}

/** What the other repository makes of a push: its hooks may refuse it (githooks: pre-receive, update, post-receive, post-update). */
async function received(
  work: Work,
  place: { gitdir: string; name: string },
  wishes: readonly Wish[],
): Promise<readonly Answer[]> {
  const { machine } = work.io;
  const by = loginOf(machine, work.io.env);
  const there = placeOn(machine, place.gitdir);
  const zero = '0'.repeat(40);
  const before = new Map<string, string>();
  for (const { ref, to } of wishes) {
    before.set(ref, await git.resolveRef({ ...there, ref }).catch(() => zero));
    if (to !== undefined && hasHooks(work, place.gitdir)) await copyObjects(machine, work, there, to);
  }
  const told = (some: readonly Wish[]): string =>
    some.map(({ ref, to }) => `${before.get(ref)} ${to ?? zero} ${ref}\n`).join('');
  const moving = wishes.filter(({ ref, to }) => before.get(ref) !== (to ?? zero));
  if (moving.length > 0 && (await runServerHook(work, place.gitdir, 'pre-receive', [], told(moving))) !== 0)
    return wishes.map((wish) => ({ wish, result: { result: 'refused', reason: 'pre-receive hook declined' } }));
  const results: Answer[] = [];
  const setting = (key: string): string | undefined => settingThere(work, place.gitdir, key);
  const isOpen =
    setting('core.bare') !== 'true' &&
    !/^(ignore|warn|updateInstead|false)$/.test(setting('receive.denyCurrentBranch') ?? '');
  const current = isOpen && place.gitdir.endsWith('/.git') ? `refs/heads/${await currentBranch(there)}` : undefined;
  for (const wish of wishes) {
    const old = before.get(wish.ref) ?? zero;
    if (wish.ref === current && old !== wish.to) {
      sayRemote(work, checkedOut(wish.ref));
      results.push({ wish, result: { result: 'refused', reason: 'branch is currently checked out' } });
      continue;
    }
    if (setting('receive.denyNonFastForwards') === 'true' && wish.force && old !== zero && wish.to !== undefined) {
      await copyObjects(machine, work, there, wish.to);
      if (!(await isAncestor(there, old, wish.to))) {
        sayRemote(work, [`error: denying non-fast-forward ${wish.ref} (you should pull first)`]);
        results.push({ wish, result: { result: 'refused', reason: 'non-fast-forward ' } });
        continue;
      }
    }
    const args = [wish.ref, before.get(wish.ref) ?? zero, wish.to ?? zero];
    if (moving.includes(wish) && (await runServerHook(work, place.gitdir, 'update', args)) !== 0) {
      work.io.stderr(`remote: error: hook declined to update ${wish.ref}        \n`);
      results.push({ wish, result: { result: 'refused', reason: 'hook declined' } });
    } else results.push({ wish, result: await receivePush(machine, place, work, { ...wish, by }) });
  }
  const moved = results.flatMap(({ wish, result }) =>
    result.result === 'refused' || result.result === 'up-to-date' ? [] : [wish],
  );
  if (moved.length > 0) {
    await runServerHook(work, place.gitdir, 'post-receive', [], told(moved));
    await runServerHook(
      work,
      place.gitdir,
      'post-update',
      moved.map(({ ref }) => ref),
    );
  }
  return results;
}

/** A setting of the repository that is pushed to. */
function settingThere({ io }: Work, gitdir: string, key: string): string | undefined {
  const machine = { ...io.machine, files: diskOf(io.machine, gitdir) };
  return config({ dir: gitdir, gitdir, io: { ...io, env: {}, machine } }, key);
}

/** Why git does not even send a branch that would lose commits over there: what they have is not known here, or stands apart. */
async function refusedHere(work: Work, { ref, to, force }: Wish, old: string | undefined): Promise<string | undefined> {
  if (force || to === undefined || old === undefined || /^0+$/.test(old) || !ref.startsWith('refs/heads/'))
    return undefined;
  const isKnown = await git.readCommit({ ...work, oid: old }).then(Boolean, () => false);
  if (!isKnown) return 'fetch first';
  return (await isAncestor(work, old, to)) ? undefined : 'non-fast-forward';
}

/** `--dry-run`: what the other repository would make of it, as far as can be told from here. */
async function foreseen(work: Work, there: Place, wishes: readonly Wish[]): Promise<readonly Answer[]> {
  return Promise.all(
    wishes.map(async (wish): Promise<Answer> => {
      const from = await git.resolveRef({ ...there, ref: wish.ref }).catch(() => undefined);
      if (from === wish.to) return { wish, result: { result: 'up-to-date' } };
      if (wish.to === undefined) return { wish, result: { result: 'removed' } };
      if (from === undefined) return { wish, result: { result: 'new' } };
      const isKnown = await git.readCommit({ ...work, oid: from }).then(Boolean, () => false);
      const isMoved = isKnown && (await isAncestor(work, from, wish.to));
      return { wish, result: { result: isMoved ? 'moved' : 'forced', from } };
    }),
  );
}

/** What a repository with a working tree says that keeps the branch it is on (receive.denyCurrentBranch). */
const checkedOut = (ref: string): readonly string[] => [
  `error: refusing to update checked out branch: ${ref}`,
  'error: By default, updating the current branch in a non-bare repository',
  'is denied, because it will make the index and work tree inconsistent',
  "with what you pushed, and will require 'git reset --hard' to match",
  'the work tree to HEAD.',
  '',
  "You can set the 'receive.denyCurrentBranch' configuration variable",
  "to 'ignore' or 'warn' in the remote repository to allow pushing into",
  'its current branch; however, this is not recommended unless you',
  'arranged to update its work tree to match what you pushed in some',
  'other way.',
  '',
  'To squelch this message and still keep the default behaviour, set',
  "'receive.denyCurrentBranch' configuration variable to 'refuse'.",
];

/** Annotated tags that lie on what is pushed. */
async function followedTags(work: Work, wishes: readonly Wish[]): Promise<readonly Wish[]> {
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

/** `--force-with-lease`: somebody has moved the branch since it was last seen here. */
async function isStale(work: Work, place: Place, remote: string, ref: string): Promise<boolean> {
  const there = await git.resolveRef({ ...place, ref }).catch(() => undefined);
  const seen = await resolve(work, ref.replace(/^refs\/heads\//, `refs/remotes/${remote}/`));
  return there !== seen;
}

function noDestination(): GitStop {
  return fatal(
    'No configured push destination.\nEither specify the URL from the command-line or configure a remote repository using\n\n    git remote add <name> <url>\n\nand then push using the remote name\n\n    git push <name>\n',
  );
}

async function wishesOf(
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
  if (specs.length > 0) return Promise.all(specs.map((spec) => wishOf(work, spec, force, remote)));

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
async function tip(work: Work, ref: string): Promise<string> {
  return git.resolveRef({ ...work, ref });
}

async function wishOf(work: Work, spec: string, force: boolean, remote: string): Promise<Wish> {
  const plain = spec.replace(/^\+/, '');
  const [from = '', to = from] = plain.split(':');
  if (plain.includes(':') && to !== 'HEAD' && !isRefName(to)) throw fatal(`invalid refspec '${spec}'`);
  const forced = force || spec.startsWith('+');
  if (from === '') return { from: '', ref: await refNamed(work, to), to: undefined, force: forced };
  const local = await refNamed(work, from);
  const oid = await tip(work, local).catch(() => resolve(work, from));
  if (oid === undefined) {
    const url = addressOf(work, remote);
    throw failed(`src refspec ${from} does not match any\nerror: failed to push some refs to '${url}'`);
  }
  const name = to === 'HEAD' ? ((await currentBranch(work)) ?? 'HEAD') : to;
  return {
    from,
    ref: to === from ? (from === 'HEAD' ? `refs/heads/${name}` : local) : await refNamed(work, name),
    to: oid,
    force: forced,
  };
}

/** @param told the remote, when what is up to date is told as well (`-v`). */
function report(work: Work, url: string, results: readonly Answer[], told?: string): void {
  const { io } = work;
  const isMissing = ({ result }: Answer): boolean => result.result === 'refused' && result.reason === 'missing';
  if (results.length > 0 && results.every(isMissing)) return;
  const isNothing = results.every(({ result }) => result.result === 'up-to-date');
  if (!isNothing || told !== undefined) {
    const lines = results.flatMap(({ wish, result }) => lineFor(work, wish, result, told !== undefined));
    io.stderr(`To ${url}\n${lines.map((line) => `${line}\n`).join('')}`);
  }
  for (const { wish, result } of told === undefined || config(work, `remote.${told}.url`) === undefined ? [] : results)
    if (result.result !== 'refused' && wish.ref.startsWith('refs/heads/'))
      io.stderr(`updating local tracking ref '${wish.ref.replace('refs/heads', `refs/remotes/${told}`)}'\n`);
  if (isNothing) io.stderr('Everything up-to-date\n');
}

function lineFor(work: Work, { from, ref, to }: Wish, result: Answer['result'], all: boolean): readonly string[] {
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  const row = (mark: string, summary: string, what: string): string[] => [` ${mark} ${summary.padEnd(17)} ${what}`];
  switch (result.result) {
    case 'up-to-date':
      return all ? row('=', '[up to date]', `${from} -> ${name}`) : [];
    case 'new': {
      const kind = ref.startsWith('refs/tags/') ? 'tag' : ref.startsWith('refs/heads/') ? 'branch' : 'reference';
      return row('*', `[new ${kind}]`, `${from} -> ${name}`);
    }
    case 'removed':
      return row('-', '[deleted]', name);
    case 'moved':
      return row(' ', `${short(work, result.from)}..${short(work, to ?? '')}`, `${from} -> ${name}`);
    case 'forced':
      return row('+', `${short(work, result.from)}...${short(work, to ?? '')}`, `${from} -> ${name} (forced update)`);
    default:
      if (result.reason === 'missing') return [];
      return row(
        '!',
        isRemote(result.reason) ? '[remote rejected]' : '[rejected]',
        `${from === '' ? '' : `${from} -> `}${name} (${result.reason.trim()})`,
      );
  }
}

/** What the forge says, as git shows it: with the trailing blanks that clear what stood on the line. */
function sayRemote({ io }: Work, lines: readonly string[]): void {
  for (const line of lines) io.stderr(line === '' ? 'remote: \n' : `remote: ${line}        \n`);
}

/** Whether the other side refused, rather than git here. */
const isRemote = (reason: string): boolean =>
  / declined( |$)|prohibited$|checked out$|^non-fast-forward $/.test(reason);

/** @param isOwn whether it is the branch on which one is. */
function hintFor(reason: string, isOwn: boolean): string {
  const last = "hint: See the 'Note about fast-forwards' in 'git push --help' for details.\n";
  if (reason === 'fetch first') {
    return `hint: Updates were rejected because the remote contains work that you do\nhint: not have locally. This is usually caused by another repository pushing\nhint: to the same ref. You may want to first integrate the remote changes\nhint: (e.g., 'git pull ...') before pushing again.\n${last}`;
  }
  if (reason === 'already exists') return 'hint: Updates were rejected because the tag already exists in the remote.\n';
  if (reason === 'missing' || reason === 'stale info' || isRemote(reason)) return '';
  if (!isOwn)
    return `hint: Updates were rejected because a pushed branch tip is behind its remote\nhint: counterpart. Check out this branch and integrate the remote changes\nhint: (e.g. 'git pull ...') before pushing again.\n${last}`;
  return `hint: Updates were rejected because the tip of your current branch is behind\nhint: its remote counterpart. Integrate the remote changes (e.g.\nhint: 'git pull ...') before pushing again.\n${last}`;
}
