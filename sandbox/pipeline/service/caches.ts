// What `actions/cache` keeps between runs: an index and a folder for each entry, on the forge's disk.
import { folderOf, readDocument, writeDocument } from '../../forge/index.ts';
import { type Machine, parentOf } from '../../machine/index.ts';
import { filesBelow } from '../hash-files.ts';
import type { Caches } from '../session.ts';

interface Entry {
  readonly number: number;
  readonly key: string;
  readonly ref: string;
  readonly run: number;
  readonly savedAt: number;
}

const folder = (repository: string): string => `${folderOf(repository)}/caches`;
const read = (machine: Machine, repository: string): readonly Entry[] =>
  readDocument(machine, `${folder(repository)}/index.json`) ?? [];

/** What a run of a branch may restore: its own branch's entries and those of `others` ("Restrictions for accessing a cache"). */
export function openCaches(
  machine: Machine,
  repository: string,
  { run, at, refs }: { readonly run: number; readonly at: number; readonly refs: readonly string[] },
): Caches {
  const { files } = machine;
  const seen = read(machine, repository).filter(
    (one) => one.run !== run && one.savedAt <= at && refs.includes(one.ref),
  );
  return new Map(
    seen.map(({ key, number }) => {
      const root = `${folder(repository)}/${number}`;
      return [
        key,
        Object.fromEntries(filesBelow(files, root).map((path) => [path.slice(root.length), files.readFile(path)])),
      ];
    }),
  );
}

/** Keeps what a run has added to `caches`, in place of what an earlier computation of the same run added. */
export function keepCaches(
  machine: Machine,
  repository: string,
  caches: Caches,
  { run, savedAt, ref, before }: Omit<Entry, 'key' | 'number'> & { readonly before: ReadonlySet<string> },
): void {
  const { files } = machine;
  const entries = read(machine, repository);
  const others = entries.filter((one) => one.run !== run);
  for (const { number } of entries.filter((one) => one.run === run))
    files.remove(`${folder(repository)}/${number}`, { recursive: true });
  let next = Math.max(0, ...entries.map(({ number }) => number));
  const added = [...caches].filter(([key]) => !before.has(key));
  if (added.length === 0 && others.length === entries.length) return;
  const kept = added.map(([key, content]): Entry => {
    next += 1;
    for (const [path, bytes] of Object.entries(content)) {
      const target = `${folder(repository)}/${next}${path}`;
      files.mkdir(parentOf(target), { recursive: true });
      files.writeFile(target, bytes);
    }
    return { number: next, key, ref, run, savedAt };
  });
  writeDocument(machine, `${folder(repository)}/index.json`, [...others, ...kept]);
}
