// Refs that move, with what is written down of it in their logs, so that `HEAD@{1}` and `@{-1}` find where a branch was.
import * as git from 'isomorphic-git';
import { parentOf } from '../../machine/index.ts';
import { refuseLocked } from './lock.ts';
import { fatal } from './options.ts';
import { type LogEntry, lineOf, logOf, writeLog } from './reflog-file.ts';
import { resolve } from './revisions.ts';
import { exactMoment } from './since.ts';
import { config } from './sources.ts';
import { currentBranch, type Work } from './work.ts';
import { removeEmptyAbove } from './work-tree.ts';

const NOTHING = '0'.repeat(40);

/** Adds an entry to a ref's log. */
export function record(work: Work, ref: string, from: string | undefined, to: string, message: string): void {
  const { files } = work.io.machine;
  const path = logOf(work, ref);
  files.mkdir(parentOf(path), { recursive: true });
  const entry = { from: from ?? NOTHING, to, who: logger(work), message: message.replaceAll('\n', ' ').trim() };
  if (files.exists(path)) files.appendFile(path, lineOf(entry));
  else files.writeFile(path, lineOf(entry));
}

/** Who is named in a log: the committer, or the user of the machine when nobody is configured. */
function logger(work: Work): LogEntry['who'] {
  const { env, machine } = work.io;
  const name = env.GIT_COMMITTER_NAME ?? config(work, 'user.name') ?? machine.user;
  const email = env.GIT_COMMITTER_EMAIL ?? config(work, 'user.email') ?? `${machine.user}@${machine.hostname}`;
  const moment = exactMoment(env.GIT_COMMITTER_DATE ?? '');
  return { name, email, ...(moment ?? { timestamp: Math.floor(machine.kernel.now() / 1000), timezoneOffset: 0 }) };
}

/** Moves a ref other than HEAD, and writes it down. */
export async function moveRef(work: Work, ref: string, value: string, message: string): Promise<void> {
  const before = await resolve(work, ref);
  refuseNested(work, ref);
  refuseLocked(work, ref, `cannot lock ref '${ref}': `);
  await git.writeRef({ ...work, ref, value, force: true });
  if (before !== value) record(work, ref, before, value, message);
  if (ref === `refs/heads/${await currentBranch(work)}` && before !== value)
    record(work, 'HEAD', before, value, message);
}

/** Takes a ref away with its log, and the folders that they leave empty. */
export async function removeRef(work: Work, ref: string): Promise<void> {
  await git.deleteRef({ ...work, ref });
  writeLog(work, ref, []);
  const { files } = work.io.machine;
  const kind = ref.split('/', 2).join('/');
  for (const root of [work.gitdir, `${work.gitdir}/logs`]) removeEmptyAbove(files, `${root}/${ref}`, `${root}/${kind}`);
}

/** A ref is a file: `a` and `a/b` cannot both be. @throws GitStop */
function refuseNested({ io, gitdir }: Work, ref: string): void {
  const { files } = io.machine;
  const refuse = (other: string): never => {
    throw fatal(`cannot lock ref '${ref}': '${other}' exists; cannot create '${ref}'`);
  };
  const below = `${gitdir}/${ref}`;
  if (files.exists(below) && files.stat(below).type === 'directory') {
    const [first] = files.list(below);
    if (first !== undefined) refuse(`${ref}/${first}`);
    files.remove(below, { recursive: true });
  }
  const parts = ref.split('/');
  for (let depth = 3; depth < parts.length; depth++) {
    const above = parts.slice(0, depth).join('/');
    if (files.exists(`${gitdir}/${above}`) && files.stat(`${gitdir}/${above}`).type === 'file') refuse(above);
  }
}

/** Moves the current branch, or HEAD when it is on none, and writes it down in both logs. */
export async function moveHead(work: Work, value: string, message: string): Promise<void> {
  const branch = await currentBranch(work);
  const before = await resolve(work, 'HEAD');
  const ref = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  refuseLocked(work, ref, "cannot lock ref 'HEAD': ");
  await git.writeRef({ ...work, ref, value, force: true });
  record(work, 'HEAD', before, value, message);
  if (branch !== undefined && before !== value) record(work, ref, before, value, message);
}

/** Lets HEAD name a branch, or a commit when `branch` is undefined, and writes it down. */
export async function pointHead(
  work: Work,
  { branch, oid }: { readonly branch?: string; readonly oid: string | undefined },
  message: string,
): Promise<void> {
  const before = await resolve(work, 'HEAD');
  const isNamed = branch !== undefined || (await currentBranch(work)) !== undefined;
  if (branch !== undefined)
    await git.writeRef({ ...work, ref: 'HEAD', value: `refs/heads/${branch}`, symbolic: true, force: true });
  else if (oid !== undefined) await git.writeRef({ ...work, ref: 'HEAD', value: oid, force: true });
  // What a detached HEAD holds already is not written again.
  if (oid !== undefined && (isNamed || before !== oid)) record(work, 'HEAD', before, oid, message);
}

/** @throws GitStop when a line of the file of packed refs is none. */
export function checkPackedRefs({ io, gitdir }: Work): void {
  const { files } = io.machine;
  const path = `${gitdir}/packed-refs`;
  if (!files.exists(path)) return;
  const bad = files
    .readText(path)
    .split('\n')
    .find((line) => line !== '' && !/^(#.*|[0-9a-f]{40} refs\/.+|\^[0-9a-f]{40})$/.test(line));
  if (bad !== undefined) throw fatal(`unexpected line in .git/packed-refs: ${bad}`);
}
