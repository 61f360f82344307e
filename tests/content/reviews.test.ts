import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Asked, ReviewQuestion, Words } from '../../sandbox/checks/index.ts';
import { askWith } from '../../sandbox/hosts/asking.ts';
import { dayFolders, readIncident, variantsOf } from '../../sandbox/hosts/node/index.ts';
import { languages, wordsIn } from './lesson.ts';
import { longSentences } from './rules.ts';
import { unwantedIn } from './wording.ts';

const seeds = Array.from({ length: 200 }, (_, index) => `seed ${index}`);

const days = await Promise.all(
  dayFolders().map(async (folder) => {
    const file = join(folder, 'review.ts');
    const review: readonly ReviewQuestion[] = existsSync(file) ? (await import(file)).review : [];
    return {
      name: basename(folder),
      id: `d${basename(folder).slice(0, 2)}`,
      folder,
      review,
      incident: await readIncident(folder),
    };
  }),
);

/** Everything that a reader of the question can see. */
function wordsOf(asked: Asked): readonly Words[] {
  const more =
    asked.kind === 'choice'
      ? asked.choices.flatMap(({ text, why }) => [text, why])
      : [asked.unit, asked.why, asked.low, asked.high, ...asked.slips.map(({ why }) => why)];
  return [asked.text, ...more];
}

/** Without the lines that are shown as they are. */
const proseOf = (text: string): string => text.replace(/^ {4}.*$/gm, '');

describe.each(days.map((day) => [day.name, day] as const))(
  'the review of %s',
  (_, { id, folder, review, incident }) => {
    test('has three to six items, an incident among them, numbered without gaps', () => {
      expect(review.map((question) => question.id)).toEqual(review.map((__, index) => `${id}-r${index + 1}`));
      expect(incident?.exercise.id).toBe(`${id}-i1`);
      const count = review.length + 1;
      expect(count).toBeGreaterThanOrEqual(3);
      expect(count).toBeLessThanOrEqual(6);
    });

    test.each(review.map((question) => [question.id, question] as const))(
      '%s asks the same with the same seed and other things with others, with one right answer each time',
      (__, question) => {
        const asked = seeds.map((seed) => askWith(question, seed));
        expect(seeds.map((seed) => askWith(question, seed))).toEqual(asked);
        expect(new Set(asked.map(({ text }) => text.en)).size).toBeGreaterThanOrEqual(4);
        for (const one of asked) {
          if (one.kind === 'choice') {
            expect(one.choices.filter(({ right }) => right).length).toBe(1);
            expect(one.choices.length).toBeGreaterThanOrEqual(3);
            for (const language of languages)
              expect(new Set(one.choices.map(({ text }) => text[language])).size).toBe(one.choices.length);
          } else {
            const { answer, within = 0, slips } = one;
            expect(Number.isFinite(answer)).toBe(true);
            for (const slip of slips)
              expect(Math.abs(slip.value - answer), JSON.stringify(one)).toBeGreaterThan(within + (slip.within ?? 0));
          }
        }
      },
    );

    test.each(review.map((question) => [question.id, question] as const))(
      '%s is said in both languages as lessons are',
      (__, question) => {
        for (const seed of seeds.slice(0, 40)) {
          for (const words of wordsOf(askWith(question, seed))) {
            for (const language of languages) {
              const text = words[language];
              expect(text.trim()).not.toBe('');
              expect(wordsIn(text)).toBeLessThanOrEqual(90);
              expect(unwantedIn(proseOf(text), language)).toEqual([]);
              expect(longSentences(proseOf(text), language)).toEqual([]);
            }
          }
        }
      },
    );

    test('has an incident of one step that is said as exercises are, with a solution, another way and mistakes', () => {
      if (incident === undefined) return expect.fail('no incident/exercise.ts');
      const { steps, title } = incident.exercise;
      expect(steps.length).toBe(1);
      for (const { title: name, task, hints, reason, checks } of steps) {
        for (const language of languages) {
          expect(wordsIn(task[language])).toBeLessThanOrEqual(90);
          for (const words of [title, name, task, ...hints, reason, ...checks.map(({ goal }) => goal)]) {
            expect(unwantedIn(words[language], language)).toEqual([]);
            expect(longSentences(words[language], language)).toEqual([]);
          }
        }
      }
      const named = variantsOf(join(folder, 'incident')).map(({ name }) => name);
      expect(named.filter((name) => name.startsWith('wrong/')).sort()).toEqual(
        Object.keys(incident.exercise.wrong)
          .sort()
          .map((name) => `wrong/${name}`),
      );
      expect(readdirSync(join(folder, 'incident'))).toContain('solution');
      expect(incident.exercise.seeds ?? 1).toBeGreaterThanOrEqual(4);
    });
  },
);
