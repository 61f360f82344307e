import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { answerOf, type Day, findDay, readActions, variantsOf } from '../../build/day.ts';
import { readDay } from '../day-state.ts';
import { readKeptFolder } from '../kept-folder.ts';
import { openSandbox, type Sandbox } from '../sandbox.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

/** The one day that the request names. @throws UsageError when it names none, several, or one that is not written. */
export async function dayOf({ days, language }: Request): Promise<Day> {
  const [id, ...more] = days;
  if (id === undefined || more.length > 0) throw new UsageError(words.oneDay[language]);
  const folder = findDay(id);
  if (folder === undefined) throw new UsageError(`${words.unknownDay[language]}: ${id}. ${words.tryList[language]}`);
  return readDay(folder);
}

/**
 * The sandbox that the request names, with the files of its folder, and what its `.noventa/actions.sh` does done. A folder of the day's
 * `wrong/` holds the mistake alone: it lies over the solution.
 */
export async function openFor(request: Request): Promise<{ readonly sandbox: Sandbox; readonly day: Day | undefined }> {
  const { language, days } = request;
  const day = days[0] === 'none' && days.length === 1 ? undefined : await dayOf(request);
  const folder = request.files ?? (day === undefined ? '.' : undefined);
  if (folder === undefined) return { sandbox: await openSandbox({ language, ...(day && { day }) }), day };
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${words.noFolder[language]}: ${folder}`);
  const mistake =
    day && variantsOf(day.folder).find((one) => one.kind === 'wrong' && resolve(one.folder) === resolve(folder));
  const { actions, ...kept } = mistake
    ? answerOf(mistake)
    : { ...readKeptFolder(folder, day?.exercise.id ?? 'none'), actions: readActions(folder) };
  const sandbox = await openSandbox({ language, ...kept, ...(day && { day }) });
  if (actions !== '') await sandbox.run(actions);
  return { sandbox, day };
}
