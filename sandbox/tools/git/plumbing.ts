// The commands under the others: trees and commits out of the index, step by step.
import * as git from 'isomorphic-git';
import { writeTree as treeOf } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { resolvePath } from '../../machine/index.ts';
import { identity } from './identity.ts';
import { resolveObject } from './objects.ts';
import { fatal, GitStop, readOptions } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
import type { Work } from './work.ts';
import { readIndex, stageAll, writeOut } from './work-tree.ts';

/** `git write-tree`: the index as a tree. */
export async function writeTree(work: Work): Promise<number> {
  work.io.stdout(`${await treeOf(work, await readIndex(work))}\n`);
  return 0;
}

/** `git commit-tree`: a commit of a tree, which no branch learns of. */
export async function commitTree(work: Work, args: readonly string[]): Promise<number> {
  const { values, words } = readOptions('commit-tree', args, {
    '-p': { as: 'parent', value: true },
    '-m': { as: 'message', value: true },
    '-F': { as: 'file', value: true },
  });
  const { io } = work;
  const [name = ''] = words;
  const tree = await resolveObject(work, name);
  if (tree === undefined) throw fatal(`not a valid object name ${name}`);
  const parents: string[] = [];
  for (const parent of values.get('parent') ?? []) {
    const oid = await resolveObject(work, parent);
    if (oid === undefined) throw fatal(`not a valid object name ${parent}`);
    parents.push(oid);
  }
  const file = values.get('file')?.at(-1);
  const typed = new TextDecoder().decode(
    file === undefined || file === '-' ? io.stdin : io.machine.files.readFile(resolvePath(io.cwd, file)),
  );
  const message = values.get('message')?.join('\n\n') ?? typed;
  const people = { author: await identity(work, 'AUTHOR'), committer: await identity(work, 'COMMITTER') };
  const ended = message.endsWith('\n') ? message : `${message}\n`;
  io.stdout(
    `${await git.commit({ ...work, tree, parent: parents, message: ended, noUpdateBranch: true, ...people })}\n`,
  );
  return 0;
}

/** `git read-tree`: a tree as the index. */
export async function readTreeCommand(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, values } = readOptions('read-tree', args, {
    '--empty': { as: 'empty' },
    '--prefix': { as: 'prefix', value: true },
    '-m': { as: 'merge' },
  });
  const prefix = values.get('prefix')?.at(-1) ?? '';
  if (words.length > 1) throw new GitStop('git read-tree: more than one tree is not part of this sandbox', 129);
  const oid = flags.has('empty') ? undefined : await resolveObject(work, words[0] ?? '');
  if (oid === undefined && !flags.has('empty')) throw fatal(`Not a valid object name ${words[0] ?? ''}`);
  const files = await readTree(work, oid);
  const gone = prefix === '' ? [...(await readIndex(work)).keys()].map((path) => [path, undefined] as const) : [];
  stageAll(work, new Map([...gone, ...[...files].map(([path, file]) => [prefix + path, file] as const)]));
  return 0;
}

/** `git checkout-index`: files of the index into the working tree. */
export async function checkoutIndex(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words, paths } = readOptions('checkout-index', args, {
    '-a': { as: 'all' },
    '--all': { as: 'all' },
    '-f': { as: 'force' },
    '--force': { as: 'force' },
  });
  const asked = [...words, ...(paths ?? [])].map((path) => pathInWork(work, path));
  let exitCode = 0;
  for (const [path, file] of await readIndex(work)) {
    if (!flags.has('all') && !(asked.length > 0 && matches(path, asked))) continue;
    if (work.io.machine.files.exists(`${work.dir}/${path}`) && !flags.has('force')) {
      work.io.stderr(`${path} already exists, no checkout\n`);
      exitCode = 128;
    } else await writeOut(work, path, file);
  }
  return exitCode;
}
