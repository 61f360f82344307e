import * as git from 'isomorphic-git';
import { readCommit, short } from '../../forge/git/index.ts';
import { fatal, lastValue, type OptionTable, type Parsed, readOptions } from './options.ts';
import { resolve } from './revisions.ts';
import { readStatus } from './status-read.ts';
import { wildcard } from './wildcard.ts';
import type { Work } from './work.ts';

const options: OptionTable = {
  '--tags': { as: 'tags' },
  '--always': { as: 'always' },
  '--dirty': { as: 'dirty', value: 'optional' },
  '--first-parent': { as: 'first-parent' },
  '--long': { as: 'long' },
  '--exact-match': { as: 'exact' },
  '--abbrev': { as: 'abbrev', value: true },
  '--match': { as: 'match', value: true },
  '--exclude': { as: 'exclude', value: true },
  '--candidates': { as: 'candidates', value: true },
  '--all': { as: 'all' },
};

/** `git describe`: a commit by the nearest tag before it. */
export async function describe(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('describe', args, options);
  const { words } = parsed;
  if (words.length > 1) {
    for (const word of words) await describeOne(work, { ...parsed, words: [word] });
    return 0;
  }
  return describeOne(work, parsed);
}

async function describeOne(work: Work, parsed: Parsed): Promise<number> {
  const { flags, words } = parsed;
  const [name = 'HEAD'] = words;
  const fits = (tag: string, option: string): boolean =>
    (parsed.values.get(option) ?? []).some((pattern) => wildcard(pattern).test(tag));
  const names = (await git.listTags(work)).filter(
    (tag) => (!parsed.values.has('match') || fits(tag, 'match')) && !fits(tag, 'exclude'),
  );
  if (flags.has('all')) return describeAll(work, parsed, names);
  if (names.length === 0 && !flags.has('always')) throw fatal('No names found, cannot describe anything.');
  const oid = await resolve(work, name);
  if (oid === undefined) throw fatal(`Not a valid object name ${name}`);
  const width = Number(lastValue(parsed, 'abbrev') ?? work.abbrev ?? 7);
  const status = flags.has('dirty') ? await readStatus(work) : undefined;
  const mark = [...flags].find((flag) => flag.startsWith('dirty='))?.slice('dirty='.length) ?? '-dirty';
  const suffix = status !== undefined && status.staged.size + status.unstaged.size > 0 ? mark : '';
  const tags = await tagsByCommit(work, names, flags.has('tags'));
  const nearest = await nearestTag(work, oid, tags, flags.has('first-parent'));
  const tag = nearest?.tag;
  const isExact = flags.has('exact') || lastValue(parsed, 'candidates') === '0';
  if (nearest === undefined || tag === undefined || (isExact && nearest.oid !== oid)) {
    if (isExact) throw fatal(`no tag exactly matches '${oid}'`);
    if (flags.has('always')) {
      work.io.stdout(`${oid.slice(0, width || 7)}${suffix}\n`);
      return 0;
    }
    const others = flags.has('tags') ? undefined : await tagsByCommit(work, names, true);
    throw fatal(
      others !== undefined && (await nearestTag(work, oid, others, flags.has('first-parent'))) !== undefined
        ? `No annotated tags can describe '${oid}'.\nHowever, there were unannotated tags: try --tags.`
        : `No tags can describe '${oid}'.\nTry --always, or create some tags.`,
    );
  }
  const since = nearest.depth;
  const plain = width === 0 || (since === 0 && !flags.has('long'));
  work.io.stdout(`${plain ? tag : `${tag}-${since}-g${oid.slice(0, width)}`}${suffix}\n`);
  return 0;
}

/** `--all`: by the nearest ref of any kind, a tag before a branch. */
async function describeAll(work: Work, parsed: Parsed, tags: readonly string[]): Promise<number> {
  const name = parsed.words[0] ?? 'HEAD';
  const oid = await resolve(work, name);
  if (oid === undefined) throw fatal(`Not a valid object name ${name}`);
  const refs = new Map<string, string>();
  for (const kind of ['heads', 'remotes', 'tags'])
    for (const one of kind === 'tags' ? tags : await git.listRefs({ ...work, filepath: `refs/${kind}` })) {
      const at = await resolve(work, `refs/${kind}/${one}`);
      if (at !== undefined && (kind === 'tags' || !refs.has(at))) refs.set(at, `${kind}/${one}`);
    }
  const nearest = await nearestTag(work, oid, refs, parsed.flags.has('first-parent'));
  if (nearest === undefined) throw fatal(`No tags can describe '${oid}'.\nTry --always, or create some tags.`);
  const isPlain = nearest.depth === 0 && !parsed.flags.has('long');
  work.io.stdout(`${nearest.tag}${isPlain ? '' : `-${nearest.depth}-g${short(work, oid)}`}\n`);
  return 0;
}

interface Candidate {
  readonly oid: string;
  readonly tag: string;
  depth: number;
}

/** As many tags as git compares (describe.c). */
const CANDIDATES = 10;

/**
 * The tag with the fewest commits between, counted as git does: by date, so that commits of one moment may be met, and counted, before
 * the tag from which they are reached (describe_commit and finish_depth_computation in git's builtin/describe.c).
 */
async function nearestTag(
  work: Work,
  start: string,
  tags: ReadonlyMap<string, string>,
  firstOnly: boolean,
): Promise<Candidate | undefined> {
  const found: Candidate[] = [];
  const within = new Map<string, Set<Candidate>>([[start, new Set()]]);
  const list = [await readCommit(work, start)];
  const meetParents = async ({ oid, commit }: (typeof list)[number]): Promise<void> => {
    for (const parent of firstOnly ? commit.parent.slice(0, 1) : commit.parent) {
      const known = within.get(parent);
      if (known === undefined) {
        const entry = await readCommit(work, parent);
        const later = list.findIndex((one) => one.commit.committer.timestamp < entry.commit.committer.timestamp);
        list.splice(later < 0 ? list.length : later, 0, entry);
      }
      within.set(parent, new Set([...(known ?? []), ...(within.get(oid) ?? [])]));
    }
  };
  let seen = 0;
  for (let next = list.shift(); next !== undefined; next = list.shift()) {
    seen += 1;
    const flags = within.get(next.oid) ?? new Set();
    const tag = tags.get(next.oid);
    if (tag !== undefined && found.length === CANDIDATES) {
      list.unshift(next);
      break;
    }
    if (tag !== undefined) {
      const candidate = { oid: next.oid, tag, depth: seen - 1 };
      found.push(candidate);
      flags.add(candidate);
    }
    for (const one of found) if (!flags.has(one)) one.depth += 1;
    if (found.length > 0 && list.length === 0) {
      const least = Math.min(...found.map(({ depth }) => depth));
      if (found.every((one) => one.depth > least || flags.has(one))) break;
    }
    await meetParents(next);
  }
  // The first of those that are equally near.
  const best = found.reduce<Candidate | undefined>(
    (nearest, one) => (nearest === undefined || one.depth < nearest.depth ? one : nearest),
    undefined,
  );
  if (best === undefined) return undefined;
  for (let next = list.shift(); next !== undefined; next = list.shift()) {
    if (!within.get(next.oid)?.has(best)) best.depth += 1;
    else if (list.every(({ oid }) => within.get(oid)?.has(best))) break;
    await meetParents(next);
  }
  return best;
}

/** The tag by which a commit is called: an annotated one before a light one, the newest of those. */
async function tagsByCommit(
  work: Work,
  names: readonly string[],
  light: boolean,
): Promise<ReadonlyMap<string, string>> {
  const best = new Map<string, { readonly name: string; readonly at: number }>();
  for (const name of names) {
    const ref = await git.resolveRef({ ...work, ref: `refs/tags/${name}` });
    const read = await git.readObject({ ...work, oid: ref, format: 'content' });
    if (read.type !== 'tag' && !light) continue;
    const at = read.type === 'tag' ? ((await git.readTag({ ...work, oid: ref })).tag.tagger?.timestamp ?? 0) : -1;
    const oid = await resolve(work, `refs/tags/${name}`);
    const old = oid === undefined ? undefined : best.get(oid);
    if (oid !== undefined && (old === undefined || at > old.at)) best.set(oid, { name, at });
  }
  return new Map([...best].map(([oid, { name }]) => [oid, name]));
}
