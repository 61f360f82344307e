import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, readLines } from './lines.ts';

const message = fc.record({
  id: fc.nat(),
  text: fc.string({ unit: 'binary', maxLength: 5000 }),
  like: fc.constantFrom('noventa<.{}', 'base64:x', '\r\n', 'ñ€😀'),
  bytes: fc.uint8Array({ maxLength: 9000 }),
});

/** Cuts a text at the given shares of its length. */
function cut(text: string, shares: readonly number[]): readonly string[] {
  const places = shares.map((share) => Math.round(share * text.length)).sort((a, b) => a - b);
  return [0, ...places].map((at, index) => text.slice(at, places[index] ?? text.length));
}

test('messages come back as they were, wherever the text is cut, with echoes, returns and other output between them', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), shares, fc.boolean(), (messages, cuts, isTerminal) => {
      const noise = isTerminal ? 'warning: something\n(node:1) x\n' : '';
      const lines = messages
        .map((one) => `${noise}${linesOf({ echo: 1 }, 'toEngine')}${linesOf(one, 'toPage')}`)
        .join('');
      expect(lines).toMatch(/^[ -~\n]*$/);
      const text = isTerminal ? lines.replaceAll('\n', '\r\n') : lines;
      const read: unknown[] = [];
      const reader = readLines('toPage', (one) => read.push(one));
      for (const part of cut(text, cuts)) reader.feed(part);
      expect(read).toEqual(messages);
    }),
    { numRuns: 60 },
  );
});

test('no line is longer than a terminal takes', () => {
  const lines = linesOf({ text: 'x'.repeat(100_000) }, 'toEngine').split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(4096);
});

test('what is no message is told as it is, and harms none that follows', () => {
  const other: string[] = [];
  const read: unknown[] = [];
  const reader = readLines(
    'toPage',
    (one) => read.push(one),
    (line) => other.push(line),
  );
  reader.feed(`Error: x\nnoventa<.{"a":\nnoventa<!{}\nprompt ${linesOf({ a: 1 }, 'toPage')}`);
  expect(other).toEqual(['Error: x', '{"a":', 'noventa<!{}']);
  expect(read).toEqual([{ a: 1 }]);
});
