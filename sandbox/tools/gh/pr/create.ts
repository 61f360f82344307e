// `gh pr create`
import { commitData, commitsBetween } from '../../../forge/git/index.ts';
import { folderOfUrl, openPull, ownerOf, pullUrl, tipOfHead } from '../../../forge/index.ts';
import { GhStop, type Given } from '../given.ts';
import type { Place } from '../place.ts';
import type { Subcommand } from '../subcommand.ts';
import { bodyOf, listOf, loginsOf, plural } from '../texts.ts';
import { branchHere, git } from './find.ts';

export const create: Subcommand = {
  short: 'Create a pull request on GitHub.',
  flags: {
    'assignee a=': 'Assign people by their `login`. Use "@me" to self-assign.',
    'base B=': 'The `branch` into which you want your code merged',
    'body b=': 'Body for the pull request',
    'body-file F=': 'Read body text from `file` (use "-" to read from standard input)',
    'draft d': 'Mark pull request as a draft',
    'fill f': 'Use commit info for title and body',
    'fill-first': 'Use first commit info for title and body',
    'fill-verbose': 'Use commits msg+body for description',
    'head H=': 'The `branch` that contains commits for your pull request (default [current branch])',
    'label l=': 'Add labels by `name`',
    'reviewer r=': 'Request reviews from people or teams by their `handle`',
    'title t=': 'Title for the pull request',
  },
  async run(place, given) {
    const { io, store, forge, login, repository, fullName } = place;
    const isFilled = given.has('fill') || given.has('fill-first') || given.has('fill-verbose');
    const [title, body] = [given.value('title'), bodyOf(place, given)];
    if (given.words.length > 0)
      throw new GhStop(`unknown argument "${given.words[0]}"; please quote all values that have spaces`);
    for (const [one, other] of [
      ['fill', 'fill-first'],
      ['fill-verbose', 'fill-first'],
      ['fill-verbose', 'fill'],
    ] as const)
      if (given.has(one) && given.has(other)) throw new GhStop(`\`--${one}\` is not supported with \`--${other}\``);
    if (!isFilled && (title === undefined || body === undefined))
      throw new GhStop(
        'must provide `--title` and `--body` (or `--fill` or `fill-first` or `--fillverbose`) when not running interactively',
      );
    const base = given.value('base') ?? store.settings().defaultBranch;
    const head = (given.value('head') ?? (await pushedBranch(place, base))).replace(/^ventarela:/, '');
    const headCommit = await tipOfHead(forge, head);
    const same = store.pulls().find((one) => one.state === 'OPEN' && one.head === head && one.base === base);
    if (same !== undefined)
      throw new GhStop(
        `a pull request for branch "${head}" into branch "${base}" already exists:\n${pullUrl(repository, same.number)}`,
      );
    const filled = isFilled ? await fromCommits(place, base, head, headCommit, given) : { title: '', body: '' };
    const isDraft = given.has('draft');
    if (io.isTerminal)
      io.stderr(`\nCreating ${isDraft ? 'draft ' : ''}pull request for ${head} into ${base} in ${fullName}\n\n`);
    const answer = await openPull(forge, {
      title: title ?? filled.title,
      body: body ?? filled.body,
      head,
      ...(headCommit !== undefined && { headCommit }),
      base,
      by: login,
      isDraft,
      labels: listOf(given, 'label'),
      assignees: loginsOf(place, given, 'assignee'),
      reviewers: loginsOf(place, given, 'reviewer'),
    });
    if (!answer.ok) throw new GhStop(`pull request create failed: GraphQL: ${answer.why} (createPullRequest)`);
    io.stdout(`${pullUrl(repository, answer.value.number)}\n`);
    return 0;
  },
};

/** The current branch, which must be on the forge as it is here. @throws GhStop */
async function pushedBranch(place: Place, base: string): Promise<string> {
  const branch = await branchHere(place);
  const status = await git(place, 'status', '--porcelain');
  const changed = status.stdout.split('\n').filter((line) => line !== '').length;
  if (changed > 0) place.io.stderr(`Warning: ${plural(changed, 'uncommitted change')}\n`);
  const local = (await git(place, 'rev-parse', 'HEAD')).stdout.trim();
  const merge = await git(place, 'config', `branch.${branch}.merge`);
  const name = merge.exitCode === 0 ? merge.stdout.trim().replace('refs/heads/', '') : branch;
  const url = (await git(place, 'remote', 'get-url', 'origin')).stdout.trim();
  const owner = ownerOf(folderOfUrl(url)?.name ?? '');
  if (owner !== undefined) {
    const head = `${owner}:${name}`;
    if ((await tipOfHead(place.forge, head)) === local) return head;
    throw new GhStop('aborted: you must first push the current branch to a remote, or use the --head flag');
  }
  if (name === base) throw new GhStop(`must be on a branch named differently than "${base}"`);
  if ((await place.forge.tip(name)) === local) return name;
  if (branch === base) throw new GhStop(`must be on a branch named differently than "${base}"`);
  throw new GhStop('aborted: you must first push the current branch to a remote, or use the --head flag');
}

async function fromCommits(
  { forge }: Place,
  base: string,
  head: string,
  to: string | undefined,
  given: Given,
): Promise<{ readonly title: string; readonly body: string }> {
  const from = await forge.tip(base);
  const ids = from === undefined || to === undefined ? [] : await commitsBetween(forge.place, [from], to);
  if (ids.length === 0)
    throw new GhStop(
      `could not compute title or body defaults: could not find any commits between ${base} and ${head}`,
    );
  const commits = await Promise.all(
    ids.map(async (oid) => {
      const [title = '', ...rest] = (await commitData(forge.place, oid)).message.trimEnd().split('\n');
      return { title, body: rest.join('\n').trim() };
    }),
  );
  const [first] = commits;
  if (first !== undefined && (commits.length === 1 || given.has('fill-first'))) return first;
  const isVerbose = given.has('fill-verbose');
  const list = commits.map(
    ({ title, body }) => `- **${title}**\n${isVerbose && body !== '' ? `  ${body.replaceAll('\n', '\n  ')}\n` : ''}`,
  );
  // gh makes words of the branch's name: `fix/menu-order` becomes `fix/menu order`.
  return { title: head.replaceAll(/[_-]/g, ' '), body: list.join(isVerbose ? '\n' : '') };
}
