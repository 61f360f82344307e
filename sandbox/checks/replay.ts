// A day of the company lived through with the learner's files, for a check.
import { FileError, resolvePath } from '../machine/files/index.ts';
import { type RunFile, type RunTexts, runDayForFigures, runFiles } from '../monitoring/index.ts';
import type { ReplayRequest, WatchedDay } from './contract.ts';
import type { DeskParts } from './parts.ts';
import { CheckStop, failed } from './verdict.ts';

/** @throws `CheckStop` with a verdict that names the file that is missing or cannot be understood */
export function replayOn(
  { machine, luck }: DeskParts,
  { day, seed = '1', until, ...paths }: ReplayRequest,
): WatchedDay {
  const texts: Partial<Record<RunFile, string>> = {};
  for (const file of runFiles) {
    const path = paths[file];
    if (path !== undefined) texts[file] = read(path);
  }
  const run = { day, seed: luck?.seed ?? seed, ...(texts satisfies RunTexts) };
  const answer = runDayForFigures(run, until);
  if (answer.ok) {
    luck?.onRun(run);
    return answer.day;
  }
  const [problem] = answer.problems;
  if (problem === undefined) throw new Error('a run was refused without a reason');
  const { file, line, message } = problem;
  const place = file === 'artifact' ? file : (paths[file] ?? file);
  throw new CheckStop(
    failed({
      expected: { es: `un \`${place}\` que se pueda aplicar`, en: `a \`${place}\` that can be applied` },
      found: message,
      where: line === undefined ? { file: place } : { file: place, line },
      next: {
        es: `Corrige eso y repite \`prodsim run ${day}\`.`,
        en: `Correct that and run \`prodsim run ${day}\` again.`,
      },
    }),
  );

  function read(path: string): string {
    try {
      return machine.files.readText(resolvePath(machine.home, path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new CheckStop(
        failed({
          expected: { es: `un archivo \`${path}\``, en: `a file \`${path}\`` },
          found: { es: `no se puede leer (${error.code})`, en: `it cannot be read (${error.code})` },
          where: { file: path },
          next: {
            es: 'Créalo con ese nombre, o recupera el del día con «Restablecer archivo».',
            en: 'Make it with that name, or bring back the day’s own with “Reset file”.',
          },
        }),
      );
    }
  }
}
