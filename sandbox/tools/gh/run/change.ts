// What `gh run` does to a run: once more, or no further.
import { readRun } from '../../../pipeline/index.ts';
import { GhStop, type Given } from '../given.ts';
import type { Place } from '../place.ts';
import { find } from './find.ts';

export async function rerun(place: Place, given: Given): Promise<number> {
  if (given.has('job')) throw new GhStop("gh run rerun: '--job' is not part of this sandbox");
  const run = find(place, given.words[0]);
  const { io, ci, repository } = place;
  const failedOnly = given.has('failed');
  const answer = await ci.rerun(io.machine, repository, run.number, { failedOnly, by: io.machine.user });
  if (!answer.ok) throw new GhStop(`run ${run.number} cannot be rerun; ${answer.why}`);
  if (io.isTerminal) io.stdout(`✓ Requested rerun${failedOnly ? ' (failed jobs)' : ''} of run ${run.number}\n`);
  return 0;
}

export async function cancel(place: Place, given: Given): Promise<number> {
  const { words } = given;
  const [id] = words;
  if (id === undefined) throw new GhStop('run ID required when not running interactively');
  const { io, ci, repository } = place;
  if (!/^\d+$/.test(id) || readRun(io.machine, repository, Number(id)) === undefined)
    throw new GhStop(`Could not find any workflow run with ID ${id}`);
  const answer = await ci.cancel(io.machine, repository, Number(id), io.machine.user);
  if (!answer.ok) throw new GhStop(answer.why);
  io.stdout(`✓ Request to cancel workflow ${id} submitted.\n`);
  return 0;
}
