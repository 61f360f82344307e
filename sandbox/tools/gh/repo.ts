// `gh repo`
import { fullNameOf, makeFork, openForge, openOrigin } from '../../forge/index.ts';
import { repository as changeRepository } from './api/repository.ts';
import type { Json } from './api/request.ts';
import { ApiStop } from './api/request.ts';
import { GhStop, type Given } from './given.ts';
import { printFields } from './json.ts';
import { type Place, urlOf } from './place.ts';
import { jsonFlags, type Subcommand } from './subcommand.ts';

const fields = (
  'defaultBranchRef deleteBranchOnMerge description isPrivate mergeCommitAllowed name nameWithOwner owner rebaseMergeAllowed ' +
  'squashMergeAllowed url viewerPermission visibility'
).split(' ');

/** Flag → what the REST interface calls it. */
const switches = {
  'delete-branch-on-merge': 'delete_branch_on_merge',
  'enable-merge-commit': 'allow_merge_commit',
  'enable-rebase-merge': 'allow_rebase_merge',
  'enable-squash-merge': 'allow_squash_merge',
} as const;

/** Of a repository that is named, or of that of the folder; then its remote `origin` becomes `upstream`, as gh does it. */
async function fork(place: Place, given: Given): Promise<number> {
  const { io, login, repository } = place;
  const [asked] = given.words;
  const named = asked?.replace(/^(?:https:\/\/git\.ventarela\.test\/)?(?:ventarela\/)?/, '').replace(/\.git$/, '');
  const source = named === undefined ? place.forge : openForge(io.machine, named);
  if (!io.machine.files.exists(`${source.place.gitdir}/HEAD`))
    throw new GhStop(
      `failed to fork: HTTP 404: Not Found (https://git.ventarela.test/api/v3/repos/${fullNameOf(named ?? repository)}/forks)`,
    );
  const answer = await makeFork(source, login);
  const name = `${login}/${source.repository}`;
  if (!answer.ok && !answer.why.endsWith('already exists')) throw new GhStop(`failed to fork: HTTP 403: ${answer.why}`);
  const url = `https://git.ventarela.test/${name}.git`;
  if (io.isTerminal) io.stderr(answer.ok ? `✓ Created fork ${name}\n` : `! ${name} already exists\n`);
  else if (answer.ok) io.stdout(`https://git.ventarela.test/${name}\n`);
  else io.stderr(`${name} already exists\n`);
  const git = async (...words: readonly string[]): Promise<void> => {
    const ran = await io.run?.({ words: ['git', ...words] });
    if (ran !== undefined && ran.exitCode !== 0) throw new GhStop(`failed to run git: ${ran.stderr.trimEnd()}`);
  };
  const parent = `https://git.ventarela.test/${source.repository}.git`;
  if (named !== undefined && given.has('clone')) {
    await git('clone', '-q', url);
    await git('-C', source.repository, 'remote', 'add', 'upstream', parent);
    await git('-C', source.repository, 'fetch', '-q', 'upstream');
    if (io.isTerminal) io.stderr('✓ Cloned fork\n');
  }
  if (named === undefined && given.has('remote')) {
    const remote = given.value('remote-name') ?? 'origin';
    if (remote === 'origin') await git('remote', 'rename', 'origin', 'upstream');
    await git('remote', 'add', remote, url);
    await git('fetch', '-q', remote);
    if (io.isTerminal) io.stderr(`✓ Added remote ${remote}\n`);
  }
  return 0;
}

export const repoCommands: Readonly<Record<string, Subcommand>> = {
  view: {
    use: '[<repository>]',
    short: 'Display the description and the README of a GitHub repository.',
    flags: { 'branch b=': 'View a specific branch of the repository', ...jsonFlags },
    fields,
    async run(place, given) {
      const { io, store, fullName, repository, login } = place;
      const [asked] = given.words;
      if (asked !== undefined && asked.replace(/^ventarela\//, '') !== repository)
        throw new GhStop(`GraphQL: Could not resolve to a Repository with the name '${asked}'. (repository)`);
      const { description, defaultBranch, deleteBranchOnMerge, isPrivate, methods, admins } = store.settings();
      if (given.has('json'))
        return printFields(place, given, fields, {
          defaultBranchRef: { name: defaultBranch },
          deleteBranchOnMerge,
          description,
          isPrivate,
          mergeCommitAllowed: methods.includes('merge'),
          name: repository,
          nameWithOwner: fullName,
          owner: { login: fullName.split('/')[0] },
          rebaseMergeAllowed: methods.includes('rebase'),
          squashMergeAllowed: methods.includes('squash'),
          url: urlOf(place),
          viewerPermission: admins.includes(login) ? 'ADMIN' : 'WRITE',
          visibility: isPrivate ? 'PRIVATE' : 'PUBLIC',
        });
      const readme = await openOrigin(io.machine, repository)?.read(
        given.value('branch') ?? defaultBranch,
        'README.md',
      );
      if (io.isTerminal)
        io.stdout(
          `${fullName}\n${description || 'No description provided'}\n\n${readme === undefined ? 'This repository does not have a README' : readme.trimEnd().replace(/^(?=.)/gm, '  ')}\n\nView this repository on GitHub: ${urlOf(place)}\n`,
        );
      else
        io.stdout(`name:\t${fullName}\ndescription:\t${description}\n${readme === undefined ? '' : `--\n${readme}\n`}`);
      return 0;
    },
  },
  fork: {
    use: '[<repository>]',
    short: 'Create a fork of a repository.',
    flags: {
      clone: 'Clone the fork',
      remote: 'Add a git remote for the fork',
      'remote-name=': 'Specify the name for the new remote (default "origin")',
    },
    run: fork,
  },
  edit: {
    use: '[<repository>]',
    short: 'Edit repository settings.',
    flags: {
      'default-branch=': 'Set the default branch `name` for the repository',
      'delete-branch-on-merge': 'Delete head branch when pull requests are merged',
      'description d=': 'Description of the repository',
      'enable-merge-commit': 'Enable merging pull requests via merge commit',
      'enable-rebase-merge': 'Enable merging pull requests via rebase',
      'enable-squash-merge': 'Enable merging pull requests via squashed commit',
    },
    async run(place, given) {
      const [description, branch] = [given.value('description'), given.value('default-branch')];
      const body: Record<string, Json> = {
        ...(description !== undefined && { description }),
        ...(branch !== undefined && { default_branch: branch }),
      };
      for (const [flag, key] of Object.entries(switches))
        if (given.value(flag) !== undefined) body[key] = given.has(flag);
      if (Object.keys(body).length === 0) throw new GhStop('specify properties to edit when not running interactively');
      try {
        await changeRepository({ place, method: 'PATCH', rest: '', query: {}, body });
      } catch (error) {
        if (!(error instanceof ApiStop)) throw error;
        throw new GhStop(
          `HTTP ${error.status}: ${error.message}${error.errors.map((one) => `\n${String(one)}`).join('')}`,
        );
      }
      if (place.io.isTerminal) place.io.stdout(`✓ Edited repository ${place.fullName}\n`);
      return 0;
    },
  },
};
