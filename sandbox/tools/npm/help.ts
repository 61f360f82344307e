import type { Manifest } from './project.ts';
import { npmVersion } from './version-number.ts';

/** Commands that are here. */
export const here =
  'audit ci config exec explain get help init install ls outdated pack pkg prefix prune publish root run set start stop test uninstall update version view whoami'.split(
    ' ',
  );

/** The commands of the real npm, with what its suggestions say of those that are often mistyped. */
export const realCommands = (
  'access adduser approve-scripts audit bugs cache ci completion config dedupe deny-scripts deprecate diff dist-tag docs doctor edit ' +
  'exec explain explore find-dupes fund get help help-search init install install-ci-test install-scripts install-test link ll login ' +
  'logout ls org outdated owner pack ping pkg prefix profile prune publish query rebuild repo restart root run sbom search set ' +
  'shrinkwrap stage star stars start stop team test token trust undeprecate uninstall unpublish unstar update version view whoami'
).split(' ');

const described: Readonly<Record<string, string>> = {
  set: 'Set a value in the npm configuration',
  get: 'Get a value from the npm configuration',
  ls: 'List installed packages',
  ci: 'Clean install a project',
  run: 'Run arbitrary package scripts',
  exec: 'Run a command from a local or remote npm package',
  uninstall: 'Remove a package',
  outdated: 'Check for outdated packages',
  config: 'Manage the npm configuration files',
  help: 'Get help on npm',
  root: 'Display npm root',
  prefix: 'Display prefix',
  pkg: 'Manages your package.json',
  prune: 'Remove extraneous packages',
  explain: 'Explain installed packages',
  whoami: 'Display npm username',
  start: 'Start a package',
  stop: 'Stop a package',
  star: 'Mark your favorite packages',
  stars: 'View packages marked as favorites',
  test: 'Test a package',
  restart: 'Restart a package',
  install: 'Install a package',
  update: 'Update packages',
  pack: 'Create a tarball from a package',
  version: 'Bump a package version',
  audit: 'Run a security audit',
  publish: 'Publish a package',
  link: 'Symlink a package folder',
  init: 'Create a package.json file',
  view: 'View registry info',
  docs: 'Open documentation for a package in a web browser',
  ping: 'Ping npm registry',
  team: 'Manage organization teams and team memberships',
  edit: 'Edit an installed package',
};

export const usage = `npm <command>

Usage:

npm install        install all the dependencies in your project
npm install <foo>  add the <foo> dependency to your project
npm test           run this project's tests
npm run <foo>      run the script named <foo>

Commands that are part of this sandbox:

    ${here.slice(0, 12).join(', ')},
    ${here.slice(12).join(', ')}

npm@${npmVersion} /usr/lib/node_modules/npm
`;

/** Steps of adding, dropping or changing a letter from one word to another (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** What npm suggests for a word that it does not know, as lines; none when nothing is near. */
export function similarCommands(typed: string, { scripts = {}, bin }: Manifest): readonly string[] {
  const near = (name: string): boolean => distance(typed, name) < typed.length * 0.4;
  const bins = typeof bin === 'object' ? Object.keys(bin) : [];
  const best = [
    ...realCommands
      .filter((name) => near(name) && name !== typed)
      .map((name) => `  npm ${name} # ${described[name] ?? name}`),
    ...Object.keys(scripts)
      .filter((name) => near(name) && !['stop', 'start', 'test', 'restart'].includes(name))
      .map((name) => `  npm run ${name} # run the "${name}" package script`),
    ...bins
      .filter(near)
      .map((name) => `  npm exec ${name} # run the "${name}" command from either this or a remote npm package`),
  ];
  if (best.length === 0) return [];
  return ['', `Did you mean ${best.length === 1 ? 'this' : 'one of these'}?`, ...best.slice(0, 3)];
}
