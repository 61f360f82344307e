import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Words } from '../../sandbox/checks/index.ts';
import { incidentFolder } from '../../sandbox/hosts/build/day.ts';
import {
  type Day,
  dayFolders,
  lasting,
  openSandbox,
  readActions,
  readDay,
  readFolder,
  variantsOf,
} from '../../sandbox/hosts/node/index.ts';
import { type Language, languages, lessonNames, wordsIn } from './lesson.ts';
import { longSentences } from './rules.ts';
import { unwantedIn } from './wording.ts';

interface PlannedDay {
  readonly id: string;
  readonly title: Words;
}

const { days: planned }: { days: readonly PlannedDay[] } = parse(readFileSync('content/curriculum.yaml', 'utf8'));
const days = await Promise.all(dayFolders().map(readDay));

test('every exercise has its lesson', () => {
  expect(days.map(({ folder }) => basename(folder))).toEqual(lessonNames);
});

/** Files that stand in both folders alike. */
const repeated = (one: string, other: string): readonly string[] =>
  readdirSync(one, { recursive: true, encoding: 'utf8' })
    .map((path) => [join(one, path), join(other, path)] as const)
    .filter(([own, its]) => statSync(own).isFile() && existsSync(its) && readFileSync(own).equals(readFileSync(its)))
    .map(([own]) => own);

/** Days that others begin from; the first besides, so that there is one. */
const begunFrom = days.filter(
  ({ exercise: { id } }) => id === 'd01' || days.some((day) => day.exercise.stateFrom === id),
);

async function endOf(day: Day, language: Language) {
  const folder = join(day.folder, 'solution');
  const sandbox = await openSandbox({ day, language, files: readFolder(folder) });
  await sandbox.run(readActions(folder));
  const { files, kernel } = await sandbox.snapshot();
  sandbox.close();
  return { now: kernel.now, files: lasting(files) };
}

test.each(begunFrom.map((day) => [day.slug, day] as const))(
  '%s ends in the same state in every language, because others begin from it',
  async (_, day) => {
    const [first, ...others] = await Promise.all(languages.map((language) => endOf(day, language)));
    for (const other of others) expect(other).toEqual(first);
  },
  60_000,
);

describe.each(days.map((day) => [day.slug, day] as const))('%s', (_, day) => {
  const { exercise, folder } = day;
  const { id, steps, wrong } = exercise;
  const checks = steps.flatMap((step) => step.checks);
  const judges = [...checks, ...steps.flatMap(({ stars = [] }) => stars)].map((check) => check.id);
  const variants = variantsOf(folder);
  const named = (kind: string): readonly string[] =>
    variants.filter((variant) => variant.kind === kind).map(({ name }) => name.slice(kind.length + 1));

  test('has the title of the curriculum', () => {
    expect(exercise.title).toEqual(planned.find((day) => day.id === id)?.title);
  });

  test('numbers its steps in order and its checks without gaps, each once', () => {
    expect(steps.map((step) => step.id)).toEqual(steps.map((__, index) => `${id}-s${index + 1}`));
    const numbers = checks.map((check) => Number(check.id.slice(`${id}-c`.length))).sort((a, b) => a - b);
    expect(numbers).toEqual(checks.map((__, index) => index + 1));
  });

  test('gives stars in the challenge only, numbered without gaps', () => {
    const stars = steps.flatMap((step) => (step.stars ?? []).map((star) => ({ ...star, kind: step.kind })));
    expect(stars.map((star) => star.id)).toEqual(stars.map((__, index) => `${id}-x${index + 1}`));
    expect(stars.filter(({ kind }) => kind !== 'challenge')).toEqual([]);
  });

  test('names files that are there, at the start or once the solution is laid over it', async () => {
    const named = steps.flatMap(({ files = [] }) =>
      files.flatMap((file) => (typeof file === 'string' ? [file] : languages.map((language) => file[language]))),
    );
    const all = [...named, ...(exercise.opens === undefined ? [] : [exercise.opens])];
    const sandbox = await openSandbox({ day, language: 'es', files: readFolder(join(folder, 'solution')) });
    const { files } = await sandbox.snapshot();
    sandbox.close();
    expect(all.filter((path) => files[`/home/dev/${path}`]?.type !== 'file')).toEqual([]);
  }, 120_000);

  test('goes from four to six steps, from running to writing, and ends with the challenge', () => {
    const kinds = steps.map(({ kind }) => kind);
    expect(kinds.at(-1)).toBe('challenge');
    expect(kinds.filter((kind) => kind === 'challenge').length).toBe(1);
    expect(kinds.length - 1).toBeGreaterThanOrEqual(4);
    expect(kinds.length - 1).toBeLessThanOrEqual(6);
    const faded = ['run', 'change', 'fill', 'write', 'challenge'];
    expect(kinds).toEqual([...kinds].sort((a, b) => faded.indexOf(a) - faded.indexOf(b)));
  });

  test('says goals in at most 140 characters, tasks in at most 90 words, everything in both languages', () => {
    const goals = checks.map(({ goal }) => goal);
    const tasks = steps.map(({ task }) => task);
    const stars = steps.flatMap((step) => (step.stars ?? []).map(({ goal }) => goal));
    const all = [
      ...goals,
      ...stars,
      ...tasks,
      ...steps.flatMap(({ title, hints, reason }) => [title, ...hints, reason]),
    ];
    for (const language of languages) {
      expect(goals.map((goal) => goal[language]).filter((goal) => goal.length > 140)).toEqual([]);
      expect(tasks.map((task) => task[language]).filter((task) => wordsIn(task) > 90)).toEqual([]);
      expect(all.filter((words) => words[language].trim() === '' || /\bTODO\b/.test(words[language]))).toEqual([]);
      expect(all.flatMap((words) => unwantedIn(words[language], language))).toEqual([]);
      expect(all.flatMap((words) => longSentences(words[language], language))).toEqual([]);
    }
  });

  test('offers another right answer, and two wrong ones or more, each with the check that it fails or the star that it loses', () => {
    expect(named('alternative').length).toBeGreaterThanOrEqual(1);
    expect(named('wrong').length).toBeGreaterThanOrEqual(2);
    expect(named('wrong')).toEqual(Object.keys(wrong).sort());
    const ids = Object.values(wrong).flatMap((one) => one.split(' '));
    expect(ids.filter((one) => !judges.includes(one))).toEqual([]);
  });

  test('keeps of a mistake what it does otherwise than the solution, and nothing else', () => {
    const again = [folder, incidentFolder(folder)].flatMap((one) =>
      (one === undefined ? [] : variantsOf(one))
        .filter(({ kind }) => kind === 'wrong')
        .flatMap((variant) => repeated(variant.folder, join(variant.folder, '../../solution'))),
    );
    expect(again).toEqual([]);
  });
});
