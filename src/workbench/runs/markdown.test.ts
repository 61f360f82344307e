import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Inline, parseInline, parseMarkdown } from './markdown.ts';

const plain = (parts: readonly Inline[]): string =>
  parts.map((part) => ('text' in part ? part.text : plain(part.inner))).join('');

test('what summaries are written with', () => {
  const blocks = parseMarkdown(
    '## Tests :x:\n\n| suite | passed |\n| --- | :-: |\n| api | **12** |\n| a \\| b |\n\n- [x] built\n- [ ] shipped\n  1. first\n  2. second\n\n> said\n\n```sh\nnpm test\n```\n---\nend',
  );
  expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'table', 'list', 'quote', 'code', 'rule', 'paragraph']);
  expect(blocks[1]).toMatchObject({
    rows: [
      [[{ text: 'api' }], [{ kind: 'strong' }]],
      [[{ text: 'a | b' }], []],
    ],
  });
  expect(blocks[2]).toMatchObject({ items: [{ done: true }, { done: false, below: [{ kind: 'list', start: 1 }] }] });
  expect(blocks[4]).toMatchObject({ text: 'npm test' });
});

test('within a line: code, emphasis, links to the web', () => {
  expect(parseInline('a `b*c*` **d _e_** [f](https://example.org/x) ~~g~~')).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'code', text: 'b*c*' },
    { kind: 'text', text: ' ' },
    {
      kind: 'strong',
      inner: [
        { kind: 'text', text: 'd ' },
        { kind: 'em', inner: [{ kind: 'text', text: 'e' }] },
      ],
    },
    { kind: 'text', text: ' ' },
    { kind: 'link', href: 'https://example.org/x', inner: [{ kind: 'text', text: 'f' }] },
    { kind: 'text', text: ' ' },
    { kind: 'del', inner: [{ kind: 'text', text: 'g' }] },
  ]);
  expect(parseInline('some_file_name and 2 * 3 * 4')).toEqual([{ kind: 'text', text: 'some_file_name and 2 * 3 * 4' }]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', ' vbscript:x'])('%s is no link', (href) => {
  expect(JSON.stringify(parseInline(`[text](${href})`))).not.toContain('"link"');
});

test('HTML stays text', () => {
  expect(plain(parseInline('<img src=x onerror=alert(1)>'))).toBe('<img src=x onerror=alert(1)>');
});

test('any text is read, to its end and at once', () => {
  const marks = fc.constantFrom(
    '#',
    '*',
    '_',
    '`',
    '|',
    '-',
    '>',
    '[',
    ']',
    '(',
    ')',
    ' ',
    '\n',
    '1.',
    'a',
    '~~',
    '  ',
  );
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 200 }), (parts) => {
      expect(Array.isArray(parseMarkdown(parts.join('')))).toBe(true);
    }),
  );
  const started = performance.now();
  parseMarkdown('*'.repeat(2000));
  parseMarkdown('['.repeat(2000));
  parseMarkdown('> '.repeat(2000));
  parseMarkdown('`'.repeat(2000));
  parseMarkdown('*a '.repeat(1000));
  expect(performance.now() - started).toBeLessThan(2000);
});
