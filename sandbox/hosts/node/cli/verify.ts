import { basename } from 'node:path';
import { dayFolders, findDay } from '../../build/day.ts';
import { readDay, readIncident } from '../day-state.ts';
import { type Row, verifyDays } from '../verify.ts';
import { showProgress } from './progress.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

/** `noventa verify 1..10`: the matrix of all days or of those named, on all cores. 0 only when every variant does what it should. */
export async function verify(request: Request): Promise<number> {
  const { days: ids, json, language, seeds } = request;
  const wanted = ids.length === 0 ? dayFolders().map((folder) => basename(folder)) : ids.flatMap(expand);
  const found = wanted.map((id) => ({ id, folder: findDay(id) }));
  const unwritten = found.filter(({ folder }) => folder === undefined).map(({ id }) => id);
  const [unknown] = unwritten.filter((id) => !/^d\d\d$/.test(id));
  if (unknown !== undefined)
    throw new UsageError(`${words.unknownDay[language]}: ${unknown}. ${words.tryList[language]}`);
  const folders = found.flatMap(({ folder }) => (folder === undefined ? [] : [folder]));
  const read = await Promise.all(folders.map((folder) => Promise.all([readDay(folder), readIncident(folder)])));
  const days = read.flat().filter((day) => day !== undefined);
  const rows = [
    ...(await verifyDays(days, { seeds, onDone: showProgress })),
    ...unwritten.map((day) => ({ ...noRow, day, problems: [words.unwritten[language]] })),
  ];
  if (json) console.log(JSON.stringify(rows, null, 2));
  else console.log(table(rows, language));
  return rows.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

const noRow: Row = { day: '', variant: '-', seeds: 0, failing: [], stars: [], problems: [] };

/** `2..4` as d02, d03, d04, written or not; anything else as it is. */
function expand(id: string): readonly string[] {
  const [, from, to] = /^d?(\d{1,2})\.\.d?(\d{1,2})$/.exec(id) ?? [];
  if (from === undefined || to === undefined) return [id];
  const count = Math.max(0, Number(to) - Number(from) + 1);
  return Array.from({ length: count }, (_, index) => `d${String(Number(from) + index).padStart(2, '0')}`);
}

function table(rows: readonly Row[], language: Request['language']): string {
  const head = [words.day[language], words.variant[language], words.seeds[language], words.failing[language], '★', ''];
  const lines = rows.map(({ day, variant, seeds, failing, stars, problems }) => [
    day,
    variant,
    String(seeds),
    failing.join(' ') || '-',
    stars.join(' ') || '-',
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
