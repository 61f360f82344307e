import type { CheckResult } from '../../checks/contract.ts';
import type { Words } from '../../machine/words.ts';
import { type Day, readActions, readFolder, type Variant, variantsOf } from '../build/day.ts';
import { openSandbox } from './sandbox.ts';

/** One line of the matrix: what a variant of a day did, and what is wrong with that. */
export interface Row {
  readonly day: string;
  readonly variant: string;
  /** Ids of the checks that did not pass. */
  readonly failing: readonly string[];
  /** Empty when the variant did what it should. */
  readonly problems: readonly string[];
}

/** At most so many words in what a failing check says (lesson.md). */
const MESSAGE_WORDS = 50;

/** Runs one variant of a day and holds it against what it should do. */
export async function verifyVariant(day: Day, variant: Variant): Promise<Row> {
  const results = await judgeVariant(day, variant);
  const failing = results.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
  const problems = [...expectationProblems(day, variant, failing), ...results.flatMap(resultProblems)];
  return { day: day.exercise.id, variant: variant.name, failing, problems };
}

/** Every variant of a day. `each` runs the jobs, however many at a time it likes. */
export function verifyDay(day: Day): readonly (() => Promise<Row>)[] {
  return variantsOf(day.folder).map((variant) => () => verifyVariant(day, variant));
}

async function judgeVariant(day: Day, variant: Variant): Promise<readonly CheckResult[]> {
  const files = variant.kind === 'start' ? {} : readFolder(variant.folder);
  const sandbox = await openSandbox({ day, language: 'es', files });
  try {
    const actions = readActions(variant.folder);
    if (actions !== '') await sandbox.run(actions);
    return await sandbox.check();
  } finally {
    sandbox.close();
  }
}

function expectationProblems(day: Day, { kind, name }: Variant, failing: readonly string[]): readonly string[] {
  if (kind === 'start') {
    const idle = day.exercise.steps.filter((step) => step.checks.every((check) => !failing.includes(check.id)));
    return idle.map((step) => `${step.id}: start/ passes all of its checks, expected at least one to fail`);
  }
  if (kind !== 'wrong') return failing.map((id) => `${id}: expected to pass`);
  const folder = name.slice('wrong/'.length);
  const expected = day.exercise.wrong[folder];
  if (expected === undefined) return [`exercise.ts: wrong: no entry for '${folder}'`];
  if (failing.length === 1 && failing[0] === expected) return [];
  return [`expected to fail ${expected} and nothing else, failed ${failing.join(', ') || 'nothing'}`];
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
