import * as git from 'isomorphic-git';
import { reachableFrom } from './log.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { readStatus } from './status.ts';
import { resolve, type Work } from './work.ts';

const options: OptionTable = {
  '--tags': { as: 'tags' },
  '--always': { as: 'always' },
  '--dirty': { as: 'dirty', value: 'optional' },
  '--first-parent': { as: 'first-parent' },
  '--long': { as: 'long' },
  '--exact-match': { as: 'exact' },
  '--abbrev': { as: 'abbrev', value: true },
  '--match': { as: 'match', value: true },
};

/** `git describe`: a commit by the nearest tag before it. */
export async function describe(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('describe', args, options);
  const { flags, words } = parsed;
  const [name = 'HEAD'] = words;
  const hasTags = (await git.listTags(work)).length > 0;
  if (!hasTags && !flags.has('always')) throw fatal('No names found, cannot describe anything.');
  const oid = await resolve(work, name);
  if (oid === undefined) throw fatal(`Not a valid object name ${name}`);
  const width = Number(lastValue(parsed, 'abbrev') ?? 7);
  const status = flags.has('dirty') ? await readStatus(work) : undefined;
  const mark = [...flags].find((flag) => flag.startsWith('dirty='))?.slice('dirty='.length) ?? '-dirty';
  const suffix = status !== undefined && status.staged.size + status.unstaged.size > 0 ? mark : '';
  const tags = await tagsByCommit(work, flags.has('tags'), lastValue(parsed, 'match'));
  const history = await reachableFrom(work, [oid], undefined, false);
  const nearest = history.find((entry) => tags.has(entry.oid));
  const tag = nearest === undefined ? undefined : tags.get(nearest.oid);
  if (nearest === undefined || tag === undefined || (flags.has('exact') && nearest.oid !== oid)) {
    if (flags.has('always')) {
      work.io.stdout(`${oid.slice(0, width || 7)}${suffix}\n`);
      return 0;
    }
    if (flags.has('exact')) throw fatal(`no tag exactly matches '${oid}'`);
    throw fatal(
      !flags.has('tags')
        ? `No annotated tags can describe '${oid}'.\nHowever, there were unannotated tags: try --tags.`
        : `No tags can describe '${oid}'.\nTry --always, or create some tags.`,
    );
  }
  const behind = new Set((await reachableFrom(work, [nearest.oid], undefined, false)).map((entry) => entry.oid));
  const since = history.filter((entry) => !behind.has(entry.oid)).length;
  const plain = width === 0 || (since === 0 && !flags.has('long'));
  work.io.stdout(`${plain ? tag : `${tag}-${since}-g${oid.slice(0, width)}`}${suffix}\n`);
  return 0;
}

/** The tag by which a commit is called: an annotated one before a light one, the newest of those. */
async function tagsByCommit(work: Work, light: boolean, pattern = '*'): Promise<ReadonlyMap<string, string>> {
  const best = new Map<string, { readonly name: string; readonly at: number }>();
  const wanted = new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  for (const name of await git.listTags(work)) {
    const ref = await git.resolveRef({ ...work, ref: `refs/tags/${name}` });
    const read = await git.readObject({ ...work, oid: ref, format: 'content' });
    if ((read.type !== 'tag' && !light) || !wanted.test(name)) continue;
    const at = read.type === 'tag' ? ((await git.readTag({ ...work, oid: ref })).tag.tagger?.timestamp ?? 0) : -1;
    const oid = await resolve(work, `refs/tags/${name}`);
    const old = oid === undefined ? undefined : best.get(oid);
    if (oid !== undefined && (old === undefined || at > old.at)) best.set(oid, { name, at });
  }
  return new Map([...best].map(([oid, { name }]) => [oid, name]));
}
