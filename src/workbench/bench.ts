// What the actions of the workbench work on, and the small steps that all of them share.
import type { Desk } from './desk.ts';
import { contentOf, inHome } from './files.ts';
import type { DayData, ExerciseSummary, Language, Place, Progress, Snapshot, StepSummary } from './parts.ts';
import type { Pane, Store } from './store.ts';
import type { Terminals } from './terminals.ts';
import type { Texts } from './texts.ts';
import type { Say } from './words.ts';

/** What the desk was when a step was begun in this visit: step id → the desk then. */
export type StepStarts = Map<string, Snapshot>;

/** A place in a run of the forge. */
export type RunPlace = Extract<Place, { readonly repository: string }>;

export interface Bench {
  /** True of a bench at a moment that is over: there is nothing to be done. */
  readonly isPast?: boolean;
  readonly data: DayData;
  readonly exercise: ExerciseSummary;
  readonly language: Language;
  readonly say: Say;
  /** The workbench itself, on the page. */
  readonly place: HTMLElement;
  readonly store: Store;
  readonly desk: Desk;
  readonly texts: Texts;
  readonly terminal: Terminals;
  readonly starts: StepStarts;
  /** Undefined when this browser cannot even open it: then nothing is kept. */
  readonly progress: Progress | undefined;
  /** Puts the keyboard into a pane, and shows it where panes are shown one at a time. */
  readonly goTo: (pane: Pane) => void;
  /** Goes to a line of the file that the editor shows. */
  readonly goToLine: (line: number) => void;
  /** Shows a run of the forge, with the job and the step of it that are to be looked at. */
  readonly goToRun: (place: RunPlace) => void;
}

export function currentStep({ exercise, store }: Pick<Bench, 'exercise' | 'store'>): StepSummary | undefined {
  return exercise.steps[store.get().step];
}

/** Opens a file in the editor; what is no text gets a tab that says so. */
export function openFile({ store, texts }: Pick<Bench, 'store' | 'texts'>, path: string): void {
  const { open } = store.get();
  texts.show(path);
  store.set({
    active: path,
    selected: path,
    open: open.includes(path) ? open : [...open, path],
    ...(store.get().narrow ? { shown: 'editor' as const } : {}),
  });
}

/** The files that the current step is about, as absolute paths, in the reader's language; those that are there. */
export function filesOfStep({
  store,
  exercise,
  language,
}: Pick<Bench, 'store' | 'exercise' | 'language'>): readonly string[] {
  const { files } = store.get();
  return (exercise.steps[store.get().step]?.files ?? [])
    .map((file) => inHome(typeof file === 'string' ? file : file[language]))
    .filter((path) => files[path]?.type === 'file');
}

/** Files of the day that say in the other language what one of the reader's own says, as absolute paths. */
export function twinsOf({ exercise, language }: Pick<Bench, 'exercise' | 'language'>): ReadonlySet<string> {
  const files = exercise.steps.flatMap((step) => step.files ?? []);
  const paths = files.flatMap((file) => (typeof file === 'string' ? [] : [file[language === 'es' ? 'en' : 'es']]));
  return new Set(paths.map(inHome));
}

/** Opens the step's files beside what is open, the first of them shown. Where panes are shown one at a time, the steps stay. */
export function openStepFiles(bench: Pick<Bench, 'store' | 'exercise' | 'language' | 'texts'>): void {
  const { store, texts } = bench;
  const paths = filesOfStep(bench);
  const [first] = paths;
  if (first === undefined) return;
  const { open } = store.get();
  texts.show(first);
  store.set({ active: first, selected: first, open: [...open, ...paths.filter((path) => !open.includes(path))] });
}

export function closeFile({ store, texts }: Pick<Bench, 'store' | 'texts'>, path: string): void {
  const { open, active } = store.get();
  const left = open.filter((one) => one !== path);
  const next = active === path ? (left[open.indexOf(path)] ?? left.at(-1)) : active;
  texts.forget(path);
  store.set({ open: left, active: next });
  if (next !== undefined && next !== active) texts.show(next);
}

/** After the desk's files changed: tells the editor, and closes what is gone. */
export function filesChanged(bench: Pick<Bench, 'store' | 'texts' | 'desk'>): void {
  const { files } = bench.desk.snapshot();
  bench.store.set({ files });
  bench.texts.hear(files);
  for (const path of bench.store.get().open) if (contentOf(files, path).kind === 'missing') closeFile(bench, path);
  const { active } = bench.store.get();
  if (active !== undefined) bench.texts.show(active);
}

export function tell({ store }: Pick<Bench, 'store'>, text: string, tone: 'calm' | 'bad' = 'calm'): void {
  store.set({ notice: { text, tone } });
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Chooses a step. Its beginning, for a reset, is the desk as it is the first time that it is chosen. */
export function chooseStep(
  { store, starts, desk, exercise }: Pick<Bench, 'store' | 'starts' | 'desk' | 'exercise'>,
  index: number,
): void {
  const step = exercise.steps[index];
  if (step === undefined) return;
  if (!starts.has(step.id)) starts.set(step.id, desk.snapshot());
  store.set({ step: index, outcome: 'none', judged: [], unfolded: undefined, taskFolded: false });
}
