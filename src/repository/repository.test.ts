import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile } from '../progress/file.ts';
import { recordOf, type StoredRecord } from '../progress/record.ts';
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
const progress = new TextEncoder().encode('{"format":"noventa-progress"}');
const start = Date.UTC(2026, 2, 2, 18);
const names = [
  { id: 'd01', folder: '01-one-turn', title: 'One turn', steps: [{ id: 'd01-s1', title: 'Run a card' }] },
  { id: 'd02', folder: '02-first-change', title: 'A change', steps: [] },
];

/** The record of a step that was passed so many minutes after the start. */
function kept(day: string, step: string, minutes: number, files: Readonly<Record<string, string>>): StoredRecord {
  const work = { now: 1_772_442_000_000, files, gone: [], left: [], passed: [`${step}-check`] };
  return recordOf({ type: 'WorkKept', day, step, work: JSON.stringify(work) }, start + minutes * 60_000);
}

const records = [
  recordOf({ type: 'DayStarted', day: 'd01' }, start - 60_000),
  kept('d01', 'd01-s1', 0, { 'plan.yaml': 'a: 1\n' }),
  kept('d02', 'd02-s1', 5, { 'seats/app.mjs': 'export {};\n' }),
  kept('d01', 'd01-s2', 9, { 'plan.yaml': 'a: 2\n', 'notes/año.md': 'ñ\n' }),
  recordOf({ type: 'DayPassed', day: 'd01' }, start + 10 * 60_000),
];

test('a commit for each step in the order of time, a tag for each day that is done, a note of what was checked', async () => {
  const repository = await buildRepository(planOf(records, names), author, '# Mine\n', progress);
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
    `.noventa/d01.json\n.noventa/d02.json\n${PROGRESS_FILE}\n01-one-turn/notes/año.md\n01-one-turn/plan.yaml\n02-first-change/seats/app.mjs\nREADME.md\n`,
  );
  expect(git(place, 'show', 'HEAD~3:01-one-turn/plan.yaml')).toBe('a: 1\n');
});

test('git clones the bundle, with every ref', async () => {
  const repository = await buildRepository(planOf(records, names), author, '# Mine\n', progress);
  writeFileSync(join(folder, 'course.bundle'), await asBundle(repository));
  git(folder, 'clone', '-q', '--mirror', 'course.bundle', 'cloned');
  expect(git(join(folder, 'cloned'), 'for-each-ref', '--format=%(objectname) %(refname)').trim().split('\n')).toEqual(
    [...repository.refs].map(([name, id]) => `${id} ${name}`).toSorted((a, b) => (a.slice(41) < b.slice(41) ? -1 : 1)),
  );
  expect(git(join(folder, 'cloned'), 'fsck', '--strict', '--full')).toBe('');
});

test('the same records give the same repository, and later ones only add to it', async () => {
  const once = await buildRepository(planOf(records, names), author, '#\n');
  expect((await buildRepository(planOf(structuredClone(records), names), author, '#\n')).refs).toEqual(once.refs);
  const later = [
    ...records,
    kept('d02', 'd02-s2', 30, { 'seats/app.mjs': 'export const a = 1;\n' }),
    // Checked once more with the same work: nothing to commit.
    kept('d02', 'd02-s2', 31, { 'seats/app.mjs': 'export const a = 1;\n' }),
    recordOf({ type: 'DayPassed', day: 'd02' }, start + 32 * 60_000),
  ];
  const grown = await buildRepository(planOf(later, names), author, '#\n');
  expect(grown.history.map(({ id }) => id).slice(0, 3)).toEqual(once.history.map(({ id }) => id));
  expect(grown.history).toHaveLength(4);
  expect([...grown.refs.keys()]).toContain('refs/tags/day-02');
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
        const random = steps.map((one, index) => kept('d01', `d01-s${index}`, index, one));
        const repository = await buildRepository(planOf(random, names), { name: person, email: `${person}@x` }, '');
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
  const repository = await buildRepository(planOf(records, names), author, '#\n', progress);
  const textsOf = async (bytes: Uint8Array): Promise<readonly string[]> =>
    Promise.all((await recordsIn(new Blob([bytes as Uint8Array<ArrayBuffer>]))).map((blob) => blob.text()));
  expect(await textsOf(await asZip(repository))).toContain('{"format":"noventa-progress"}');
  expect(await textsOf(await asZip(repository))).toHaveLength(3);
  expect(await textsOf(zipSync({ 'me-noventa-1a2b/.noventa/d07.json': progress }))).toEqual([
    '{"format":"noventa-progress"}',
  ]);
  expect(await textsOf(progress)).toEqual(['{"format":"noventa-progress"}']);
  for (const other of [
    zipSync({ 'a/b/.noventa/d07.json': progress, 'x.txt': progress }),
    (await asZip(repository)).slice(0, 900),
  ]) {
    const [same] = await recordsIn(new Blob([other as Uint8Array<ArrayBuffer>]));
    expect(new Uint8Array((await same?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(other);
  }
});

test('what each commit holds of the records is read back as an export is', async () => {
  const { history } = await buildRepository(planOf(records, names), author, '#\n');
  const read = readFile(new TextDecoder().decode(history.at(-1)?.files.get('.noventa/d01.json')));
  expect(read).toEqual({ records: [records[0], records[1], records[3]], drafts: [] });
});
