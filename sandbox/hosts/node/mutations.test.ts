import { expect, test } from 'vitest';
import { mutantsOf } from './mutations.ts';

const slipsOf = (path: string, text: string): readonly string[] =>
  mutantsOf(path, text).map(({ line, slip }) => `${line} ${slip}`);

test('an alert loses its matcher, its direction and its patience', () => {
  expect(slipsOf('alerts.yaml', 'expr: rate(errors{service="seats",code=~"5.."}[5m]) > 2\nfor: 1m')).toEqual([
    '1 line left out: expr: rate(errors{service="seats",code=~"5.."}[5m]) > 2',
    '1 turned: =~ → !~',
    '1 turned: > → <=',
    '1 number: 5 → 2',
    '1 number: 5 → 10',
    '1 number: 2 → 1',
    '1 number: 2 → 4',
    '1 matcher left out: service="seats", → nothing',
    '1 matcher left out: code=~"5.." → nothing',
    '1 string: "seats" → "seatsx"',
    '1 string: "5.." → "5..x"',
    '2 line left out: for: 1m',
    '2 number: 1 → 0',
    '2 number: 1 → 2',
  ]);
});

test('a script loses a filter, an option, a condition and what was to be done then', () => {
  expect(
    mutantsOf('deploy.sh', '# why\nif ! curl -f /trips | grep -q T01; then exit 1; fi').map(({ text }) => text),
  ).toEqual([
    '# why',
    '# why\nif curl -f /trips | grep -q T01; then exit 1; fi',
    '# why\nif ! curl -f /trips | grep -q T01; then exit 0; fi',
    '# why\nif ! curl -f /trips | grep -q T01; then exit 2; fi',
    '# why\nif ! curl -f /trips; then exit 1; fi',
    '# why\nif ! curl -f /trips | grep -q T01; fi',
    '# why\nif ! curl -f /trips | grep -q T01; then exit 1',
    '# why\nif ! curl /trips | grep -q T01; then exit 1; fi',
    '# why\nif ! curl -f /trips | grep T01; then exit 1; fi',
  ]);
});

test('a list loses each of its items', () => {
  expect(mutantsOf('plan.yaml', 'services: [seats, mail]').map(({ text }) => text)).toEqual([
    '',
    'services: [mail]',
    'services: [seats, ]',
  ]);
});
