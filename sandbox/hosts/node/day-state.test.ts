import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDay, readActions, readFolder } from '../build/day.ts';
import { lasting, readDay } from './day-state.ts';
import { openSandbox } from './sandbox.ts';

let parent: string;
let folder: string;
const words = "{ es: 'x', en: 'x' }";
const exercise = (stateFrom: string): string =>
  `export const exercise = { id: 'd99', seed: 's', stateFrom: '${stateFrom}', title: ${words}, wrong: {}, steps: [{ id: 'd99-s1', title: ${words}, task: ${words}, kind: 'run', hints: [${words}, ${words}, ${words}], reason: ${words}, checks: [{ id: 'd99-c1', goal: ${words}, kind: 'log', run: () => ({ passed: true }) }] }] };`;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'noventa-state-'));
  folder = join(parent, '99-made-for-a-test');
  mkdirSync(join(folder, 'start/seats'), { recursive: true });
  writeFileSync(join(folder, 'start/seats/today.md'), 'new\n');
});
afterEach(() => rmSync(parent, { recursive: true }));

test('a day begins where the solution of an earlier one ended, on the morning of its own date, with its own files over it', async () => {
  writeFileSync(join(folder, 'exercise.ts'), exercise('d02'));
  const sandbox = await openSandbox({ day: await readDay(folder), language: 'en' });
  const begun = await sandbox.snapshot();
  const { stdout } = await sandbox.run('git -C seats branch; cat seats/today.md; date +%FT%R; ls /tmp');
  sandbox.close();
  expect(stdout).toBe('* chore/ignore-secrets\n  fix/from-filter\n  main\nnew\n2026-07-16T09:00\n');

  // Held against a run of that solution that is made here and now: what is kept is current.
  const before = await readDay(findDay('d02') ?? '');
  const solution = join(before.folder, 'solution');
  const fresh = await openSandbox({ day: before, language: 'en', files: readFolder(solution) });
  await fresh.run(readActions(solution));
  const { files } = await fresh.snapshot();
  fresh.close();
  // How far the service of runs has read the log begins anew with the log.
  const isKept = (path: string): boolean => /^\/(srv|home\/dev\/seats)\//.test(path) && path !== '/srv/forge/seen.json';
  const same = Object.keys(files).filter(isKept);
  expect(same.length).toBeGreaterThan(50);
  expect(same.filter((path) => JSON.stringify(begun.files[path]) !== JSON.stringify(files[path]))).toEqual([]);
});

test('what was told of one day’s log is not handed on, and what people have read is', () => {
  const file = { type: 'file', mode: 0o644, bytes: new Uint8Array() } as never;
  const left = { '/srv/alerting/told': file, '/srv/alerting/state.json': file, '/srv/messages.jsonl': file };
  expect(Object.keys(lasting(left))).toEqual(['/srv/alerting/state.json', '/srv/messages.jsonl']);
});

test('a day that would begin from itself, or from one that is not there, is refused by name', async () => {
  writeFileSync(join(folder, 'exercise.ts'), exercise('d98'));
  await expect(readDay(folder)).rejects.toThrow('stateFrom: there is no day d98');
});
