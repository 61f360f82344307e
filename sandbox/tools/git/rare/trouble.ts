// What git says of a repository that is broken: objects that are missing or damaged.
import * as git from 'isomorphic-git';
import type { CommandIO } from '../../../machine/index.ts';
import { readIndexFile } from '../index-file.ts';
import { GitStop } from '../options.ts';
import { resolve } from '../revisions.ts';
import { openWork, type Work } from '../work.ts';

/** Commands that read a file's contents to compare them, and only then miss them. */
const comparing = new Set(['show', 'log', 'diff']);

/**
 * Git's words for an error of the object store, with the object that is to blame; undefined when the store is sound.
 * @param args the command line of the subcommand.
 */
export async function storeTrouble(
  io: CommandIO,
  error: unknown,
  [command = '', ...args]: readonly string[],
): Promise<string | undefined> {
  const { code, data } = error as { readonly code?: string; readonly data?: { readonly what?: string } };
  const missing = code === 'NotFoundError' ? /[0-9a-f]{40}/.exec(data?.what ?? '')?.[0] : undefined;
  try {
    const work = openWork(io);
    return missing === undefined ? await damaged(work, command, args) : await lacking(work, missing, command, args);
  } catch (other) {
    if (other instanceof GitStop) return undefined;
    throw other;
  }
}

/** An object that is not there: one that was named, or one that another object needs. */
async function lacking(work: Work, oid: string, command: string, args: readonly string[]): Promise<string> {
  const words = args.filter((arg) => !arg.startsWith('-'));
  for (const word of [...words, 'HEAD']) {
    if ((await resolve(work, word)) !== oid) continue;
    if (command === 'commit') return `fatal: could not parse ${word}`;
    return command === 'checkout' ? `fatal: reference is not a tree: ${word}` : `fatal: bad object ${word}`;
  }
  const head = await resolve(work, words[0] ?? 'HEAD');
  const commit = head === undefined ? undefined : await git.readCommit({ ...work, oid: head }).catch(() => undefined);
  if (commit?.commit.parent.includes(oid) === true)
    return `error: Could not read ${oid}\nfatal: unable to parse commit ${oid}`;
  return commit?.commit.tree === oid ? `fatal: unable to read tree ${oid}` : `fatal: unable to read ${oid}`;
}

async function damaged(work: Work, command: string, args: readonly string[]): Promise<string | undefined> {
  const { files } = work.io.machine;
  for (const folder of files.list(`${work.gitdir}/objects`).filter((name) => /^[0-9a-f]{2}$/.test(name)))
    for (const name of files.list(`${work.gitdir}/objects/${folder}`)) {
      const oid = `${folder}${name}`;
      const path = `${work.gitdir}/objects/${folder}/${name}`;
      const shown = path.startsWith(`${work.dir}/`) ? path.slice(work.dir.length + 1) : path;
      const sound = await git.readObject({ ...work, cache: {}, oid, format: 'content' }).catch(() => undefined);
      if (sound !== undefined) continue;
      const why =
        files.stat(path).size === 0
          ? `error: object file ${shown} is empty\n`
          : `error: inflate: data stream error (incorrect header check)\nerror: unable to unpack ${oid} header\n`;
      if (command === 'cat-file') return `${why}fatal: Not a valid object name ${args.at(-1)}`;
      const isFile = [...readIndexFile(work).files.values()].some((file) => file.oid === oid);
      if (isFile && comparing.has(command) && !args.some((arg) => arg.includes(':')))
        return `${why}fatal: unable to read ${oid}`;
      // What is named, or is to be written out, is tried twice.
      const twice = isFile || (await resolve(work, 'HEAD')) === oid;
      return `${why}${twice ? why : ''}fatal: loose object ${oid} (stored in ${shown}) is corrupt`;
    }
  return undefined;
}
