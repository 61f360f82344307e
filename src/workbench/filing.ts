// New, rename, delete.
import { type Bench, openFile, tell } from './bench.ts';
import { filesBelow, folderOf, home, type NameProblem, nameOf, nameProblem } from './files.ts';
import type { FileAnswer } from './parts.ts';
import type { Naming } from './store.ts';
import type { WordKey } from './words.ts';

const problemWords: Readonly<Record<NameProblem, WordKey>> = {
  empty: 'nameEmpty',
  slash: 'nameSlash',
  dots: 'nameDots',
  taken: 'nameTaken',
  control: 'nameControl',
};

/** Begins to name something new, in the folder that is selected or that of the selected file. */
export function beginNew({ store }: Bench, what: 'file' | 'folder'): void {
  const { selected, files, closedFolders } = store.get();
  const isFolder = selected !== undefined && files[selected]?.type === 'directory';
  const path = selected === undefined ? home : isFolder ? selected : folderOf(selected);
  store.set({
    naming: { what, path },
    closedFolders: new Set([...closedFolders].filter((folder) => folder !== path)),
  });
}

export function beginRename({ store }: Bench, path: string): void {
  store.set({ naming: { what: 'rename', path } });
}

export function cancelNaming({ store }: Bench): void {
  store.set({ naming: undefined });
}

/** @returns whether the name was taken; when it was not, the reason stands beside it. */
export async function finishNaming(bench: Bench, naming: Naming, name: string): Promise<boolean> {
  const { store, say } = bench;
  const folder = naming.what === 'rename' ? folderOf(naming.path) : naming.path;
  if (naming.what === 'rename' && name === nameOf(naming.path)) {
    cancelNaming(bench);
    return true;
  }
  const problem = nameProblem(store.get().files, folder, name);
  if (problem !== undefined) {
    store.set({ naming: { ...naming, problem: say(problemWords[problem]) } });
    return false;
  }
  const path = `${folder}/${name}`;
  const answer = await make(bench, naming, path);
  if (!answer.ok) {
    store.set({ naming: { ...naming, problem: say('fileRefused', { why: answer.message }) } });
    return false;
  }
  store.set({ naming: undefined, files: bench.desk.snapshot().files, selected: path });
  if (naming.what === 'file') openFile(bench, path);
  if (naming.what === 'rename') await followRename(bench, naming.path, path);
  return true;
}

async function make({ desk, texts }: Bench, { what, path: from }: Naming, path: string): Promise<FileAnswer> {
  if (what === 'folder') return desk.call('makeFolder', { path });
  if (what === 'file') return desk.call('writeFile', { path, bytes: new Uint8Array() });
  await texts.settle();
  return desk.call('rename', { from, to: path });
}

/** Open files stay open under their new names. */
async function followRename(bench: Bench, from: string, to: string): Promise<void> {
  const { store, texts } = bench;
  const renamed = (path: string): string =>
    path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
  const { open, active } = store.get();
  for (const path of open) if (renamed(path) !== path) texts.forget(path);
  const { files } = store.get();
  const next = [...new Set(open.map(renamed))].filter((path) => files[path] !== undefined);
  const shown = active === undefined ? undefined : renamed(active);
  store.set({ open: next, active: shown });
  if (shown !== undefined) texts.show(shown);
}

/** Deletes at once; what was there can be brought back. */
export async function remove(bench: Bench, path: string): Promise<void> {
  const { store, desk, texts, say } = bench;
  await texts.settle();
  const kept = filesBelow(desk.snapshot().files, path);
  const answer = await desk.call('remove', { path });
  if (!answer.ok) return tell(bench, say('fileRefused', { why: answer.message }), 'bad');
  store.set({
    selected: undefined,
    notice: {
      text: say('didRemove', { name: nameOf(path) }),
      tone: 'calm',
      undo: { label: say('undo'), action: () => void putBack(bench, path, kept) },
    },
  });
}

async function putBack(bench: Bench, path: string, kept: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const files = Object.entries(kept);
  if (files.length === 0) await bench.desk.call('makeFolder', { path });
  for (const [at, bytes] of files) await bench.desk.call('writeFile', { path: at, bytes });
  tell(bench, bench.say('didUndo'));
}
