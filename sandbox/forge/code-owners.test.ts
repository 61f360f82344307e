// The examples of "About code owners", and what its warning says of gitignore's other syntax.
import { expect, test } from 'vitest';
import { ownersOf } from './code-owners.ts';

const file = `# the owners of everything else
*       @global
*.js    @js # an inline comment
/build/logs/ @doctocat
docs/*  @docs
apps/   @octocat
/docs/  @maintainers
/scripts/ @doctocat @octocat
**/logs @logs
/apps/ @octocat
/apps/github
!negated @nobody
[ab].txt @nobody
file\\ with\\ spaces @spaces
`;

test.each([
  ['README.md', ['global']],
  ['src/app.js', ['js']],
  ['build/logs/today.txt', ['logs']],
  ['docs/getting-started.md', ['maintainers']],
  ['docs/build-app/troubleshooting.md', ['maintainers']],
  ['scripts/run.sh', ['doctocat', 'octocat']],
  ['deeply/nested/logs/a', ['logs']],
  ['apps/a', ['octocat']],
  ['apps/github', undefined],
  ['apps/github/x', undefined],
  ['negated', ['global']],
  ['a.txt', ['global']],
  ['file with spaces', ['spaces']],
])('%s belongs to %s', (path, owners) => {
  expect(ownersOf(file, [path])).toEqual(owners === undefined ? [] : [owners]);
});

test.each([
  ['docs/*', 'docs/a.md', true],
  ['docs/*', 'docs/deep/a.md', false],
  ['docs/*', 'src/docs/a.md', false],
  ['apps/', 'src/apps/a', true],
  ['apps/', 'apps', false],
  ['/apps/', 'src/apps/a', false],
  ['*.md', 'a/b/c.md', true],
  ['src/**/test', 'src/a/b/test', true],
])('the pattern %s and the path %s', (pattern, path, isIts) => {
  expect(ownersOf(`${pattern} @one`, [path])).toEqual(isIts ? [['one']] : []);
});

test('a team stands for its members, and owners are told once', () => {
  const teams = { '@ventarela/web': ['nora', 'leo'] };
  expect(ownersOf('*.css @ventarela/web\n*.html @ventarela/web\n', ['a.css', 'b.html'], teams)).toEqual([
    ['nora', 'leo'],
  ]);
});
