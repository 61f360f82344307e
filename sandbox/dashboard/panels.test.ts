import { expect, test } from 'vitest';
import { readPanels } from './panels.ts';

test('a file of panels', () => {
  const file = `panels:
  - title: Errors
    expr: sum(rate(front_requests_total{code="500"}[5m]))
    unit: per_second
    thresholds: { warning: 0.1, critical: 1 }
  - title: Latency
    expr:
      p50: a
      p95: b
`;
  expect(readPanels(file, 'panels.yaml')).toEqual({
    ok: true,
    panels: [
      {
        title: 'Errors',
        lines: [{ name: '', expr: 'sum(rate(front_requests_total{code="500"}[5m]))' }],
        unit: 'per_second',
        thresholds: { warning: 0.1, critical: 1 },
      },
      {
        title: 'Latency',
        lines: [
          { name: 'p50', expr: 'a' },
          { name: 'p95', expr: 'b' },
        ],
        unit: 'number',
        thresholds: {},
      },
    ],
  });
});

test.each([
  ['panels: []', 1, 'panels: expected from 1 to 40 panels, found […]'],
  ['panels:\n  - expr: a', 2, 'panels[0].title is missing: expected a text'],
  ['panels:\n  - title: x\n    expr: [1]', 3, 'panels[0].expr: expected a PromQL expression, or up to 12 with names'],
  ['panels:\n  - title: x\n    expr: a\n    unit: ms', 4, 'panels[0].unit: expected one of: number, per_second'],
  [
    'panels:\n  - title: x\n    expr: a\n    color: red',
    4,
    'panels[0].color is not a field here; those there are: title',
  ],
  ['panels:\n  - title: ""\n    expr: a', 2, 'panels[0].title: expected a text of 1 to 80 characters, found ""'],
  ['panels: {', 1, 'this is not valid YAML'],
  ['__proto__: {}', 1, '__proto__'],
])('what is wrong with %j stands at line %i', (text, line, message) => {
  const read = readPanels(text, 'panels.yaml');
  expect(read.ok ? [] : read.problems.map((one) => [one.line, one.message.en])).toEqual([
    [line, expect.stringContaining(message)],
  ]);
});
