import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { mergeText } from './merge-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'noventa-merge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `git merge-file` diffs with Myers unless it is told; a merge of commits uses the histogram. */
function byGit(base: string, ours: string, theirs: string): { readonly text: string; readonly conflicts: number } {
  for (const [name, text] of Object.entries({ base, ours, theirs })) writeFileSync(join(folder, name), text);
  const script = `rm -rf repo && git init -q repo && cd repo && export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
    tree() { printf '100644 blob %s\\tf\\n' "$(git hash-object -w ../$1)" | git mktree; }
    base=$(git commit-tree -m b $(tree base)); ours=$(git commit-tree -p $base -m o $(tree ours)); theirs=$(git commit-tree -p $base -m t $(tree theirs))
    git update-ref refs/heads/ours $ours; git update-ref refs/heads/theirs $theirs
    tree=$(git merge-tree --write-tree ours theirs | head -n 1); git cat-file blob $tree:f > ../result`;
  const { stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  const text = spawnSync('cat', [join(folder, 'result')], { encoding: 'utf8' }).stdout;
  return { text, conflicts: text.match(/^<{7} /gm)?.length ?? 0 };
}

const labels = { ours: 'ours', theirs: 'theirs', base: '' };

const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', '}'), { maxLength: 14 }), fc.boolean())
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

test('a merge of any three texts is the one that git makes, markers and all', () => {
  fc.assert(
    fc.property(text, text, text, (base, ours, theirs) => {
      fc.pre(ours !== theirs);
      expect(mergeText({ base, ours, theirs, labels })).toEqual(byGit(base, ours, theirs));
    }),
    { numRuns: 20, seed: 3 },
  );
}, 60_000);

test('one side may be told to win', () => {
  const three = { base: 'a\nb\nc\n', ours: 'a\nours\nc\n', theirs: 'a\ntheirs\nc\n', labels };
  expect(mergeText({ ...three, favor: 'ours' })).toEqual({ text: three.ours, conflicts: 0 });
  expect(mergeText({ ...three, favor: 'theirs' })).toEqual({ text: three.theirs, conflicts: 0 });
  expect(mergeText({ ...three, favor: 'union' })).toEqual({ text: 'a\nours\ntheirs\nc\n', conflicts: 0 });
});

test('the older form of markers shows the common ancestor', () => {
  const three = { base: 'a\nb\nc\n', ours: 'a\nours\nc\n', theirs: 'a\ntheirs\nc\n' };
  expect(mergeText({ ...three, labels: { ...labels, base: 'abc' }, style: 'diff3' }).text).toBe(
    'a\n<<<<<<< ours\nours\n||||||| abc\nb\n=======\ntheirs\n>>>>>>> theirs\nc\n',
  );
});
