// `gh run watch`.
import { goOn } from '../../../machine/index.ts';
import type { Given } from '../given.ts';
import type { Place } from '../place.ts';
import { failed, find, mark } from './find.ts';
import { described } from './view.ts';

/** The longest that a person is kept waiting: simulated ms. */
const PATIENCE = 7 * 24 * 3_600_000;

/** Lets the clock run until the run has ended, or waits for a person. */
export async function watch(place: Place, given: Given): Promise<number> {
  let run = find(place, given.words[0]);
  const { io } = place;
  if (run.status === 'completed') {
    io.stdout(`Run ${run.workflow} (${run.number}) has already completed with '${run.conclusion}'\n`);
    return given.has('exit-status') && failed(run) ? 1 : 0;
  }
  const step = Math.max(1, Number(given.value('interval') ?? 3)) * 1000;
  const until = place.now() + PATIENCE;
  while (run.status !== 'completed' && run.status !== 'waiting' && place.now() < until && !io.signal.aborted) {
    await goOn(io.machine, step);
    await place.ci.settle(io.machine);
    run = find(place, String(run.number));
  }
  io.stdout(described(place, run, false));
  if (run.status === 'waiting') return 0;
  io.stdout(`\n${mark(run)} Run ${run.workflow} (${run.number}) completed with '${run.conclusion}'\n`);
  return given.has('exit-status') && failed(run) ? 1 : 0;
}
