import * as git from 'isomorphic-git';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { unstaged } from './diff.ts';
import { GitStop, lastValue, type OptionTable, readOptions } from './options.ts';
import { changesBetween, renames, sumOf } from './patch.ts';
import { nothingToCommit } from './status.ts';
import {
  config,
  currentBranch,
  headTree,
  matches,
  pathInWork,
  quotedPath,
  readIndex,
  resolve,
  short,
  stage,
  stageEntry,
  type Work,
} from './work.ts';

const options: OptionTable = {
  '-m': { as: 'message', value: true },
  '--message': { as: 'message', value: true },
  '-F': { as: 'file', value: true },
  '--file': { as: 'file', value: true },
  '-a': { as: 'all' },
  '--all': { as: 'all' },
  '--amend': { as: 'amend' },
  '--no-edit': { as: 'no-edit' },
  '--allow-empty': { as: 'allow-empty' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--author': { as: 'author', value: true },
};

/** `git commit`: records the index as a new commit on the current branch. */
export async function commit(work: Work, args: readonly string[]): Promise<number> {
  const { io } = work;
  const parsed = readOptions('commit', args, options);
  const { flags } = parsed;
  const amend = flags.has('amend');
  const head = await resolve(work, 'HEAD');
  if (amend && head === undefined) throw new GitStop('fatal: You have nothing yet to amend.');
  const previous = amend && head !== undefined ? (await git.readCommit({ ...work, oid: head })).commit : undefined;

  const named = [...parsed.words, ...(parsed.paths ?? [])].map((path) => pathInWork(work, path));
  if (flags.has('all') || named.length > 0) await stageTracked(work, named);
  const message = messageOf(work, parsed, previous?.message);
  const committer = await identity(work, 'COMMITTER');
  const author = previous === undefined ? await identity(work, 'AUTHOR', lastValue(parsed, 'author')) : previous.author;

  const before = previous === undefined ? await headTree(work) : await readTree(work, previous.parent[0]);
  const after = await readIndex(work);
  const changes = await changesBetween(work, before, after, []);
  if (changes.length === 0 && !flags.has('allow-empty') && !(amend && (previous?.parent.length ?? 0) === 0)) {
    if (!amend) {
      io.stdout(await nothingToCommit(work));
      return 1;
    }
  }
  const parents = previous?.parent ?? (head === undefined ? [] : [head]);
  const branch = await currentBranch(work);
  const oid = await git.commit({
    fs: work.fs,
    dir: work.dir,
    gitdir: work.gitdir,
    message,
    author,
    committer,
    parent: [...parents],
    ...(branch === undefined ? {} : { ref: `refs/heads/${branch}` }),
  });
  if (branch === undefined) await git.writeRef({ ...work, ref: 'HEAD', value: oid, force: true });
  if (!flags.has('quiet')) {
    const root = parents.length === 0 ? ' (root-commit)' : '';
    io.stdout(`[${branch ?? 'detached HEAD'}${root} ${short(oid)}] ${message.split('\n')[0]}\n`);
    if (author.name !== committer.name || author.email !== committer.email)
      io.stdout(` Author: ${author.name} <${author.email}>\n`);
    if (previous !== undefined) io.stdout(` Date: ${dateOf(author)}\n`);
    if (changes.length > 0) io.stdout(`${sumOf(changes)}\n${modeLines(before, after)}`);
  }
  return 0;
}

async function stageTracked(work: Work, named: readonly string[]): Promise<void> {
  const index = await readIndex(work);
  const { tree, paths } = await unstaged(work, index);
  const asked = paths.filter((path) => matches(path, named));
  await stage(
    work,
    asked.filter((path) => tree.has(path)),
  );
  for (const path of asked) if (!tree.has(path)) await stageEntry(work, path, undefined);
}

function messageOf({ io }: Work, parsed: ReturnType<typeof readOptions>, previous: string | undefined): string {
  const paragraphs = parsed.values.get('message');
  const file = lastValue(parsed, 'file');
  const text =
    file !== undefined
      ? file === '-'
        ? new TextDecoder().decode(io.stdin)
        : io.machine.files.readText(file.startsWith('/') ? file : `${io.cwd}/${file}`)
      : (paragraphs?.join('\n\n') ?? previous);
  if (
    text === undefined ||
    (previous !== undefined && paragraphs === undefined && file === undefined && !parsed.flags.has('no-edit'))
  ) {
    throw new GitStop(
      'error: Terminal is dumb, but EDITOR unset\nPlease supply the message using either -m or -F option.',
      1,
    );
  }
  const clean = text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  if (clean === '') throw new GitStop('Aborting commit due to empty commit message.', 1);
  return `${clean}\n`;
}

/** A person as isomorphic-git wants them: seconds, and minutes west of UTC. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly timestamp: number;
  readonly timezoneOffset: number;
}

/** Who commits, from the environment or the configuration, at the machine's time. @throws GitStop as git asks for it. */
export async function identity(work: Work, role: 'AUTHOR' | 'COMMITTER', given?: string): Promise<Person> {
  const { io } = work;
  const [, givenName, givenEmail] = /^(.*?)\s*<(.*)>$/.exec(given ?? '') ?? [];
  const name = givenName ?? io.env[`GIT_${role}_NAME`] ?? config(work, 'user.name');
  const email = givenEmail ?? io.env[`GIT_${role}_EMAIL`] ?? config(work, 'user.email');
  if (name === undefined || email === undefined) {
    const { user, hostname } = io.machine;
    const who = role === 'AUTHOR' ? 'Author' : 'Committer';
    throw new GitStop(
      `${who} identity unknown\n\n*** Please tell me who you are.\n\nRun\n\n  git config --global user.email "you@example.com"\n  git config --global user.name "Your Name"\n\nto set your account's default identity.\nOmit --global to set the identity only in this repository.\n\nfatal: unable to auto-detect email address (got '${user}@${hostname}.(none)')`,
    );
  }
  const [, seconds, sign, hours, minutes] = /^@?(\d+) ([+-])(\d\d)(\d\d)$/.exec(io.env[`GIT_${role}_DATE`] ?? '') ?? [];
  if (seconds !== undefined) {
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? 1 : -1);
    return { name, email, timestamp: Number(seconds), timezoneOffset: offset || 0 };
  }
  return { name, email, timestamp: Math.floor(io.machine.kernel.now() / 1000), timezoneOffset: 0 };
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Git's own form: `Mon Mar 2 09:00:00 2026 +0000`. */
export function dateOf({ timestamp, timezoneOffset }: Pick<Person, 'timestamp' | 'timezoneOffset'>): string {
  const { year, month, day, weekday, time } = calendar(timestamp - timezoneOffset * 60);
  return `${days[weekday]} ${months[month - 1]} ${day} ${time} ${year} ${zone(timezoneOffset)}`;
}

export function zone(offset: number): string {
  const minutes = Math.abs(offset);
  return `${offset > 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
}

/** The day of a number of seconds since 1970 (Howard Hinnant's civil_from_days). */
export function calendar(seconds: number) {
  const dayNumber = Math.floor(seconds / 86400);
  const z = dayNumber + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const rest = seconds - dayNumber * 86400;
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    year,
    month,
    day,
    weekday: (((dayNumber + 4) % 7) + 7) % 7,
    time: `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`,
  };
}

/** ` create mode 100644 path` and the like, sorted by path. */
export function modeLines(before: TreeFiles, after: TreeFiles): string {
  const lines: (readonly [string, string])[] = [];
  const renamed = renames(before, after);
  const old = new Set(renamed.values());
  for (const [path, { mode }] of after) {
    const was = before.get(path);
    const from = renamed.get(path);
    if (from !== undefined) lines.push([path, ` rename ${quotedPath(from)} => ${quotedPath(path)} (100%)\n`]);
    else if (was === undefined) lines.push([path, ` create mode ${mode} ${quotedPath(path)}\n`]);
    else if (was.mode !== mode) lines.push([path, ` mode change ${was.mode} => ${mode} ${quotedPath(path)}\n`]);
  }
  for (const [path, { mode }] of before)
    if (!after.has(path) && !old.has(path)) lines.push([path, ` delete mode ${mode} ${quotedPath(path)}\n`]);
  return lines
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line)
    .join('');
}
