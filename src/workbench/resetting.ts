// Reset of a file, a step, the day; each can be undone and done again.
import { type Bench, chooseStep, filesChanged, openFile, reasonOf, tell } from './bench.ts';
import { nameOf } from './files.ts';
import type { Snapshot } from './parts.ts';
import { broughtBy } from './work.ts';

/** The bytes that a file had at the start of the day; undefined when it did not come with it. */
export function firstBytes({ data }: Pick<Bench, 'data'>, path: string): Uint8Array | undefined {
  const before = broughtBy(data.pack)[path];
  return before?.type === 'file' ? before.bytes : undefined;
}

export async function resetFile(bench: Bench, path: string): Promise<void> {
  const bytes = firstBytes(bench, path);
  if (bytes === undefined) return;
  const { say, desk } = bench;
  await bench.texts.settle();
  const entry = desk.snapshot().files[path];
  await desk.call('writeFile', { path, bytes });
  openFile(bench, path);
  note(bench, 'file');
  const before = entry?.type === 'file' ? entry.bytes : undefined;
  bench.store.set({
    notice: {
      text: say('didResetFile', { file: nameOf(path) }),
      tone: 'calm',
      undo: { label: say('undo'), action: () => void undoFile(bench, path, before) },
    },
  });
}

async function undoFile(bench: Bench, path: string, before: Uint8Array | undefined): Promise<void> {
  if (before === undefined) await bench.desk.call('remove', { path });
  else await bench.desk.call('writeFile', { path, bytes: before });
  tell(bench, bench.say('didUndo'));
}

export async function resetStep(bench: Bench): Promise<void> {
  const step = bench.exercise.steps[bench.store.get().step];
  const start = step === undefined ? undefined : bench.starts.get(step.id);
  if (start === undefined) return;
  if (await goBackTo(bench, start, bench.say('didResetStep'))) note(bench, 'step');
}

export async function resetDay(bench: Bench): Promise<void> {
  if (!(await goBackTo(bench, undefined, bench.say('didResetDay')))) return;
  note(bench, 'day');
  bench.starts.clear();
  chooseStep(bench, 0);
}

/** The whole desk as it was then, from the beginning of the day when `to` is not given. What it is now can be brought back. */
async function goBackTo(bench: Bench, to: Snapshot | undefined, said: string, isUndo = false): Promise<boolean> {
  const { store, desk, texts, terminal, say } = bench;
  await texts.settle();
  const before = desk.snapshot();
  try {
    await desk.reopen(to);
  } catch (error) {
    tell(bench, say('broken', { why: reasonOf(error) }), 'bad');
    return false;
  }
  filesChanged(bench);
  await terminal.reopen();
  const undo = {
    label: say(isUndo ? 'redo' : 'undo'),
    action: () => void goBackTo(bench, before, say('didUndo'), !isUndo),
  };
  store.set({
    busy: false,
    busyTerminals: [],
    results: {},
    judged: [],
    outcome: 'none',
    notice: { text: said, tone: 'calm', undo },
  });
  keep(bench);
  return true;
}

/** Tells the progress that the desk changed. */
export function keep({ progress, exercise, desk, texts, store }: Bench): void {
  store.set({ changed: true });
  progress?.keepDraft(exercise.id, () => texts.overlay(desk.snapshot()));
}

function note({ progress, exercise }: Bench, what: 'file' | 'step' | 'day'): void {
  void progress?.record({ type: 'WorkReset', day: exercise.id, what });
}
