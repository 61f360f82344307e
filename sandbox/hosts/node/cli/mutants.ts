import { findDay } from '../../build/day.ts';
import { readDay } from '../day-state.ts';
import { type JudgedMutant, judgeMutants } from '../mutants.ts';
import { showProgress } from './progress.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

/** `noventa mutants DAY [FILE…]`: the slips in a day's solution that its checks do not see. 0 also where there are some: an author judges them. */
export async function mutants({ days: [id, ...paths], json, language }: Request): Promise<number> {
  if (id === undefined) throw new UsageError(words.oneDay[language]);
  const folder = findDay(id);
  if (folder === undefined) throw new UsageError(`${words.unknownDay[language]}: ${id}. ${words.tryList[language]}`);
  const judged = await judgeMutants(await readDay(folder), paths, showProgress);
  if (judged.length === 0) throw new UsageError(`${words.noMutants[language]}: ${paths.join(' ')}`);
  if (json) console.log(JSON.stringify(judged, null, 2));
  else {
    const unseen = judged.filter(({ seenBy }) => seenBy === undefined);
    const faults = judged.filter(({ fault }) => fault !== undefined);
    for (const mutant of [...unseen, ...faults]) console.log(told(mutant));
    console.log(`${unseen.length}/${judged.length} ${words.unseen[language]}`);
  }
  return 0;
}

function told({ file, line, slip, starsLost, seenBy, fault }: JudgedMutant): string {
  const lost = starsLost.map((id) => `☆ ${id}`);
  return [`${file}:${line}`, slip, ...lost, ...(fault === undefined ? [] : [`✗ ${seenBy}: ${fault}`])].join('  ');
}
