// Hints, and the solution as a difference from the learner's files.
import { type Bench, currentStep, reasonOf } from './bench.ts';
import { contentOf, inHome } from './files.ts';
import type { Snapshot, Solution } from './parts.ts';
import type { FileDiff } from './store.ts';

/** The next hint of the current step: three of words, then the solution. */
export async function hint(bench: Bench): Promise<void> {
  const { store } = bench;
  const step = currentStep(bench);
  if (step === undefined) return;
  const shown = store.get().hints[step.id] ?? 0;
  store.set({ below: 'help', ...(store.get().narrow ? { shown: 'steps' as const } : {}) });
  if (shown >= 3) return showSolution(bench);
  store.set({ hints: { ...store.get().hints, [step.id]: shown + 1 } });
  await bench.progress?.record({ type: 'HintShown', day: bench.exercise.id, step: step.id, hint: shown + 1 });
}

export async function showSolution(bench: Bench): Promise<void> {
  const { store, texts, desk, exercise } = bench;
  store.set({
    below: 'help',
    solution: { kind: 'loading' },
    ...(store.get().narrow ? { shown: 'steps' as const } : {}),
  });
  try {
    const [solution] = await Promise.all([bench.data.solution(), texts.settle()]);
    const files = await differences(desk.snapshot().files, solution);
    store.set({ solution: { kind: 'shown', files, commands: solution.commands.trim() } });
    const step = currentStep(bench);
    if (step) await bench.progress?.record({ type: 'HintShown', day: exercise.id, step: step.id, hint: 4 });
  } catch (error) {
    store.set({ solution: { kind: 'broken', why: reasonOf(error) } });
  }
}

/** Only files that differ, sorted by path. `diff` is loaded when it is first needed. */
export async function differences(
  tree: Snapshot['files'],
  solution: Pick<Solution, 'files'>,
): Promise<readonly FileDiff[]> {
  const { structuredPatch } = await import('diff');
  return Object.entries(solution.files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, bytes]): FileDiff[] => {
      const at = inHome(path);
      const mine = contentOf(tree, at);
      const theirs = contentOf({ [at]: { type: 'file', mode: 0, mtimeMs: 0, bytes } }, at);
      if (theirs.kind !== 'text' || mine.kind === 'binary' || mine.kind === 'large')
        return [{ path, hunks: undefined }];
      const before = mine.kind === 'text' ? mine.text : '';
      if (mine.kind === 'text' && before === theirs.text) return [];
      const { hunks } = structuredPatch(path, path, before, theirs.text, '', '', { context: 3 });
      return [
        {
          path,
          hunks: hunks.map(({ oldStart, newStart, oldLines, newLines, lines }) => ({
            header: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
            lines,
          })),
        },
      ];
    });
}
