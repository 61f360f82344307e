// Tags that come with a fetch ("Auto-following" in git-fetch; find_non_local_tags in git's builtin/fetch.c).
import * as git from 'isomorphic-git';
import { copyObjects, type Place } from '../../forge/index.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { ownFile, type Work } from './work.ts';

/** All of them, none, or those whose commit is here by then. */
export type TagsAsked = 'all' | 'none' | 'followed';

/** What the options and `remote.NAME.tagOpt` say; undefined when neither says anything. */
export function tagsAsked(work: Work, remote: string, flags: ReadonlySet<string>): TagsAsked | undefined {
  const setting = config(work, `remote.${remote}.tagOpt`);
  if (flags.has('tags')) return 'all';
  if (flags.has('no-tags')) return 'none';
  return setting === '--tags' ? 'all' : setting === '--no-tags' ? 'none' : undefined;
}

/** How wide the column of names is: those that do not fit into a line have no say (adjust_refcol_display). */
export const widthOf = (rows: readonly (readonly [there: string, here: string])[]): number =>
  Math.max(10, ...rows.map(([there, here]) => (25 + there.length + here.length < 80 ? there.length : 0)));

/** Brings tags that are not here yet. @param tips what the branches that were fetched hold. @returns the lines that git prints. */
export async function bringTags(
  work: Work,
  { place, url }: { readonly place: Place; readonly url: string },
  asked: Exclude<TagsAsked, 'none'>,
  { tips, isDry = false }: { readonly tips: ReadonlySet<string>; readonly isDry?: boolean },
): Promise<readonly string[]> {
  // What leads to a commit that was fetched for another's sake comes after the others.
  const found: [first: string[], then: string[]] = [[], []];
  for (const name of (await git.listTags(place)).sort()) {
    const ref = `refs/tags/${name}`;
    if ((await resolve(work, ref)) !== undefined) continue;
    const commit = (await resolve(place, ref)) ?? '';
    if (asked === 'all' || tips.has(commit)) found[0].push(name);
    else if (await git.readObject({ ...work, oid: commit, format: 'deflated' }).then(Boolean, () => false))
      found[1].push(name);
  }
  const rows: string[] = [];
  for (const names of found) {
    const width = widthOf(names.map((name) => [name, name]));
    for (const name of names) {
      const oid = await git.resolveRef({ ...place, ref: `refs/tags/${name}` });
      await copyObjects(work.io.machine, place, work, oid);
      const line = `${oid}\tnot-for-merge\ttag '${name}' of ${url.replace(/\.git$/, '')}\n`;
      if (!isDry) await git.writeRef({ ...work, ref: `refs/tags/${name}`, value: oid });
      if (!isDry) work.io.machine.files.appendFile(ownFile(work, 'FETCH_HEAD'), line);
      rows.push(` * ${'[new tag]'.padEnd(17)} ${name.padEnd(width)} -> ${name}\n`);
    }
  }
  return rows;
}
