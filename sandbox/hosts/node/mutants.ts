// Which slips in a day's solution its checks do not see: each mutant is judged as an answer of the learner's would be.
import { availableParallelism } from 'node:os';
import type { CheckResult } from '../../checks/contract.ts';
import { type Day, readActions, readFolder, reserved, variantsOf } from '../build/day.ts';
import { type Mutant, mutantsOf } from './mutations.ts';
import { type Beginnings, openPlace, type Place } from './place.ts';

/** A mutant, and what the day's checks said of it. */
export interface JudgedMutant extends Omit<Mutant, 'text'> {
  readonly file: string;
  /** The check that sees it; undefined when every check passes. */
  readonly seenBy?: string;
  /** Of one that every check passes: the stars that it does not earn. */
  readonly starsLost: readonly string[];
  /** What broke where a mutant made a check of ours fail by itself. */
  readonly fault?: string;
}

/** Ms of real time for one mutant: a program that is left in the foreground waits for Ctrl+C for ever. */
const PATIENCE = 60_000;

const actionsFile = `${reserved}/actions.sh`;

/**
 * Judges mutants of a day's solution, on the day's own seed and on all cores, in the order of files and lines.
 * @param paths of files of the solution; when there are none, all of them and the commands that are typed
 */
export async function judgeMutants(
  day: Day,
  paths: readonly string[],
  onDone: (done: number, all: number) => void = () => {},
): Promise<readonly JudgedMutant[]> {
  const folder = variantsOf(day.folder).find(({ kind }) => kind === 'solution')?.folder ?? '';
  const solution: Solution = { files: readFolder(folder), actions: readActions(folder) };
  const jobs = textsOf(solution)
    .filter(([path]) => paths.length === 0 || paths.includes(path))
    .flatMap(([file, text]) => mutantsOf(file, text).map((mutant) => ({ file, mutant })));
  const begun: Beginnings = new Map();
  const judged: JudgedMutant[] = [];
  const order = checkIds(day);
  let next = 0;
  let done = 0;

  async function work(): Promise<void> {
    let place = openPlace(begun);
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job === undefined) continue;
      const { file, mutant } = job;
      const { text, ...slip } = mutant;
      const told = await withinPatience(judgeOne(place, day, withText(solution, file, text), order)).catch(
        (error: Error) => {
          // What cannot even be laid or typed is no answer; the thread may be gone with it.
          place.close();
          place = openPlace(begun);
          return { seenBy: error.message.split('\n')[0] ?? '', starsLost: [] };
        },
      );
      judged[index] = { file, ...slip, ...told };
      moveToFront(order, told.seenBy);
      onDone(++done, jobs.length);
    }
    place.close();
  }

  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return judged;
}

async function withinPatience<Told>(judging: Promise<Told>): Promise<Told> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('does not end')), PATIENCE);
  });
  return Promise.race([judging, late]).finally(() => clearTimeout(timer));
}

interface Solution {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly actions: string;
}

function textsOf({ files, actions }: Solution): readonly (readonly [string, string])[] {
  const texts = Object.entries(files).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)] as const);
  return actions === '' ? texts : [...texts, [actionsFile, actions]];
}

function withText({ files, actions }: Solution, path: string, text: string): Solution {
  if (path === actionsFile) return { files, actions: text };
  return { files: { ...files, [path]: new TextEncoder().encode(text) }, actions };
}

const checkIds = ({ exercise }: Day): string[] => exercise.steps.flatMap(({ checks }) => checks.map(({ id }) => id));

/** The check that saw the last one sees the next one most often. */
function moveToFront(order: string[], id: string | undefined): void {
  const at = id === undefined ? -1 : order.indexOf(id);
  if (at > 0) order.unshift(...order.splice(at, 1));
}

async function judgeOne(
  place: Place,
  day: Day,
  { files, actions }: Solution,
  order: readonly string[],
): Promise<Pick<JudgedMutant, 'seenBy' | 'starsLost' | 'fault'>> {
  const sandbox = await place.begin(day, day.pack.seed);
  await sandbox.lay(files);
  if (actions !== '') await sandbox.run(actions);
  for (const id of [...order]) {
    const [result] = await sandbox.check([id]);
    if (result !== undefined && result.outcome !== 'passed') return { seenBy: id, starsLost: [], ...faultOf(result) };
  }
  const stars = day.exercise.steps.flatMap(({ stars = [] }) => stars.map(({ id }) => id));
  const results = stars.length === 0 ? [] : await sandbox.check(stars);
  return { starsLost: results.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id) };
}

function faultOf(result: CheckResult): { readonly fault?: string } {
  if (result.outcome !== 'unfinished' || result.fault !== 'course') return {};
  return { fault: result.detail.split('\n')[0] ?? '' };
}
