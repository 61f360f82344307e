import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runScript } from './run.ts';

// Prometheus' own scripts lie beside the project, not in it: where they are absent this says that it was skipped.
const folder = new URL('../../../shared/vectors/promql/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.test')) : [];

describe.skipIf(files.length === 0)('PromQL means what it means in Prometheus', () => {
  test.each(files)('%s', (file) => {
    const outcomes = runScript(readFileSync(new URL(file, folder), 'utf8'));
    expect(outcomes.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(0);
  });
});

test('a wrong result, an unexpected series and a missing warning are failures', () => {
  const script = `load 1m
    up{job="a"} 1 2

eval instant at 1m up
    up{job="a"} 3

eval instant at 1m up
    up{job="b"} 2

eval instant at 1m up
    expect warn
    up{job="a"} 2

eval instant at 1m up
    up{job="a"} 2`;
  expect(runScript(script).map(({ result }) => result)).toEqual(['failed', 'failed', 'failed', 'passed']);
});
