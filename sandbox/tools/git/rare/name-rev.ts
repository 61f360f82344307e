// `git name-rev`, and `git describe --contains`: a commit by the ref from which it is reached (builtin/name-rev.c).
import * as git from 'isomorphic-git';
import { readCommit, short } from '../../../forge/git/index.ts';
import { allRefs } from '../decorations.ts';
import { fatal, lastValue, type OptionTable, readOptions } from '../options.ts';
import { resolve } from '../revisions.ts';
import { wildcard } from '../wildcard.ts';
import type { Work } from '../work.ts';

interface Name {
  /** The ref, and the steps to second parents. */
  readonly tip: string;
  /** How many first parents from there. */
  readonly generation: number;
  readonly distance: number;
  readonly isTag: boolean;
  readonly date: number;
}

/** What a step to a second parent counts for. */
const MERGE = 65_535;

const weight = ({ distance, generation }: Name): number => distance + (generation > 0 ? MERGE : 0);

/** Whether a commit is better called by the other name. */
function isBetter(other: Name, name: Name): boolean {
  if (other.isTag && name.isTag) return weight(name) > weight(other);
  if (other.isTag !== name.isTag) return other.isTag;
  if (weight(name) !== weight(other)) return weight(name) > weight(other);
  return name.date > other.date;
}

const bare = (tip: string): string => tip.replace(/\^0$/, '');
const shown = ({ tip, generation }: Name): string => (generation === 0 ? tip : `${bare(tip)}~${generation}`);

interface Wish {
  readonly tagsOnly: boolean;
  readonly patterns: readonly string[];
  /** Without `tags/` before a tag. */
  readonly plain: boolean;
}

/** The names of all commits that are reached from the refs that are asked for. */
async function namesOf(work: Work, { tagsOnly, patterns, plain }: Wish): Promise<ReadonlyMap<string, string>> {
  const best = new Map<string, Name>();
  const tips: (Name & { readonly oid: string })[] = [];
  for (const { ref, oid } of await allRefs(work)) {
    const isTag = ref.startsWith('refs/tags/');
    if (tagsOnly && !isTag) continue;
    const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
    if (
      patterns.length > 0 &&
      !patterns.some((one) => [ref, ref.slice(5), name].some((text) => wildcard(one).test(text)))
    )
      continue;
    const value = await git.resolveRef({ ...work, ref });
    const read = await git.readObject({ ...work, oid: value, format: 'parsed' });
    const date =
      read.type === 'tag'
        ? ((await git.readTag({ ...work, oid: value })).tag.tagger?.timestamp ?? 0)
        : (await readCommit(work, oid)).commit.committer.timestamp;
    const tip = `${plain && isTag ? name : ref.replace(/^refs\/(?:heads\/)?/, '')}${read.type === 'tag' ? '^0' : ''}`;
    tips.push({ tip, generation: 0, distance: 0, isTag, date, oid });
  }
  tips.sort((a, b) => Number(b.isTag) - Number(a.isTag) || a.date - b.date);
  for (const { oid: start, ...first } of tips) {
    const stack: (readonly [string, Name])[] = [[start, first]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [oid, name] = next;
      const known = best.get(oid);
      if (known !== undefined && !isBetter(name, known)) continue;
      best.set(oid, name);
      const { parent } = (await readCommit(work, oid)).commit;
      const steps = parent.map((one, at): readonly [string, Name] => [one, stepTo(name, at)]);
      stack.push(...steps.reverse());
    }
  }
  return new Map([...best].map(([oid, name]) => [oid, shown(name)]));
}

function stepTo(name: Name, parent: number): Name {
  if (parent === 0) return { ...name, generation: name.generation + 1, distance: name.distance + 1 };
  const from = name.generation === 0 ? bare(name.tip) : `${bare(name.tip)}~${name.generation}`;
  return { ...name, tip: `${from}^${parent + 1}`, generation: 0, distance: name.distance + MERGE };
}

const options: OptionTable = {
  '--name-only': { as: 'name-only' },
  '--tags': { as: 'tags' },
  '--refs': { as: 'refs', value: true },
  '--all': { as: 'all' },
  '--always': { as: 'always' },
  '--no-undefined': { as: 'no-undefined' },
  '--undefined': { as: 'undefined' },
};

export async function nameRev(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('name-rev', args, options);
  const { flags, words } = parsed;
  const names = await namesOf(work, {
    tagsOnly: flags.has('tags'),
    patterns: parsed.values.get('refs') ?? [],
    plain: flags.has('tags') && flags.has('name-only'),
  });
  const tell = (asked: string, oid: string): void => {
    const name = names.get(oid) ?? (flags.has('always') ? short(work, oid) : undefined);
    if (name === undefined && flags.has('no-undefined')) throw fatal(`cannot describe '${oid}'`);
    work.io.stdout(`${flags.has('name-only') ? '' : `${asked} `}${name ?? 'undefined'}\n`);
  };
  if (flags.has('all')) for (const oid of [...names.keys()].sort()) tell(oid, oid);
  for (const word of words) {
    const oid = await resolve(work, word);
    if (oid === undefined) work.io.stderr(`Could not get sha1 for ${word}. Skipping.\n`);
    else tell(word, oid);
  }
  return 0;
}

/** The first tag that a commit came into, or any ref with `--all`. @throws GitStop when there is none. */
export async function describeContains(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('describe', args, {
    '--contains': { as: 'contains' },
    '--all': { as: 'all' },
    '--tags': { as: 'tags' },
    '--always': { as: 'always' },
    '--match': { as: 'match', value: true },
  });
  const { flags, words } = parsed;
  const match = lastValue(parsed, 'match');
  const names = await namesOf(work, {
    tagsOnly: !flags.has('all'),
    patterns: match === undefined ? [] : [match],
    plain: !flags.has('all'),
  });
  for (const word of words.length === 0 ? ['HEAD'] : words) {
    const oid = await resolve(work, word);
    if (oid === undefined) {
      work.io.stderr(`Could not get sha1 for ${word}. Skipping.\n`);
      continue;
    }
    const name = names.get(oid) ?? (flags.has('always') ? short(work, oid) : undefined);
    if (name === undefined) throw fatal(`cannot describe '${oid}'`);
    work.io.stdout(`${name}\n`);
  }
  return 0;
}
