import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerOf, findDay, readDayFolder, variantsOf } from './day.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'noventa-day-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

const words = "{ es: 'x', en: 'x' }";
const step = `{ id: 'd07-s1', title: ${words}, task: ${words}, kind: 'run', hints: [${words}, ${words}, ${words}], reason: ${words}, checks: [{ id: 'd07-c1', goal: ${words}, kind: 'log', run: () => ({ passed: true }) }] }`;
const good = `export const exercise = { id: 'd07', seed: 's', title: ${words}, steps: [${step}], wrong: {} };`;

/** A day's folder with such an exercise.ts. */
function dayWith(source: string, name = '07-deploy-by-script'): string {
  const folder = join(parent, name);
  mkdirSync(join(folder, 'start'), { recursive: true });
  writeFileSync(join(folder, 'start/a.txt'), 'a');
  writeFileSync(join(folder, 'exercise.ts'), source);
  return folder;
}

test('a proper day is read with its files', async () => {
  const { number, slug, exercise, pack } = await readDayFolder(dayWith(good));
  expect({ number, slug, id: exercise.id, files: Object.keys(pack.files) }).toEqual({
    number: 7,
    slug: '07-deploy-by-script',
    id: 'd07',
    files: ['a.txt'],
  });
});

test('a mistake is the solution with what its folder holds in its place; another right answer stands alone', () => {
  const folder = dayWith(good);
  const texts = {
    'solution/a.txt': 'right',
    'solution/b.txt': 'right',
    'solution/.noventa/actions.sh': 'cat a.txt',
    'wrong/one/a.txt': 'wrong',
    'wrong/two/.noventa/actions.sh': 'cat b.txt',
    'alternative/other/c.txt': 'right too',
  };
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const shown = variantsOf(folder).map((variant) => {
    const { files, actions } = answerOf(variant);
    const named = Object.entries(files).map(([path, bytes]) => `${path}: ${Buffer.from(bytes)}`);
    return [variant.name, named.join(', '), actions];
  });
  expect(shown).toEqual([
    ['start', '', ''],
    ['solution', 'a.txt: right, b.txt: right', 'cat a.txt'],
    ['alternative/other', 'c.txt: right too', ''],
    ['wrong/one', 'a.txt: wrong, b.txt: right', 'cat a.txt'],
    ['wrong/two', 'a.txt: right, b.txt: right', 'cat b.txt'],
  ]);
});

test('whoever writes a broken one is told file and field', async () => {
  const cases: readonly (readonly [source: string, says: RegExp])[] = [
    [good.replace("'d07-c1'", "'c1'"), /exercise\.ts: steps\.0\.checks\.0\.id: expected an id like d07-c1/],
    [good.replace("kind: 'run'", "kind: 'walk'"), /exercise\.ts: steps\.0\.kind/],
    [good.replace(`title: ${words}, task`, "title: { es: 'x' }, task"), /exercise\.ts: steps\.0\.title\.en/],
    [good.replace("id: 'd07', seed", "id: 'd08', seed"), /exercise\.ts: id: expected 'd07' .* found 'd08'/],
    [good.replace('export const exercise', 'export const Exercise'), /expected `export const exercise/],
    ['export const exercise = {', /exercise\.ts: cannot be bundled/],
    ["throw new Error('boom');", /exercise\.ts: fails when it is loaded: Error: boom/],
  ];
  for (const [index, [source, says]] of cases.entries()) {
    await expect(readDayFolder(dayWith(source, `07-case-${index}`))).rejects.toThrow(says);
  }
  await expect(readDayFolder(dayWith(good, 'seven'))).rejects.toThrow(/expected a name like 07-/);
});

test('a day is found by number, id and name', () => {
  const names = ['1', '01', 'd01', 'd1', '01-one-turn-of-the-loop'];
  expect(new Set(names.map(findDay)).size).toBe(1);
  expect(['0', '91', 'nothing', '../01-one-turn-of-the-loop'].map(findDay)).toEqual(Array(4).fill(undefined));
});
