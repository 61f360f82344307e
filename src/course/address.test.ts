import { expect, test } from 'vitest';
import { address, inLanguage, lessonOf, nameOf } from './address.ts';

test('a lesson is known by its language and file name', () => {
  expect(lessonOf('es/days/01-one-turn-of-the-loop')).toEqual({ language: 'es', name: '01-one-turn-of-the-loop' });
});

test('an entry of another language or place is no lesson', () => {
  expect(lessonOf('fr/days/01-one-turn-of-the-loop')).toBeUndefined();
  expect(lessonOf('es/about')).toBeUndefined();
  expect(lessonOf('es/days/01/extra')).toBeUndefined();
});

test('a day is named by its number and slug', () => {
  expect(nameOf({ id: 'd02', slug: 'first-change-in-git' })).toBe('02-first-change-in-git');
});

test('an address keeps the base path, however it ends', () => {
  expect(address('/', 'es', 'days', '01-a')).toBe('/es/days/01-a/');
  expect(address('/noventa', 'en')).toBe('/noventa/en/');
  expect(address('/noventa/', 'en', 'glossary')).toBe('/noventa/en/glossary/');
});

test('changing the language keeps the day and the base path', () => {
  expect(inLanguage('/es/days/01-a/', '/', 'en')).toBe('/en/days/01-a/');
  expect(inLanguage('/noventa/en/glossary/', '/noventa', 'es')).toBe('/noventa/es/glossary/');
  expect(inLanguage('/es/', '/', 'en')).toBe('/en/');
});
