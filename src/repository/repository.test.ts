import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DayProgress } from '../progress/contract.ts';
import { untouched } from '../progress/fold.ts';
import { asBundle, asZip, buildRepository } from './build.ts';
import { planOf } from './plan.ts';
import { PROGRESS_FILE } from './progress-file.ts';
import { recordsIn } from './records-in.ts';

// What comes out is read by the real git of this machine.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noventa-repository-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function unpack(files: Readonly<Record<string, Uint8Array>>, name: string): string {
  const place = join(folder, name);
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), bytes);
  }
  return place;
}

const author = { name: 'Ana "Nina" Prado', email: 'ana@ventarela.test' };
const records = new TextEncoder().encode('{"format":"noventa-progress"}');
const start = Date.UTC(2026, 2, 2, 18);
const names = [
  { id: 'd01', folder: '01-one-turn', title: 'One turn', steps: [{ id: 'd01-s1', title: 'Run a card' }] },
  { id: 'd02', folder: '02-first-change', title: 'A change', steps: [] },
];

function worked(
  state: DayProgress['state'],
  steps: Readonly<Record<string, readonly [minutes: number, files: Record<string, string>]>>,
): DayProgress {
  const work = Object.entries(steps).map(([step, [minutes, files]]) => [
    step,
    { at: start + minutes * 60_000, now: 1_772_442_000_000, files, gone: [], left: [], passed: [`${step}-check`] },
  ]);
  return { ...untouched, state, work: Object.fromEntries(work) };
}

const days = {
  d01: worked('done', {
    'd01-s1': [0, { 'plan.yaml': 'a: 1\n' }],
    'd01-s2': [9, { 'plan.yaml': 'a: 2\n', 'notes/año.md': 'ñ\n' }],
  }),
  d02: worked('started', { 'd02-s1': [5, { 'seats/app.mjs': 'export {};\n' }] }),
};

test('a commit for each step in the order of time, a tag for each day that is done, a note of what was checked', async () => {
  const repository = await buildRepository(planOf(days, names), author, records, '# Mine\n');
  const place = join(unpack(unzipSync(await asZip(repository)), 'clone'), 'noventa');
  expect(git(place, 'fsck', '--strict', '--full')).toBe('');
  expect(git(place, 'status', '--porcelain')).toBe('');
  expect(git(place, 'log', '--reverse', '--format=%s|%an|%aI')).toBe(
    [
      'One turn: Run a card|Ana "Nina" Prado|2026-03-02T18:00:00+00:00',
      'A change: d02-s1|Ana "Nina" Prado|2026-03-02T18:05:00+00:00',
      'One turn: d01-s2|Ana "Nina" Prado|2026-03-02T18:09:00+00:00',
      'Keep the records of progress|Ana "Nina" Prado|2026-03-02T18:09:00+00:00',
      '',
    ].join('\n'),
  );
  expect(git(place, 'tag', '-n1')).toBe('day-01          One turn: d01-s2\n');
  expect(git(place, 'notes', 'show', 'day-01^{commit}')).toContain('passed: d01-s2-check');
  expect(git(place, '-c', 'core.quotePath=false', 'ls-files')).toBe(
    `${PROGRESS_FILE}\n01-one-turn/notes/año.md\n01-one-turn/plan.yaml\n02-first-change/seats/app.mjs\nREADME.md\n`,
  );
  expect(git(place, 'show', 'HEAD~3:01-one-turn/plan.yaml')).toBe('a: 1\n');
});

test('git clones the bundle, with every ref', async () => {
  const repository = await buildRepository(planOf(days, names), author, records, '# Mine\n');
  writeFileSync(join(folder, 'course.bundle'), await asBundle(repository));
  git(folder, 'clone', '-q', '--mirror', 'course.bundle', 'cloned');
  expect(git(join(folder, 'cloned'), 'for-each-ref', '--format=%(objectname) %(refname)').trim().split('\n')).toEqual(
    [...repository.refs].map(([name, id]) => `${id} ${name}`).toSorted((a, b) => (a.slice(41) < b.slice(41) ? -1 : 1)),
  );
  expect(git(join(folder, 'cloned'), 'fsck', '--strict', '--full')).toBe('');
});

test('the same progress gives the same repository, and one more step only adds to it', async () => {
  const once = await buildRepository(planOf(days, names), author, records, '#\n');
  expect((await buildRepository(planOf(structuredClone(days), names), author, records, '#\n')).refs).toEqual(once.refs);
  const later = {
    ...days,
    d02: worked('done', {
      ...Object.fromEntries([['d02-s1', [5, { 'seats/app.mjs': 'export {};\n' }] as const]]),
      'd02-s2': [30, {}],
    }),
  };
  const grown = await buildRepository(planOf(later, names), author, records, '#\n');
  const commits = (ids: typeof once): readonly string[] =>
    ids.objects.filter(({ type }) => type === 'commit').map(({ id }) => id);
  expect(commits(grown)).toEqual(expect.arrayContaining(commits(once).slice(0, 3)));
});

test('whatever stands in the records, git accepts what comes out', async () => {
  const name = fc.oneof(
    fc.constantFrom('a', 'b', 'a.b', 'a-b', 'A', '.git', '..', 'x/y', 'a/b', 'a0', 'año'),
    fc.string({ minLength: 1, maxLength: 8 }),
  );
  const files = fc.dictionary(name, fc.string({ maxLength: 40 }), { maxKeys: 6 });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(files, { minLength: 1, maxLength: 4 }),
      fc.string({ maxLength: 30 }),
      async (steps, person) => {
        const work = Object.fromEntries(steps.map((one, index) => [`d01-s${index}`, [index, one] as const]));
        const plan = planOf({ d01: worked('done', work) }, names);
        const repository = await buildRepository(plan, { name: person, email: `${person}@x` }, records, '');
        const place = join(folder, `random-${round++}`);
        writeFileSync(`${place}.bundle`, await asBundle(repository));
        git(folder, 'clone', '-q', '--mirror', `${place}.bundle`, place);
        expect(git(place, 'fsck', '--strict', '--full')).toBe('');
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test('the records come back out of the archive, of a host’s archive, and of nothing else', async () => {
  const repository = await buildRepository(planOf(days, names), author, records, '#\n');
  const textOf = async (bytes: Uint8Array): Promise<string> =>
    (await recordsIn(new Blob([bytes as Uint8Array<ArrayBuffer>]))).text();
  expect(await textOf(await asZip(repository))).toBe('{"format":"noventa-progress"}');
  expect(await textOf(zipSync({ [`me-noventa-1a2b/${PROGRESS_FILE}`]: records }))).toBe(
    '{"format":"noventa-progress"}',
  );
  expect(await textOf(records)).toBe('{"format":"noventa-progress"}');
  const other = zipSync({ [`a/b/${PROGRESS_FILE}`]: records, 'x.txt': records });
  expect(new Uint8Array(await (await recordsIn(new Blob([other]))).arrayBuffer())).toEqual(other);
  const broken = (await asZip(repository)).slice(0, 900);
  expect(new Uint8Array(await (await recordsIn(new Blob([broken]))).arrayBuffer())).toEqual(broken);
});
