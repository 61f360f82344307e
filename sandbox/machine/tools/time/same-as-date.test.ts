// Every zone of the table against the `date` of this machine, around each change of clocks and at moments over five years.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { table, zoneOf } from './zones.ts';

const HOUR = 3_600_000;
const names = table.split('\n').flatMap((row) => row.split(':')[0]?.split(' ').filter(Boolean) ?? []);

/** One a day, at an hour that moves on, from 2025 to 2029. */
const moments = Array.from({ length: 1826 }, (_, day) => Date.UTC(2025, 0, 1) + day * 25 * HOUR);

it.each(names)('%s', (name) => {
  const zone = zoneOf(name);
  const ours = moments.map((ms) => {
    const { offset, abbreviation } = zone?.(ms) ?? { offset: Number.NaN, abbreviation: '' };
    const size = Math.abs(offset);
    const digits = String(Math.floor(size / 60) * 100 + (size % 60)).padStart(4, '0');
    return `${ms / 1000} ${offset < 0 ? '-' : '+'}${digits} ${abbreviation}`;
  });
  const input = moments.map((ms) => `@${ms / 1000}`).join('\n');
  const { stdout } = spawnSync('date', ['-f', '-', '+%s %z %Z'], { input, encoding: 'utf8', env: { TZ: name } });
  const real = stdout.trimEnd().split('\n');
  const at = ours.findIndex((line, index) => line !== real[index]);
  expect([ours.length, ours[at]]).toEqual([real.length, real[at]]);
});
