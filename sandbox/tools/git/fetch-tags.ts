// Tags that come with a fetch ("Auto-following" in git-fetch; find_non_local_tags in git's builtin/fetch.c).
import * as git from 'isomorphic-git';
import { copyObjects, type Place } from '../../forge/index.ts';
import { moveRef } from './refs.ts';
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

interface Bringing {
  /** What the branches that were fetched hold. */
  readonly tips: ReadonlySet<string>;
  readonly isDry?: boolean;
  /** Whether a tag that is here already, and another, gives way where all are asked for. */
  readonly isForced?: boolean;
  readonly reflog?: string;
}

/** Brings tags. @returns the lines that git prints. */
export async function bringTags(
  work: Work,
  { place, url }: { readonly place: Place; readonly url: string },
  asked: Exclude<TagsAsked, 'none'>,
  { tips, isDry = false, isForced = false, reflog = '' }: Bringing,
): Promise<readonly string[]> {
  // What leads to a commit that was fetched for another's sake comes after the others.
  const found: [first: string[], then: string[]] = [[], []];
  const changed = new Map<string, string>();
  for (const name of (await git.listTags(place)).sort()) {
    const ref = `refs/tags/${name}`;
    const here = await git.resolveRef({ ...work, ref }).catch(() => undefined);
    if (here !== undefined && (asked !== 'all' || here === (await git.resolveRef({ ...place, ref })))) continue;
    if (here !== undefined) changed.set(name, here);
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
      const row = (mark: string, what: string, why = ''): void =>
        void rows.push(` ${mark} ${what.padEnd(17)} ${name.padEnd(width)} -> ${name}${why}\n`);
      if (changed.has(name) && !isForced) {
        row('!', '[rejected]', '  (would clobber existing tag)');
        continue;
      }
      await copyObjects(work.io.machine, place, work, oid);
      const line = `${oid}\tnot-for-merge\ttag '${name}' of ${url.replace(/\.git$/, '')}\n`;
      if (!isDry && changed.has(name)) await moveRef(work, `refs/tags/${name}`, oid, `${reflog}: updating tag`);
      else if (!isDry) await git.writeRef({ ...work, ref: `refs/tags/${name}`, value: oid });
      if (!isDry) work.io.machine.files.appendFile(ownFile(work, 'FETCH_HEAD'), line);
      if (changed.has(name)) row('t', '[tag update]');
      else row('*', '[new tag]');
    }
  }
  return rows;
}
