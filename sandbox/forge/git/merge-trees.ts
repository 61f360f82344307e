// Three-way merge of whole trees, with the messages of git's `ort` strategy (merge-ort.c).
import { type Place, readTree, sameFile, type TreeFile, type TreeFiles } from '../tree.ts';
import { followFolders, type Side } from './folder-renames.ts';
import { mergeBases, readText, short, writeCommit, writeText } from './history.ts';
import { mergeText } from './merge-text.ts';
import { renamed } from './similarity.ts';

/** A path in conflict: 1 the common ancestor, 2 ours, 3 theirs. */
export type Stages = Readonly<Partial<Record<1 | 2 | 3, TreeFile>>>;

export interface MergeWords {
  /** The names of the sides: in messages, and behind the markers of a conflict. */
  readonly ours: string;
  readonly theirs: string;
  readonly base: string;
}

export interface MergeChoice {
  readonly favor?: 'ours' | 'theirs' | undefined;
  readonly style?: 'merge' | 'diff3' | undefined;
  /** merge.directoryRenames: whether files go along with a folder that the other side renamed (`true`, `false`), or are in conflict. */
  readonly folders?: string | undefined;
  /** How deep this merge is one of merge bases; 0 is the merge that was asked for. */
  readonly depth?: number;
}

export interface Merged {
  /** What the working tree will hold: for a conflict the text with markers. */
  readonly files: TreeFiles;
  readonly conflicts: ReadonlyMap<string, Stages>;
  /** Folders and files that could go to several places, and stayed. */
  readonly unclear: readonly string[];
  /** Whether nothing is in conflict and nothing unclear. */
  readonly clean: boolean;
  /** What is said, a line each, by path. */
  readonly messages: string;
}

/** The three versions of one file, each perhaps under its own name. */
interface Trio {
  readonly base?: TreeFile | undefined;
  readonly ours?: TreeFile | undefined;
  readonly theirs?: TreeFile | undefined;
  readonly names?: readonly [base: string, ours: string, theirs: string];
}

export async function mergeTrees(
  place: Place,
  base: TreeFiles,
  ours: TreeFiles,
  theirs: TreeFiles,
  words: MergeWords,
  choice: MergeChoice = {},
): Promise<Merged> {
  const files = new Map<string, TreeFile>();
  const conflicts = new Map<string, Stages>();
  const said: { readonly path: string; readonly text: string }[] = [];
  const say = (path: string, text: string): void => void said.push({ path, text });
  const read = (file: TreeFile): Promise<Uint8Array> => readText(place, file);
  const side = async (word: string, tree: TreeFiles): Promise<Side> => ({
    word,
    files: new Map(tree),
    renames: new Map(await renamed(base, tree, read)),
    moved: new Map(),
  });
  const sides = [await side(words.ours, ours), await side(words.theirs, theirs)] as const;
  const { folders = 'conflict', depth = 0 } = choice;
  const settled = folders === 'true';
  const unclear = depth > 0 || folders === 'false' ? [] : followFolders(base, sides, say, settled);
  const trios = await pairUp(place, base, sides, { say, words, files, conflicts });

  for (const [path, { base: b, ours: o, theirs: t, names }] of trios) {
    const put = (file: TreeFile | undefined): void => void (file !== undefined && files.set(path, file));
    if (sameFile(o, t) || sameFile(b, t)) put(o);
    else if (sameFile(b, o)) put(t);
    else if (o === undefined || t === undefined) {
      const [gone, stays] = o === undefined ? [words.ours, words.theirs] : [words.theirs, words.ours];
      if ((choice.depth ?? 0) > 0) put(b);
      else {
        put(o ?? t);
        conflicts.set(path, stagesOf(b, o, t));
        say(
          path,
          `CONFLICT (modify/delete): ${path} deleted in ${gone} and modified in ${stays}.  Version ${stays} of ${path} left in tree.`,
        );
      }
    } else {
      const { file, clean, merged, binary } = await mergeFile(place, b, o, t, words, choice, names);
      if (binary) say(path, `warning: Cannot merge binary files: ${path} (${words.ours} vs. ${words.theirs})`);
      if (merged) say(path, `Auto-merging ${path}`);
      put(file);
      if (!clean) {
        say(path, `CONFLICT (${b === undefined ? 'add/add' : 'content'}): Merge conflict in ${path}`);
        conflicts.set(path, stagesOf(b, o, t));
      }
    }
    if (!settled && sides.some(({ moved }) => moved.has(path))) conflicts.set(path, stagesOf(b, o, t));
  }
  const paths = [...new Set(said.map(({ path }) => path))].sort((a, b) => (a < b ? -1 : 1));
  const lines = paths.flatMap((path) => said.filter((one) => one.path === path).map(({ text }) => `${text}\n`));
  return {
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    conflicts,
    unclear,
    clean: conflicts.size + unclear.length === 0,
    messages: lines.join(''),
  };
}

function stagesOf(base: TreeFile | undefined, ours: TreeFile | undefined, theirs: TreeFile | undefined): Stages {
  return { ...(base && { 1: base }), ...(ours && { 2: ours }), ...(theirs && { 3: theirs }) };
}

interface Notes {
  readonly say: (path: string, text: string) => void;
  readonly words: MergeWords;
  readonly files: Map<string, TreeFile>;
  readonly conflicts: Map<string, Stages>;
}

/** Path → the versions that meet there; a file that one side renamed meets the other side's changes under its new name. */
async function pairUp(
  place: Place,
  base: TreeFiles,
  [{ files: ours, renames: mine, moved: movedHere }, { files: theirs, renames: other, moved: movedThere }]: readonly [
    Side,
    Side,
  ],
  { say, words, files, conflicts }: Notes,
): Promise<ReadonlyMap<string, Trio>> {
  const trios = new Map<string, Trio>();
  for (const path of [...new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])].sort((a, b) => (a < b ? -1 : 1)))
    trios.set(path, {
      base: base.get(path),
      ours: ours.get(path),
      theirs: theirs.get(path),
      names: [path, movedHere.get(path) ?? path, movedThere.get(path) ?? path],
    });
  const newName = (side: typeof mine, from: string): string | undefined =>
    [...side].find(([, old]) => old.from === from)?.[0];
  for (const from of new Set([...mine.values(), ...other.values()].map((one) => one.from))) {
    const [o, t] = [newName(mine, from), newName(other, from)];
    const b = base.get(from);
    if (o !== undefined && t !== undefined && o !== t) {
      const merged = await mergeFile(place, b, ours.get(o), theirs.get(t), words, {}, [from, o, t]);
      say(from, `CONFLICT (rename/rename): ${from} renamed to ${o} in ${words.ours} and to ${t} in ${words.theirs}.`);
      conflicts.set(from, stagesOf(b, undefined, undefined));
      conflicts.set(o, stagesOf(undefined, ours.get(o), undefined));
      conflicts.set(t, stagesOf(undefined, undefined, theirs.get(t)));
      if (merged.file !== undefined) {
        files.set(o, merged.file);
        files.set(t, merged.file);
      }
      for (const path of [from, o, t]) trios.delete(path);
      continue;
    }
    const to = o ?? t;
    if (to === undefined) continue;
    const kept = o === undefined ? ours.get(from) : ours.get(to);
    const changed = t === undefined ? theirs.get(from) : theirs.get(to);
    if (kept === undefined || changed === undefined) {
      // Where both sides took the old name away, or the new one is taken as well, the paths are looked at one by one.
      const stays = kept ?? changed;
      if (stays === undefined || (o === undefined ? ours : theirs).has(to)) continue;
      const [by, without] = o === undefined ? [words.theirs, words.ours] : [words.ours, words.theirs];
      say(to, `CONFLICT (rename/delete): ${from} renamed to ${to} in ${by}, but deleted in ${without}.`);
      conflicts.set(to, stagesOf(b, o === undefined ? undefined : stays, o === undefined ? stays : undefined));
      files.set(to, stays);
      trios.delete(from);
      trios.delete(to);
      continue;
    }
    if ((o === undefined ? ours : theirs).has(to) && o !== t) continue;
    trios.delete(from);
    trios.set(to, {
      base: b,
      ours: kept,
      theirs: changed,
      names: [from, movedHere.get(to) ?? o ?? from, movedThere.get(to) ?? t ?? from],
    });
  }
  return trios;
}

async function mergeFile(
  place: Place,
  base: TreeFile | undefined,
  ours: TreeFile | undefined,
  theirs: TreeFile | undefined,
  words: MergeWords,
  { favor, style, depth = 0 }: MergeChoice,
  names?: readonly [string, string, string],
) {
  const done = (file: TreeFile | undefined, clean = true, merged = false, binary = false) => ({
    file,
    clean,
    merged,
    binary,
  });
  if (ours === undefined || theirs === undefined) return done(ours ?? theirs, false);
  const mode = ours.mode === base?.mode || ours.mode === theirs.mode ? theirs.mode : ours.mode;
  if (ours.oid === theirs.oid || theirs.oid === base?.oid) return done({ oid: ours.oid, mode });
  if (ours.oid === base?.oid) return done({ oid: theirs.oid, mode });
  const bytes = await Promise.all([base, ours, theirs].map((file) => readText(place, file)));
  if (bytes.some((one) => one.subarray(0, 8000).includes(0))) {
    if (favor !== undefined) return done({ oid: (favor === 'ours' ? ours : theirs).oid, mode });
    return done({ oid: ours.oid, mode }, false, true, true);
  }
  const [b = '', o = '', t = ''] = bytes.map((one) => new TextDecoder().decode(one));
  const differ = names !== undefined && (names[0] !== names[1] || names[1] !== names[2]);
  const named = (label: string, at: 0 | 1 | 2): string =>
    differ && names !== undefined ? `${label}:${names[at]}` : label;
  const labels = { base: named(words.base, 0), ours: named(words.ours, 1), theirs: named(words.theirs, 2) };
  const { text, conflicts } = mergeText({
    base: b,
    ours: o,
    theirs: t,
    labels,
    favor,
    style,
    markerSize: 7 + 2 * depth,
  });
  return done({ oid: await writeText(place, text), mode }, conflicts === 0, true);
}

/** The tree from which two commits come; where there are several such commits, a merge of them. */
export async function commonTree(
  place: Place,
  ours: string,
  theirs: string,
  depth = 0,
): Promise<{ readonly files: TreeFiles; readonly label: string; readonly related: boolean }> {
  const bases = [...(await mergeBases(place, ours, theirs))].reverse();
  const [first, ...others] = bases;
  if (first === undefined) return { files: new Map(), label: 'empty tree', related: false };
  if (others.length === 0) return { files: await readTree(place, first), label: short(place, first), related: true };
  let virtual = first;
  for (const next of others) {
    const base = await commonTree(place, virtual, next, depth + 1);
    const words = { ours: 'Temporary merge branch 1', theirs: 'Temporary merge branch 2', base: base.label };
    const merged = await mergeTrees(
      place,
      base.files,
      await readTree(place, virtual),
      await readTree(place, next),
      words,
      { depth: depth + 1 },
    );
    const nobody = { name: 'merge', email: '', timestamp: 0, timezoneOffset: 0 };
    virtual = await writeCommit(place, {
      files: merged.files,
      parents: [virtual, next],
      author: nobody,
      committer: nobody,
      message: 'merged tree\n',
    });
  }
  return { files: await readTree(place, virtual), label: 'merged common ancestors', related: true };
}
