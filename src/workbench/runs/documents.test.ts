import { expect, test } from 'vitest';
import type { Snapshot } from '../parts.ts';
import { cloneOf, createReader, inClone } from './documents.ts';
import { sampleJob, sampleRun } from './sample.ts';

function tree(texts: Readonly<Record<string, string>>): Snapshot['files'] {
  return Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      { type: 'file', mode: 0o644, mtimeMs: 0, bytes: new TextEncoder().encode(text) },
    ]),
  );
}

const run = (number: number): string => JSON.stringify(sampleRun(number, [sampleJob('build')]));
const config = '[remote "origin"]\n\turl = https://git.ventarela.test/seats.git\n\tfetch = x\n';

test('what the forge keeps of each repository, newest first, with files of artifacts', () => {
  const { repositories, broken } = createReader()(
    tree({
      '/srv/forge/seats/runs/2.json': run(2),
      '/srv/forge/seats/runs/10.json': run(10),
      '/srv/forge/seats/runs/10/artifacts/report/runs/1.json': '{}',
      '/srv/forge/seats/settings.json': '{"defaultBranch":"main"}',
      '/srv/forge/seats/checks/abc.json': '[]',
      '/srv/forge/team/web/pulls/1.json': '{"number":1,"headCommit":"abc","reviews":[]}',
      '/srv/git/seats.git/HEAD': 'ref: refs/heads/main',
    }),
  );
  expect(broken).toEqual([]);
  expect(repositories.map(({ name, runs, pulls }) => [name, runs.map((one) => one.number), pulls.length])).toEqual([
    ['seats', [10, 2], 0],
    ['team/web', [], 1],
  ]);
  expect(repositories[0]?.artifact(10, 'report').map(({ path }) => path)).toEqual(['runs/1.json']);
});

test('what cannot be read is named, and the rest is shown', () => {
  const { repositories, broken } = createReader()(
    tree({ '/srv/forge/seats/runs/1.json': '{', '/srv/forge/seats/runs/2.json': '{"number":2}' }),
  );
  expect(repositories[0]?.runs).toEqual([]);
  expect(broken).toEqual(['/srv/forge/seats/runs/1.json', '/srv/forge/seats/runs/2.json']);
});

test('a document is parsed again only when its bytes have changed', () => {
  const read = createReader();
  const first = read(tree({ '/srv/forge/seats/runs/1.json': run(1) })).repositories[0]?.runs[0];
  const same = read(tree({ '/srv/forge/seats/runs/1.json': run(1) })).repositories[0]?.runs[0];
  const other = read(tree({ '/srv/forge/seats/runs/1.json': run(2) })).repositories[0]?.runs[0];
  expect(same).toBe(first);
  expect(other?.number).toBe(2);
});

test("a file of the repository in the learner's copy of it", () => {
  const files = tree({ '/home/dev/work/.git/config': config, '/home/dev/work/app.mjs': 'x' });
  const clone = cloneOf(files, 'seats');
  expect(clone).toBe('/home/dev/work');
  expect(cloneOf(files, 'eats')).toBeUndefined();
  expect(inClone(files, clone, './app.mjs')).toBe('/home/dev/work/app.mjs');
  expect(inClone(files, clone, '/home/runner/work/seats/seats/app.mjs')).toBe('/home/dev/work/app.mjs');
  expect(inClone(files, clone, 'gone.mjs')).toBeUndefined();
});
