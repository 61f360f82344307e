// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { expect, test } from 'vitest';
import { inspectWorkflow } from './inspect.ts';

const job = (lines: string): string => `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${lines}`;

/** Mistakes as people make them, with the line, and what in the words must name the mistake. */
const mistakes: readonly (readonly [text: string, line: number, es: string, en: string])[] = [
  ['on: push\njobs:\n  a:\n\truns-on: x', 4, 'tabuladores', 'tabs'],
  ['on: push\njobs: {', 2, 'cierra', 'closing'],
  ['on: push\nname: CI: tests\njobs: {}', 2, 'comillas', 'quotes'],
  ['on: pushh\njobs:\n  a: { runs-on: x, steps: [{ run: a }] }', 1, '«pushh» no va aquí', '"pushh" does not belong'],
  ['name: CI\njobs:\n  a: { runs-on: ubuntu-latest, steps: [{ run: a }] }', 1, 'Falta on', 'on is missing'],
  [job('    step: [{ run: a }]'), 5, '«step» no va aquí', '"step" does not belong'],
  [job('    steps: { run: a }'), 5, 'claves con valores', 'Keys with values'],
  [job('    steps: [{ run: "echo ${{ github.actor" }]'), 5, 'Falta el }}', 'The }}'],
  [job('    steps: [{ run: "echo ${{ githb.actor }}" }]'), 5, 'No existe «githb»', 'There is no "githb"'],
  [
    job('    steps: [{ run: "echo ${{ contain(1, 2) }}" }]'),
    5,
    'No existe la función contain',
    'There is no function contain',
  ],
  [job('    steps: [{ run: "echo ${{ contains(1) }}" }]'), 5, 'le faltan argumentos', 'lacks arguments'],
  [job('    steps: [{ run: "echo ${{ 1 + }}" }]'), 5, 'no se entiende', 'makes no sense'],
  [job('    if: secrets.KEY\n    steps: [{ run: a }]'), 5, 'No existe «secrets»', 'There is no "secrets"'],
  [
    job(`    steps: [{ run: "echo \${{ ${'('.repeat(60)}1${')'.repeat(60)} }}" }]`),
    5,
    'más de 50 veces',
    'more than 50 times',
  ],
  [
    'on: push\njobs:\n  a: { runs-on: linux, needs: b, steps: [{ run: a }] }\n  b: { runs-on: linux, needs: a, steps: [{ run: a }] }\n  c: { runs-on: linux, steps: [{ run: a }] }',
    3,
    'así no empieza ninguno',
    'neither begins',
  ],
  [
    'on: push\njobs:\n  a: { runs-on: linux, steps: [{ run: a }] }\n  b: { runs-on: linux, needs: [a, z], steps: [{ run: a }] }',
    4,
    'ningún trabajo con ese nombre',
    'no job has that name',
  ],
  [
    'on: push\njobs:\n  a: { runs-on: linux, needs: a, steps: [{ run: a }] }',
    3,
    'Ningún trabajo puede empezar',
    'No job can begin',
  ],
  ['on: push\nenv: *no\njobs: {}', 2, 'ancla &no', 'anchor &no'],
  ['on: push\nenv: &a { B: *a }\njobs: {}', 2, 'se contiene a sí misma', 'contains itself'],
  [
    'on: { schedule: [{ cron: "0 6 * *" }] }\njobs:\n  a: { runs-on: linux, steps: [{ run: a }] }',
    1,
    'cinco partes',
    'five parts',
  ],
];

test.each(mistakes)('%j', async (text, line, es, en) => {
  for (const [language, words] of [
    ['es', es],
    ['en', en],
  ] as const) {
    const { workflow, problems } = await inspectWorkflow('.github/workflows/a.yml', text, language);
    expect(workflow).toBeUndefined();
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map((one) => `${one.line}: ${one.message}`).join('\n')).toContain(words);
    expect(errors.find(({ message }) => message.includes(words))?.line).toBe(line);
  }
});

test('an expression that is too long is refused at its line', async () => {
  const text = job(`    steps: [{ run: "echo \${{ ${'1 || '.repeat(9000)}1 }}" }]`);
  const { workflow, problems } = await inspectWorkflow('.github/workflows/a.yml', text, 'en');
  expect(workflow).toBeUndefined();
  expect(problems[0]).toMatchObject({ line: 5, message: expect.stringContaining('more than') });
});

test('anchors that grow into billions are refused at once', async () => {
  const levels = Array.from({ length: 30 }, (_, n) => `  l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`);
  const text = `on: push\nx:\n  l0: &l0 [a, a]\n${levels.join('\n')}\njobs: {}`;
  const { problems } = await inspectWorkflow('.github/workflows/a.yml', text, 'en');
  expect(problems[0]?.message).toContain('more than 100000 values');
});
