import { availableParallelism } from 'node:os';
import { dayFolders, readDay } from '../../build/day.ts';
import { type Row, verifyDay } from '../verify.ts';
import { dayOf } from './open.ts';
import type { Request } from './request.ts';
import { words } from './words.ts';

/** `noventa verify`: the matrix of all days or of those named, on all cores. 0 only when every variant does what it should. */
export async function verify(request: Request): Promise<number> {
  const { days: ids, json, language } = request;
  const days = await Promise.all(
    ids.length === 0 ? dayFolders().map(readDay) : ids.map((id) => dayOf({ ...request, days: [id] })),
  );
  const jobs = days.flatMap(verifyDay);
  const rows = await inParallel(jobs, (done) => showProgress(done, jobs.length));
  if (json) console.log(JSON.stringify(rows, null, 2));
  else console.log(table(rows, language));
  return rows.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

/** Runs jobs on as many threads as there are cores; results stand in the order of the jobs. */
async function inParallel<T>(
  jobs: readonly (() => Promise<T>)[],
  onDone: (done: number) => void,
): Promise<readonly T[]> {
  const results: T[] = [];
  const waiting = jobs.entries();
  let done = 0;
  async function lane(): Promise<void> {
    for (const [index, job] of waiting) {
      results[index] = await job();
      onDone(++done);
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}

function showProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  const width = 30;
  const full = Math.round((done / all) * width);
  process.stderr.write(`\r${'█'.repeat(full)}${'·'.repeat(width - full)} ${done}/${all}${done === all ? '\n' : ''}`);
}

function table(rows: readonly Row[], language: Request['language']): string {
  const head = [words.day[language], words.variant[language], words.failing[language], ''];
  const lines = rows.map(({ day, variant, failing, problems }) => [
    day,
    variant,
    failing.join(' ') || '-',
    problems.length === 0 ? words.asItShould[language] : `✗ ${words.toMend[language]}`,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  const shown = [head, ...lines].map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const problems = rows.flatMap((row) => row.problems.map((problem) => `${row.day} ${row.variant}: ${problem}`));
  return [...shown, ...(problems.length === 0 ? [] : ['', ...problems])].join('\n');
}
