// What git says of a repository that is broken: objects that are missing or damaged.
import * as git from 'isomorphic-git';
import type { CommandIO } from '../../machine/index.ts';
import { GitStop } from './options.ts';
import { openWork } from './work.ts';

/** Git's words for an error of the object store, with the object that is to blame; undefined when the store is sound. */
export async function storeTrouble(io: CommandIO, error: unknown): Promise<string | undefined> {
  const { code, data } = error as { readonly code?: string; readonly data?: { readonly what?: string } };
  const missing = code === 'NotFoundError' ? /[0-9a-f]{40}/.exec(data?.what ?? '')?.[0] : undefined;
  if (missing !== undefined) return `fatal: unable to read ${missing}`;
  try {
    return await damaged(io);
  } catch (other) {
    if (other instanceof GitStop) return undefined;
    throw other;
  }
}

async function damaged(io: CommandIO): Promise<string | undefined> {
  const { files } = io.machine;
  const work = openWork(io);
  for (const folder of files.list(`${work.gitdir}/objects`).filter((name) => /^[0-9a-f]{2}$/.test(name)))
    for (const name of files.list(`${work.gitdir}/objects/${folder}`)) {
      const oid = `${folder}${name}`;
      const path = `${work.gitdir}/objects/${folder}/${name}`;
      const shown = path.startsWith(`${work.dir}/`) ? path.slice(work.dir.length + 1) : path;
      const sound = await git.readObject({ ...work, cache: {}, oid, format: 'content' }).catch(() => undefined);
      if (sound !== undefined) continue;
      const why =
        files.stat(path).size === 0
          ? `error: object file ${shown} is empty`
          : `error: inflate: data stream error (incorrect header check)\nerror: unable to unpack ${oid} header`;
      return `${why}\nfatal: loose object ${oid} (stored in ${shown}) is corrupt`;
    }
  return undefined;
}
