import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logParts, numbersOf, piecesOf, textChunks } from './log.ts';

test('groups fold what is between their marks; numbers count every line of the log', () => {
  const parts = logParts(['first', '##[group]Run npm ci', 'added 3 packages', '##[endgroup]', 'last']);
  expect(parts.map((part) => [part.kind, part.chunks.map(numbersOf)])).toEqual([
    ['lines', ['1']],
    ['group', ['3']],
    ['lines', ['5']],
  ]);
  expect(parts[1]).toMatchObject({ title: 'Run npm ci', at: 2 });
});

test('a group that is not closed ends where the next begins, or with the log', () => {
  const parts = logParts(['##[group]a', 'x', '##[group]b', 'y']);
  expect(parts).toMatchObject([
    { kind: 'group', title: 'a', at: 1 },
    { kind: 'group', title: 'b', at: 3 },
  ]);
});

test('errors and warnings are told by a word too; the colours of a terminal are taken out', () => {
  const [part] = logParts(['##[error]Process completed with exit code 1.', '##[warning]old', '\u001b[31mred\u001b[0m']);
  expect(part?.chunks.flatMap(piecesOf)).toEqual([
    { kind: 'error', text: 'Error: Process completed with exit code 1.\n' },
    { kind: 'warning', text: 'Warning: old\n' },
    { kind: 'plain', text: 'red\n' },
  ]);
});

test('no line is lost, whatever the log', () => {
  const line = fc.oneof(
    fc.constantFrom('##[group]g', '##[endgroup]', '##[error]e'),
    fc.string().filter((text) => !text.startsWith('##[') && !text.includes('\u001b')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 600 }), (log) => {
      const parts = logParts(log);
      const shown = parts.flatMap(({ chunks }) => chunks.flatMap(({ lines }) => lines)).length;
      expect(shown).toBe(log.filter((one) => !/^##\[(end)?group\]/.test(one)).length);
    }),
  );
});

test('50,000 lines become few pieces in little time', () => {
  const log = Array.from({ length: 50_000 }, (_, index) => `line ${index}`);
  const started = performance.now();
  const chunks = logParts(log).flatMap((part) => part.chunks);
  expect(chunks.flatMap(piecesOf)).toHaveLength(250);
  expect(chunks.at(-1)?.from).toBe(49_801);
  expect(performance.now() - started).toBeLessThan(500);
});

test('in a text that is no log nothing has a meaning', () => {
  expect(textChunks('##[group]a\nb\n')).toEqual([
    {
      from: 1,
      lines: [
        { kind: 'plain', text: '##[group]a' },
        { kind: 'plain', text: 'b' },
      ],
    },
  ]);
});
