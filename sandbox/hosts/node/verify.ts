import { availableParallelism } from 'node:os';
import type { CheckResult, Star } from '../../checks/contract.ts';
import type { Words } from '../../machine/words.ts';
import { answerOf, type Day, type Variant, variantsOf } from '../build/day.ts';
import { type Beginnings, openPlace, type Place } from './place.ts';
import type { Sandbox } from './sandbox.ts';

/** One line of the matrix: what a variant of a day did on all its seeds, and what is wrong with that. */
export interface Row {
  readonly day: string;
  readonly variant: string;
  readonly seeds: number;
  /** Ids of the checks that did not pass on some seed. */
  readonly failing: readonly string[];
  /** Ids of the stars that were earned on every seed. */
  readonly stars: readonly string[];
  /** Empty when the variant did what it should. */
  readonly problems: readonly string[];
}

/** At most so many words in what a failing check says (lesson.md). */
const MESSAGE_WORDS = 50;

/**
 * Every variant of each day, on as many threads as there are cores; rows stand in the order of days and variants.
 * @param seeds on how many; `all`: as each day says; otherwise on few, to be quick
 */
export async function verifyDays(
  days: readonly Day[],
  { seeds, onDone = () => {} }: { readonly seeds?: Seeds | undefined; onDone?(done: number, all: number): void } = {},
): Promise<readonly Row[]> {
  const jobs = days.flatMap((day) => variantsOf(day.folder).map((variant) => ({ day, variant })));
  const waiting = new Set(jobs.keys());
  const begun: Beginnings = new Map();
  const rows: Row[] = [];
  const worked = new Set<Day>();

  /** A thread stays with its day, whose beginning it has made; then it takes one that nobody works on; at the end it helps. */
  function next(own: Day | undefined): number | undefined {
    const left = [...waiting];
    const chosen =
      left.find((index) => jobs[index]?.day === own) ??
      left.find((index) => jobs[index] !== undefined && !worked.has(jobs[index].day)) ??
      left[0];
    if (chosen !== undefined) waiting.delete(chosen);
    return chosen;
  }

  async function work(): Promise<void> {
    const place = openPlace(begun);
    try {
      let day: Day | undefined;
      for (let index = next(day); index !== undefined; index = next(day)) {
        const job = jobs[index];
        if (job === undefined) continue;
        day = job.day;
        worked.add(day);
        rows[index] = await verifyVariant(place, day, job.variant, seedsOf(day, seeds));
        onDone(jobs.length - waiting.size, jobs.length);
      }
    } finally {
      place.close();
    }
  }

  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return rows;
}

type Seeds = number | 'all';

/** Enough to notice that something is broken: the day's own seed, and three where the beginning itself is drawn. */
function seedsOf({ exercise: { seeds = 1, setup } }: Day, wanted: Seeds | undefined): number {
  if (typeof wanted === 'number') return wanted;
  return wanted === 'all' ? seeds : Math.min(seeds, typeof setup === 'function' ? 3 : 1);
}

/** Runs one variant of a day on its seeds and holds it against what it should do. The first seed is the day's own. */
async function verifyVariant(place: Place, day: Day, variant: Variant, seeds: number): Promise<Row> {
  const { files, actions } = answerOf(variant);
  const runs: Judged[] = [];
  for (let index = 0; index < seeds; index++) {
    const seed = index === 0 ? day.pack.seed : `${day.pack.seed}#${index}`;
    const sandbox = await place.begin(day, seed);
    await sandbox.lay(files);
    if (actions !== '') await sandbox.run(actions);
    runs.push({ seed, results: await judgeAll(day, sandbox) });
  }
  return rowOf(day, variant, runs);
}

interface Judged {
  readonly seed: string;
  readonly results: readonly CheckResult[];
}

async function judgeAll(day: Day, sandbox: Sandbox): Promise<readonly CheckResult[]> {
  return sandbox.check(
    day.exercise.steps.flatMap(({ checks, stars = [] }) => [...checks, ...stars].map(({ id }) => id)),
  );
}

function rowOf(day: Day, variant: Variant, runs: readonly Judged[]): Row {
  const stars = day.exercise.steps.flatMap((step) => step.stars ?? []);
  const problems = runs.flatMap(({ seed, results }) => {
    const judged = partOf(results, stars);
    const found = [
      ...expectationProblems(day, variant, judged),
      ...starProblems(variant, judged.missed),
      ...results.flatMap(resultProblems),
    ];
    return runs.length === 1 ? found : found.map((problem) => `${problem} (seed ${seed})`);
  });
  const all = runs.map(({ results }) => partOf(results, stars));
  return {
    day: day.exercise.id,
    variant: variant.name,
    seeds: runs.length,
    failing: [...new Set(all.flatMap(({ failing }) => failing))],
    stars: stars.map(({ id }) => id).filter((id) => all.every(({ missed }) => !missed.includes(id))),
    problems,
  };
}

interface Part {
  readonly failing: readonly string[];
  readonly missed: readonly string[];
}

function partOf(results: readonly CheckResult[], stars: readonly Star[]): Part {
  const open = results.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
  const isStar = (id: string): boolean => stars.some((star) => star.id === id);
  return { failing: open.filter((id) => !isStar(id)), missed: open.filter(isStar) };
}

function expectationProblems(day: Day, { kind, name }: Variant, { failing, missed }: Part): readonly string[] {
  if (kind === 'start') {
    const idle = day.exercise.steps.filter((step) => step.checks.every((check) => !failing.includes(check.id)));
    return idle.map((step) => `${step.id}: start/ passes all of its checks, expected at least one to fail`);
  }
  if (kind !== 'wrong') return failing.map((id) => `${id}: expected to pass`);
  const folder = name.slice('wrong/'.length);
  const expected = day.exercise.wrong[folder];
  if (expected === undefined) return [`exercise.ts: wrong: no entry for '${folder}'`];
  // A slip that only costs a star passes every check.
  const seen = /-x\d+$/.test(expected) ? [...failing, ...missed.filter((id) => id === expected)] : failing;
  if (seen.join(' ') === expected) return [];
  return [`expected to fail ${expected} and nothing else, failed ${failing.join(', ') || 'nothing'}`];
}

/** The course's own answer shows that each star can be had. Nobody else has to. */
function starProblems({ kind }: Variant, missed: readonly string[]): readonly string[] {
  return kind === 'solution' ? missed.map((id) => `${id}: the solution earns every star`) : [];
}

function resultProblems(result: CheckResult): readonly string[] {
  if (result.outcome === 'unfinished')
    return [`${result.id}: no result, fault of the ${result.fault}: ${result.detail}`];
  if (result.outcome === 'passed') return [];
  const { expected, found, next } = result.verdict;
  return (['es', 'en'] as const).flatMap((language) => {
    const count = [expected, found, next].flatMap((said: Words) => said[language].split(/\s+/)).length;
    return count > MESSAGE_WORDS ? [`${result.id}: ${count} words in ${language}, at most ${MESSAGE_WORDS}`] : [];
  });
}
