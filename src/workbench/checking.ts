// Check, Run, Stop.
import { journalText } from '../../sandbox/hosts/replay/journal.ts';
import type { StepWork } from '../progress/contract.ts';
import { type Bench, currentStep, reasonOf, tell } from './bench.ts';
import { commandFor } from './files.ts';
import { checksLeftForDay, firstToRead, stepPassed } from './goals.ts';
import type { CheckResult } from './parts.ts';
import { workOf } from './work.ts';

/** Judges the current step; when that was the last one open, the whole day. */
export async function check(bench: Bench): Promise<void> {
  const { store, exercise } = bench;
  const step = currentStep(bench);
  if (step === undefined || store.get().checking.length > 0) return;
  await bench.texts.settle();
  const ids = step.checks.map(({ id }) => id);
  try {
    const stars = step.stars?.map(({ id }) => id) ?? [];
    const all = await judge(bench, [...ids, ...stars], ids);
    const results = all.filter(({ id }) => ids.includes(id));
    if (!stepPassed(step, store.get().results)) {
      store.set({ unfolded: firstToRead(results), outcome: 'none' });
      return;
    }
    const passed = all.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id);
    await earn(
      bench,
      passed.filter((id) => stars.includes(id)),
    );
    await keepWork(bench, step.id, passed);
    await passStep(bench, step.id);
    document.dispatchEvent(new Event('noventa:step-done'));
    const others = checksLeftForDay(exercise, store.get().step, store.get().progress.steps);
    const rest = others.length > 0 ? await judge(bench, others, [...ids, ...others]) : [];
    const lastPassed = exercise.steps.length === 1 || others.length > 0;
    if (!lastPassed) store.set({ outcome: 'stepPassed', unfolded: undefined });
    else if (rest.every(({ outcome }) => outcome === 'passed')) {
      await bench.progress?.record({ type: 'DayPassed', day: exercise.id });
      await keepRun(bench);
      store.set({ outcome: exercise.id.includes('-i') ? 'incidentPassed' : 'dayPassed', unfolded: undefined });
    } else store.set({ outcome: 'earlierBroken', unfolded: firstToRead(rest) });
  } catch (error) {
    tell(bench, bench.say('checkBroke', { why: reasonOf(error) }), 'bad');
  } finally {
    store.set({ checking: [] });
  }
}

async function earn({ progress, exercise, store }: Bench, stars: readonly string[]): Promise<void> {
  const known = store.get().progress;
  for (const star of stars.filter((one) => !known.stars.includes(one))) {
    if (progress) await progress.record({ type: 'StarEarned', day: exercise.id, star });
    else store.set({ progress: { ...known, stars: [...known.stars, ...stars] } });
  }
}

/** What a commit of the day can be made of, as it is now. */
async function keepWork(
  { progress, exercise, data, desk }: Bench,
  step: string,
  passed: readonly string[],
): Promise<void> {
  const { files, kernel } = desk.snapshot();
  const work: StepWork = { now: kernel.now, ...workOf(data.pack, files), passed };
  await progress?.record({ type: 'WorkKept', day: exercise.id, step, work: JSON.stringify(work) });
}

/** A longer run is not kept, packed: characters. A day's are some thousands. */
const LONGEST_RUN = 400_000;

/** What led here, so that it can be lived through again: kept once as it is, and not where it is not known in full. */
async function keepRun({ progress, exercise, data, desk }: Bench): Promise<void> {
  const { journal } = desk.snapshot();
  if (journal === undefined || progress === undefined) return;
  const { packText } = await import('../progress/packed.ts');
  const run = packText(journalText(journal));
  const version = Object.values(data.version).join(' ');
  if (run.length > LONGEST_RUN || progress.day(exercise.id).run?.run === run) return;
  await progress.record({ type: 'RunKept', day: exercise.id, version, run });
}

/** Where no progress can be opened, what was reached is known until the page is closed. */
async function passStep({ progress, exercise, store }: Bench, step: string): Promise<void> {
  if (progress) return progress.record({ type: 'StepPassed', day: exercise.id, step });
  const known = store.get().progress;
  store.set({ progress: { ...known, steps: [...new Set([...known.steps, step])] } });
}

/** @param listed the checks whose results are on the list, in order. */
async function judge(bench: Bench, ids: readonly string[], listed: readonly string[]): Promise<readonly CheckResult[]> {
  const { store, desk, progress, exercise } = bench;
  store.set({
    checking: ids,
    judged: listed,
    below: 'results',
    ...(store.get().narrow ? { shown: 'steps' as const } : {}),
    outcome: 'none',
    notice: undefined,
  });
  return desk.check(ids, (result) => {
    const state = store.get();
    store.set({
      results: { ...state.results, [result.id]: result },
      checking: state.checking.filter((id) => id !== result.id),
    });
    const isStar = exercise.steps.some(({ stars }) => stars?.some(({ id }) => id === result.id));
    if (result.outcome === 'passed' && !isStar)
      void progress?.record({ type: 'CheckPassed', day: exercise.id, check: result.id });
  });
}

/** The command of the file in the editor; undefined when that is nothing that runs. */
export function runnable({ store }: Pick<Bench, 'store'>): string | undefined {
  const { active } = store.get();
  return active === undefined ? undefined : commandFor(active);
}

/** Types the command that runs the file in the editor, as a person would. */
export async function run(bench: Bench): Promise<void> {
  const command = runnable(bench);
  if (command === undefined) return;
  await bench.texts.settle();
  bench.store.set({ below: 'terminal' });
  bench.goTo('terminal');
  bench.terminal.enter(command);
}

/** Stops what runs in a terminal; in the shown one, or wherever something runs, when none is named. */
export async function stop(bench: Bench, id?: string): Promise<void> {
  const { busyTerminals, terminal } = bench.store.get();
  const how = await bench.desk.stopProgram(id ?? (busyTerminals.includes(terminal) ? terminal : undefined));
  tell(bench, bench.say(how));
}
