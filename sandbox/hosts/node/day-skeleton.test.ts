import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ReviewQuestion } from '../../checks/index.ts';
import { root } from '../build/bundle.ts';
import { incidentFolder, readDayFolder, readIncidentFolder, variantsOf } from '../build/day.ts';
import { filesOfNewDay, type PlannedDay } from './day-skeleton.ts';
import { verifyDays } from './verify.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'noventa-new-'));
  // What an exercise imports, from where it stands.
  symlinkSync(join(root, 'sandbox'), join(parent, 'sandbox'));
});
afterEach(() => rmSync(parent, { recursive: true }));

const day: PlannedDay = {
  id: 'd99',
  slug: 'not-written',
  title: { es: "L'última", en: 'The "last"' },
  stages: ['plan', 'code'],
  goals: ['Do {it}.'],
  concepts: ['one', 'two "three"'],
  task: 'A task\n  of lines.',
  checks: Array.from({ length: 7 }, (_, index) => ({ verifies: `check ${index}` })),
  stateFrom: undefined,
};

function write(): void {
  for (const [path, text] of Object.entries(filesOfNewDay(day))) {
    mkdirSync(dirname(join(parent, path)), { recursive: true });
    writeFileSync(join(parent, path), text);
  }
}

test('a new day is a proper day, and each of its variants that should pass fails until it is written', async () => {
  write();
  const read = await readDayFolder(join(parent, 'exercises/99-not-written'));
  expect(read.exercise.title).toEqual(day.title);
  expect(read.exercise.steps.map(({ kind, checks }) => [kind, ...checks.map(({ id }) => id)])).toEqual([
    ['run', 'd99-c1'],
    ['change', 'd99-c2'],
    ['fill', 'd99-c3'],
    ['write', 'd99-c4', 'd99-c6', 'd99-c7'],
    ['challenge', 'd99-c5'],
  ]);
  const rows = await verifyDays([read]);
  expect(rows.filter(({ problems }) => problems.length === 0).map(({ variant }) => variant)).toEqual(['start']);
});

test('it comes back with two questions and an incident of its own, which begins where the day ends', async () => {
  write();
  const folder = join(parent, 'exercises/99-not-written');
  const { review } = (await import(join(folder, 'review.ts'))) as { review: readonly ReviewQuestion[] };
  expect(review.map(({ id }) => id)).toEqual(['d99-r1', 'd99-r2']);
  const { exercise, folder: incident } = await readIncidentFolder(incidentFolder(folder) ?? '');
  expect([exercise.id, exercise.stateFrom, exercise.steps.length]).toEqual(['d99-i1', 'd99', 1]);
  expect(variantsOf(incident).map(({ name }) => name)).toEqual([
    'start',
    'solution',
    'alternative/another-way',
    'wrong/first-mistake',
  ]);
});

test('its lessons have their frontmatter, and the same ids in both languages', () => {
  const files = filesOfNewDay(day);
  const lessons = (['es', 'en'] as const).map((language) => files[`content/${language}/days/99-not-written.mdx`] ?? '');
  expect(lessons.map((text) => parse(text.split('---')[1] ?? '').title)).toEqual([day.title.es, day.title.en]);
  const [es, en] = lessons.map((text) => text.match(/id="[^"]*"/g));
  expect(es).toEqual(en);
});

test('every day of the course could be begun', () => {
  const { days } = parse(readFileSync('content/curriculum.yaml', 'utf8')) as { days: readonly PlannedDay[] };
  for (const { id, slug, title, stages } of days) {
    const files = filesOfNewDay({ ...day, id, slug, title, stages });
    expect(Object.keys(files)[0]).toBe(`exercises/${id.slice(1)}-${slug}/exercise.ts`);
  }
});
