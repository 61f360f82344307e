import * as git from 'isomorphic-git';
import { ancestry, commitData } from './history.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { readStatus } from './status.ts';
import { resolve, type Work } from './work.ts';

const options: OptionTable = {
  '--tags': { as: 'tags' },
  '--all': { as: 'all' },
  '--always': { as: 'always' },
  '--long': { as: 'long' },
  '--abbrev': { as: 'abbrev', value: true },
  '--dirty': { as: 'dirty' },
  '--match': { as: 'match', value: true },
  '--exact-match': { as: 'exact' },
  '--contains': { as: 'contains' },
  '--first-parent': { as: 'first-parent' },
};

/** `git describe`: a commit by the nearest tag before it, `v1.2.0-3-g1a2b3c4`. */
export async function describe(work: Work, args: readonly string[]): Promise<number> {
  const dirty = args.flatMap((arg) => /^--dirty=(.*)$/.exec(arg)?.[1] ?? []).at(-1);
  const parsed = readOptions(
    'describe',
    args.filter((arg) => !arg.startsWith('--dirty=')),
    options,
  );
  const { flags, words } = parsed;
  const name = words[0] ?? 'HEAD';
  const oid = await resolve(work, name);
  if (oid === undefined) throw fatal(`Not a valid object name ${name}`);
  const mark = flags.has('dirty') || dirty !== undefined ? ((await isDirty(work)) ? (dirty ?? '-dirty') : '') : '';
  const abbrev = Number(lastValue(parsed, 'abbrev') ?? 7);
  const tags = await candidates(work, flags.has('tags'), lastValue(parsed, 'match'));
  const seen = await ancestry(work, oid);
  const reached = tags.filter((tag) => seen.has(tag.commit));
  const nearest = await best(work, oid, reached);
  const say = (text: string): number => {
    work.io.stdout(`${text}${mark}\n`);
    return 0;
  };
  if (nearest !== undefined && nearest.depth === 0 && !flags.has('long')) return say(nearest.name);
  if (flags.has('exact')) throw fatal(`no tag exactly matches '${oid}'`);
  if (nearest !== undefined)
    return say(abbrev === 0 ? nearest.name : `${nearest.name}-${nearest.depth}-g${oid.slice(0, abbrev)}`);
  if (flags.has('always')) return say(abbrev === 0 ? oid : oid.slice(0, abbrev));
  const light = await candidates(work, true, undefined);
  if (!flags.has('tags') && light.some((tag) => seen.has(tag.commit)))
    throw fatal(`No annotated tags can describe '${oid}'.\nHowever, there were unannotated tags: try --tags.`);
  throw fatal(
    light.length === 0
      ? 'No names found, cannot describe anything.'
      : `No tags can describe '${oid}'.\nTry --always, or create some tags.`,
  );
}

interface Candidate {
  readonly name: string;
  readonly commit: string;
  readonly annotated: boolean;
  readonly at: number;
}

async function candidates(work: Work, light: boolean, pattern: string | undefined): Promise<readonly Candidate[]> {
  const wanted =
    pattern === undefined
      ? /./
      : new RegExp(
          `^${pattern
            .replaceAll(/[.+^${}()|\\]/g, '\\$&')
            .replaceAll('*', '.*')
            .replaceAll('?', '.')}$`,
        );
  const found: Candidate[] = [];
  for (const name of await git.listTags(work)) {
    const oid = await git.resolveRef({ ...work, ref: `refs/tags/${name}` });
    const commit = await resolve(work, `refs/tags/${name}`);
    if (commit === undefined || !wanted.test(name) || (oid === commit && !light)) continue;
    const at = oid === commit ? 0 : ((await git.readTag({ ...work, oid })).tag.tagger?.timestamp ?? 0);
    found.push({ name, commit, annotated: oid !== commit, at });
  }
  return found;
}

/** The tag with the fewest commits between; of one commit's tags the annotated, and of those the newest. */
async function best(work: Work, oid: string, tags: readonly Candidate[]) {
  let found: (Candidate & { readonly depth: number }) | undefined;
  const all = await ancestry(work, oid);
  for (const tag of tags) {
    const behind = await ancestry(work, tag.commit);
    const depth = [...all].filter((one) => !behind.has(one)).length;
    const isBetter =
      found === undefined ||
      depth < found.depth ||
      (depth === found.depth &&
        (Number(tag.annotated) > Number(found.annotated) || (tag.annotated === found.annotated && tag.at > found.at)));
    if (isBetter) found = { ...tag, depth };
  }
  return found;
}

async function isDirty(work: Work): Promise<boolean> {
  const { staged, unstaged, conflicts } = await readStatus(work);
  return staged.size + unstaged.size + conflicts.size > 0;
}

/** `git name-rev` for a branch: `main~2`. */
export async function nameRev(work: Work, args: readonly string[]): Promise<number> {
  const { words, flags } = readOptions('name-rev', args, { '--name-only': { as: 'name-only' } });
  for (const word of words) {
    const oid = await resolve(work, word);
    if (oid === undefined) throw fatal(`Could not get sha1 for ${word}. Skipping.`);
    let name = 'undefined';
    for (const branch of await git.listBranches(work)) {
      let steps = 0;
      for (let at = await resolve(work, `refs/heads/${branch}`); at !== undefined; steps++) {
        if (at === oid) name = steps === 0 ? branch : `${branch}~${steps}`;
        if (at === oid) break;
        at = (await commitData(work, at)).parent[0];
      }
      if (name !== 'undefined') break;
    }
    work.io.stdout(flags.has('name-only') ? `${name}\n` : `${word === oid ? oid : word} ${name}\n`);
  }
  return 0;
}
