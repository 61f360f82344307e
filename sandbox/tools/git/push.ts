import * as git from 'isomorphic-git';
import { isRefName } from '../../forge/git/index.ts';
import { diskOf, loginOf, ownerOf, type Place, placeOn } from '../../forge/index.ts';
import { noRepository, pushAddresses, repositoryAt } from './far.ts';
import { hasHooks, runHook } from './hooks.ts';
import { failed, fatal, type GitStop, type OptionTable, readOptions } from './options.ts';
import { currentIsKept, foreseen, received, refusedHere, settingThere } from './push-received.ts';
import { hintFor, report, sayRemote } from './push-report.ts';
import { mindToken } from './push-token.ts';
import { type Answer, followedTags, specsOf, type Wish, wishesOf } from './push-wishes.ts';
import { moveRef, removeRef } from './refs.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { follow, upstreamOf } from './upstream.ts';
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

/** `git push`: sends commits to a repository of the forge and moves its refs. */
export async function push(work: Work, args: readonly string[]): Promise<number> {
  // `--force-with-lease=REF[:EXPECTED]` is about one ref.
  const leases = args.flatMap((arg) => /^--force-with-lease=(.+)$/.exec(arg)?.[1] ?? []);
  const { flags, words } = readOptions(
    'push',
    args.filter((arg) => !/^--force-with-lease=/.test(arg)),
    options,
  );
  const branch = await currentBranch(work);
  const [named, ...rest] = words;
  const specs = specsOf(rest);
  const settled =
    config(work, `branch.${branch}.pushRemote`) ??
    config(work, 'remote.pushDefault') ??
    config(work, `branch.${branch}.remote`);
  const remote = named ?? settled ?? 'origin';
  const urls = pushAddresses(work, remote);
  const [url = ''] = urls;
  if (named === undefined && url === 'origin') throw noDestination();
  for (const spec of specs)
    if (!/:|^\+?(?:HEAD|@)$/.test(spec) && !isRefName(spec.replace(/^\+/, '')) && !flags.has('delete'))
      throw fatal(`invalid refspec '${spec}'`);
  for (const spec of specs)
    if (!spec.includes(':') && (await resolve(work, spec.replace(/^\+/, ''))) === undefined && !flags.has('delete'))
      throw failed(`src refspec ${spec} does not match any\nerror: failed to push some refs to '${url}'`);
  let exitCode = 0;
  for (const one of urls)
    exitCode = Math.max(exitCode, await pushTo(work, one, { flags, leases, branch, named, specs, remote }));
  return exitCode;
}

interface Asked {
  readonly flags: ReadonlySet<string>;
  readonly leases: readonly string[];
  readonly branch: string | undefined;
  /** The remote, where it was named. */
  readonly named: string | undefined;
  readonly specs: readonly string[];
  readonly remote: string;
}

async function pushTo(
  work: Work,
  url: string,
  { flags, leases, branch, named, specs, remote }: Asked,
): Promise<number> {
  const { io } = work;
  if (flags.has('verbose')) io.stderr(`Pushing to ${url}\n`);
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
  // What was refused is told even by -q, with the rest.
  if (!flags.has('quiet') || results.some((one) => isRefused(one) === 1))
    report(work, url, results, flags.has('verbose') ? remote : undefined);
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
