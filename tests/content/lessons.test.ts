import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { languages, lessonNames, lessonsOf } from './lesson.ts';
import * as rules from './rules.ts';

interface Term {
  readonly id: string;
  readonly es: { readonly term: string; readonly meaning: string };
  readonly en: { readonly term: string; readonly meaning: string };
}

interface PlannedDay {
  readonly id: string;
  readonly slug: string;
  readonly title: { readonly es: string; readonly en: string };
}

const glossary: readonly Term[] = parse(readFileSync('content/glossary.yaml', 'utf8'));
const { days: planned }: { days: readonly PlannedDay[] } = parse(readFileSync('content/curriculum.yaml', 'utf8'));
const written = {
  es: lessonNames.filter((name) => existsSync(`content/es/days/${name}.mdx`)),
  en: lessonNames.filter((name) => existsSync(`content/en/days/${name}.mdx`)),
};
const words = rules.terms(glossary.map(({ id }) => id));
const links = rules.links(written);

test('some days are written', () => {
  expect(lessonNames.length).toBeGreaterThan(0);
});

test('the glossary is sorted by id, holds each once, and explains each in both languages', () => {
  const ids = glossary.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  const empty = glossary.filter((term) =>
    languages.some((one) => !term[one]?.term.trim() || !term[one].meaning.trim()),
  );
  expect(empty.map(({ id }) => id)).toEqual([]);
});

describe.each(lessonNames)('%s', (name) => {
  const lessons = lessonsOf(name);

  test('is written in every language, and has its exercise', () => {
    expect(lessons.map(({ language }) => language)).toEqual([...languages]);
    expect(existsSync(`exercises/${name}/exercise.ts`)).toBe(true);
  });

  test('has the id, the name and the title of the curriculum', () => {
    for (const { frontmatter, language } of lessons) {
      const day = planned.find(({ id }) => id === frontmatter.day);
      expect(`${day?.id.slice(1)}-${day?.slug}`).toBe(name);
      expect(frontmatter.title).toBe(day?.title[language]);
    }
  });

  test('says the same in both languages: ids, choices, right answers, terms', () => {
    const [first, ...others] = lessons.map(rules.skeletonOf);
    for (const other of others) expect(other).toEqual(first);
  });

  test.each([
    ['its parts are all there, in order', rules.parts],
    ['it and its parts are as long as they should be', rules.lengths],
    ['no sentence reaches thirty words', rules.sentences],
    ['its words are of every region, and none is filler', rules.wording],
    ['nothing is left to be written', rules.unwritten],
    ['every question has an id of its own, right and wrong answers, and for each of them its why', rules.choices],
    ['what was predicted is looked at again', rules.predictions],
    ['its terms are in the glossary and in its text', words],
    ['the code that it shows is valid', rules.code],
    ['the workflow files that it shows are taken by the sandbox', rules.workflows],
    ['every picture has a text', rules.pictures],
    ['every link leads to a page', links],
  ])('%s', async (_, rule) => {
    const places = (await Promise.all(lessons.map(async (lesson) => rule(lesson)))).flat();
    expect(places, places.join('\n')).toEqual([]);
  });
});
