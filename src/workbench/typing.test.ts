import { expect, test } from 'vitest';
import { heard, isUnsent, openText, sending, typed } from './typing.ts';

test('what was typed is unsent until it goes to the desk', () => {
  const open = typed(openText('a'), 'ab');
  expect([isUnsent(open), isUnsent(sending(open))]).toEqual([true, false]);
});

test('our own writing coming back does not take away what was typed since', () => {
  const open = typed(sending(typed(openText('a'), 'ab')), 'abc');
  const after = heard(open, 'ab');
  expect(after).toEqual({ open: { text: 'abc', known: 'ab', sent: [] }, replaced: false });
  expect(isUnsent(after.open)).toBe(true);
});

test('of two writings under way the first to come back leaves the second awaited', () => {
  const open = sending(typed(sending(typed(openText('a'), 'ab')), 'abc'));
  expect(heard(open, 'ab').open.sent).toEqual(['abc']);
  expect(heard(open, 'abc').open).toEqual({ text: 'abc', known: 'abc', sent: [] });
});

test('the old content seen again while ours is under way changes nothing', () => {
  const open = sending(typed(openText('a'), 'ab'));
  expect(heard(open, 'a')).toEqual({ open, replaced: false });
});

test('a command that writes last is what is seen', () => {
  const after = heard(typed(openText('a'), 'ab'), 'from the terminal');
  expect(after).toEqual({ open: openText('from the terminal'), replaced: true });
});

test('a command that writes just what is seen replaces nothing', () => {
  expect(heard(typed(openText('a'), 'ab'), 'ab')).toEqual({ open: openText('ab'), replaced: false });
});
