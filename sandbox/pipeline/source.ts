import * as git from 'isomorphic-git';
import { type Place, readTree } from '../forge/index.ts';
import type { SourceFile } from './session.ts';

/** Every file of a commit. */
export async function sourceOf(place: Place, commit: string): Promise<readonly SourceFile[]> {
  const tree = await readTree(place, commit);
  return Promise.all(
    [...tree]
      .filter(([, { mode }]) => mode !== '160000')
      .map(async ([path, { oid, mode }]) => {
        const { blob } = await git.readBlob({ ...place, oid });
        return { path, bytes: blob, mode: mode === '100755' ? 0o755 : 0o644 };
      }),
  );
}

/** What `with: ref` of actions/checkout names: a branch, a tag, a full ref or a commit; undefined when there is none. */
export async function findRef(
  place: Place,
  asked: string,
): Promise<{ readonly ref: string; readonly commit: string } | undefined> {
  if (/^[0-9a-f]{40}$/.test(asked))
    return git.readCommit({ ...place, oid: asked }).then(
      () => ({ ref: asked, commit: asked }),
      () => undefined,
    );
  for (const ref of asked.startsWith('refs/') ? [asked] : [`refs/heads/${asked}`, `refs/tags/${asked}`]) {
    const oid = await git.resolveRef({ ...place, ref }).catch(() => undefined);
    if (oid !== undefined) return { ref, commit: (await git.readCommit({ ...place, oid })).oid };
  }
  return undefined;
}
