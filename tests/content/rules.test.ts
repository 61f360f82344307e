// The rules are held against a lesson that breaks them: one that lets everything through would prove nothing.
import { expect, test } from 'vitest';
import { type Lesson, readLesson } from './lesson.ts';
import * as rules from './rules.ts';

const head = '---\ntitle: T\ndescription: D.\nday: d09\nterms: [known, unused]\n---\n\n';

function lesson(text: string): Lesson {
  return readLesson('en', '09-broken', 'broken.mdx', head + text);
}

test('a sentence of thirty words is found, wherever it stands; code is one word', () => {
  const long = `Sit ${'word '.repeat(28)}end.`;
  const found = rules.sentences(
    lesson(
      `Short. ${long}\n\n<Question id="q">\n\nWhy?\n\n<Choice right why="${long}">\`a b c\`</Choice>\n\n</Question>\n`,
    ),
  );
  expect(found.map((one) => one.slice(0, 'broken.mdx:00: a sentence of 30'.length))).toEqual([
    'broken.mdx:8: a sentence of 30 ',
    'broken.mdx:14: a sentence of 30',
  ]);
  expect(rules.sentences(lesson(`${'word '.repeat(28)}\`a b c d\`.\n`))).toEqual([]);
});

test('a part that is missing or out of order is found', () => {
  expect(rules.parts(lesson('Scene.\n\n<Practice />\n\n<Outcomes>\n\n- One.\n\n</Outcomes>\n'))).toEqual([
    'broken.mdx: parts: found paragraph Practice Outcomes',
  ]);
});

test('a lesson that is too short is found, and an outcome that is too long', () => {
  expect(rules.lengths(lesson(`Scene.\n\n<Outcomes>\n\n- ${'x'.repeat(141)}\n\n</Outcomes>\n`))).toEqual([
    'broken.mdx:1: lesson: 2 words, not 900–1500',
    'broken.mdx:0: scene and outcomes: 2 words, not 20–120',
    'broken.mdx:12: more than 140 characters',
  ]);
});

test('a choice without a why, and a question without a wrong choice, are found', () => {
  const question =
    '<Question id="d09-q1">\n\nWhich?\n\n<Choice right why="Yes.">A</Choice>\n\n<Choice right>B</Choice>\n\n</Question>';
  expect(rules.choices(lesson(question))).toEqual([
    'broken.mdx:8: 2 of 2 choices are right: at least one is, and one is not',
    'broken.mdx:14: a Choice has why',
  ]);
});

test('an answer that no option has is found', () => {
  const text = `<Predict id="d09-p1" options={['It\\'s a', 'b']}>\nWhat?\n</Predict>\n\n<PredictAgain id="d09-p1" answer={2}>\nSo.\n</PredictAgain>\n`;
  expect(rules.predictions(lesson(text))).toEqual(['broken.mdx:12: answer: no such option']);
  expect(rules.predictions(lesson(text.replace('{2}', '{0}')))).toEqual([]);
});

test('terms that nobody explains, uses or names are found', () => {
  const text = 'A <Term id="strange">thing</Term> that is <Term id="known">known</Term>.\n';
  expect(rules.terms(['known', 'unused'])(lesson(text))).toEqual([
    'broken.mdx: strange is not in content/glossary.yaml',
    'broken.mdx: terms: unused is not in the text',
    'broken.mdx: terms: strange is missing',
  ]);
});

test('code that does not parse is found, and a language that nothing here reads', () => {
  const fence = '```';
  const blocks = [
    ['yaml', 'a: [1'],
    ['json', '{'],
    ['js', 'const = 1'],
    ['sh', 'if true; then'],
    ['cobol', 'x'],
    ['js', 'const a = 1;'],
    ['text', '('],
  ];
  const found = rules.code(lesson(blocks.map(([name, text]) => `${fence}${name}\n${text}\n${fence}\n`).join('\n')));
  expect(found.map((one) => one.split(':')[1])).toEqual(['8', '12', '16', '20', '24']);
});

test('a picture without a text and a link into the void are found', () => {
  const { pictures, links } = rules;
  const text =
    '![](loop.svg)\n\n[there](/en/days/01-a/) [nowhere](/en/days/02-b/) [other](/es/days/01-a/) [out](https://example.org)\n';
  expect(pictures(lesson(text))).toEqual(['broken.mdx:8: a picture has a text that says what it shows']);
  expect(links({ es: ['01-a'], en: ['01-a'] })(lesson(text))).toEqual([
    'broken.mdx:10: a link to /en/days/02-b/, where there is no page',
    'broken.mdx:10: a link to /es/days/01-a/, where there is no page',
  ]);
});

test('lessons that differ in a right answer have different skeletons', () => {
  const text =
    '<Question id="d09-q1">\n\nWhich?\n\n<Choice right why="Yes.">A</Choice>\n\n<Choice why="No.">B</Choice>\n\n</Question>';
  const other = text.replace('Choice right', 'Choice').replace('<Choice why="No', '<Choice right why="No');
  expect(rules.skeletonOf(lesson(text))).not.toEqual(rules.skeletonOf(lesson(other)));
});

test('words of one region, calques and filler are found; code is left alone', () => {
  const text =
    'We simply run it, in order to `simply see`.\n\n<Question id="d09-q1">\n\nWhy?\n\n<Choice right why="Basically so.">A</Choice>\n\n</Question>\n';
  expect(rules.wording(lesson(text))).toEqual([
    "broken.mdx:8: 'simply': write nothing: it can go",
    "broken.mdx:8: 'in order to': write to",
    "broken.mdx:14: 'Basically': write nothing: it can go",
  ]);
  const spanish = readLesson(
    'es',
    '09-broken',
    'broken.mdx',
    `${head}Abre el fichero en tu ordenador, ¿os parece? El móvil, los costos.\n`,
  );
  expect(rules.wording(spanish).map((one) => one.split("'")[1])).toEqual(['os', 'ordenador', 'fichero']);
});

test('what was not written yet is found', () => {
  expect(rules.unwritten(lesson('Scene.\n\nTODO: one idea.\n'))).toEqual(['broken.mdx:10: still to be written']);
});

test('a question to order, to match or to count lacks nothing that the reader needs', () => {
  const text = `<Ordering id="d09-q1">

Order?

<Item why="First.">A</Item>

<Item>B</Item>

</Ordering>

<Matching id="d09-q1">

Match?

<Pair left="a" right="b" why="So." />

</Matching>

<Quantity id="d09-q3" answer={5} within={1} unit="min" why="So." low="More.">

How long?

<Slip value={6} why="No." />

</Quantity>
`;
  expect(rules.choices(lesson(text))).toEqual([
    'broken.mdx:8: 2 items, expected three or more',
    'broken.mdx:14: a Item has why',
    'broken.mdx:18: id: d09-q1 is taken',
    'broken.mdx:18: 1 pairs, expected three or more',
    'broken.mdx:26: a Quantity has high',
    'broken.mdx:30: its value counts as the right answer',
  ]);
});

test('a workflow file that the sandbox refuses is found at its line', async () => {
  const text = '```yaml\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - rum: true\n```\n';
  const found = await rules.workflows(lesson(text));
  expect(found.map((one) => one.split(': ')[0])).toContain('broken.mdx:14');
  expect(await rules.workflows(lesson(text.replace('rum', 'run')))).toEqual([]);
});

test('two moves of the same name are found, and a diagram without a text', () => {
  const text =
    '<WorkedExample title="T">\n\n<Move label="A">\n\nx\n\n</Move>\n\n<Move label="A">\n\ny\n\n</Move>\n\n<Move label="B">\n\nz\n\n</Move>\n\n</WorkedExample>\n\n<Pipeline jobs={[]} />\n';
  expect(rules.parts(lesson(text))).toContain('broken.mdx:16: label: each move has one of its own');
  expect(rules.pictures(lesson(text))).toEqual(['broken.mdx:30: a picture has a text that says what it shows']);
});
