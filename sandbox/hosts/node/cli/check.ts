import type { CheckResult, Exercise, Place } from '../../../checks/contract.ts';
import type { Language, Words } from '../../../machine/words.ts';
import { openFor } from './open.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

/** `noventa check`: 0 only when every check of the day passes. Stars are told too, and count for nothing here. */
export async function check(request: Request): Promise<number> {
  const { sandbox, day } = await openFor(request);
  try {
    if (day === undefined) throw new UsageError(words.oneDay[request.language]);
    const { steps } = day.exercise;
    const starIds = steps.flatMap(({ stars = [] }) => stars.map(({ id }) => id));
    const judged = await sandbox.check([...steps.flatMap(({ checks }) => checks.map(({ id }) => id)), ...starIds]);
    const results = judged.filter(({ id }) => !starIds.includes(id));
    const stars = judged.filter(({ id }) => starIds.includes(id));
    const passed = results.every(({ outcome }) => outcome === 'passed');
    if (request.json) {
      const checks = results.map((result) => ({
        id: result.id,
        passed: result.outcome === 'passed',
        message: messageOf(result),
      }));
      console.log(
        JSON.stringify(
          {
            day: day.exercise.id,
            passed,
            checks,
            stars: stars.map(({ id, outcome }) => ({ id, earned: outcome === 'passed' })),
          },
          null,
          2,
        ),
      );
    } else for (const result of judged) console.log(told(result, day.exercise, request.language));
    return passed ? 0 : 1;
  } finally {
    sandbox.close();
  }
}

/** All that a result says, as one text in each language. */
function messageOf(result: CheckResult): Words {
  if (result.outcome === 'passed') return words.passed;
  if (result.outcome === 'unfinished') return result.message;
  const say = (language: Language): string => detailsOf(result, language).join('\n');
  return { es: say('es'), en: say('en') };
}

function told(result: CheckResult, exercise: Exercise, language: Language): string {
  const all = exercise.steps.flatMap(({ checks, stars = [] }) => [...checks, ...stars]);
  const check = all.find(({ id }) => id === result.id);
  const goal = check?.goal[language] ?? '';
  const isStar = check !== undefined && 'star' in check;
  const mark = isStar
    ? { passed: '★', failed: '☆', unfinished: '☆' }[result.outcome]
    : { passed: '✓', failed: '✗', unfinished: '?' }[result.outcome];
  const head = `${mark} ${result.id}  ${goal} (${words[result.outcome][language]})`;
  const details =
    result.outcome === 'unfinished' ? [result.message[language], result.detail] : detailsOf(result, language);
  return [head, ...details.map((line) => `    ${line}`)].join('\n');
}

function detailsOf(result: CheckResult, language: Language): readonly string[] {
  if (result.outcome !== 'failed') return [];
  const { expected, found, where, next } = result.verdict;
  return [
    `${words.expected[language]}: ${expected[language]}`,
    `${words.found[language]}: ${found[language]}`,
    ...(where === undefined ? [] : [`${words.where[language]}: ${placeName(where, language)}`]),
    `${words.next[language]}: ${next[language]}`,
  ];
}

function placeName(place: Place, language: Language): string {
  if ('repository' in place) {
    const { repository, run, job, step } = place;
    return [`${words.runOf[language]} ${run} (${repository})`, job, step].filter((one) => one !== undefined).join(', ');
  }
  if ('file' in place) return place.line === undefined ? place.file : `${place.file}:${place.line}`;
  return Object.values(place).join(' ');
}
