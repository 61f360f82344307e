import * as git from 'isomorphic-git';
import { readCommit, readText } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { askedWords, isRange } from './asked-words.ts';
import { decorations } from './decorations.ts';
import { noCommits, reachableFrom } from './history.ts';
import { details, forms, withoutNot } from './log-options.ts';
import { entryOf, resolveObject } from './objects.ts';
import { lastValue, readOptions } from './options.ts';
import { fromTop, matches, pathInWork } from './pathspec.ts';
import { type Look, lookOf } from './pretty.ts';
import { misspelt, mustResolve, resolve } from './revisions.ts';
import { mergesAs, notesAsked, showCommit, showMerge } from './show-commit.ts';
import type { Work } from './work.ts';
import { differences } from './work-tree.ts';

/** `git show`: a commit with its patch; a file of a commit (`HEAD:path`). */
export async function show(work: Work, args: readonly string[]): Promise<number> {
  const given = readOptions('show', withoutNot(args), {
    ...forms,
    '-n': { as: 'count', value: true },
    '-#': { as: 'count', value: true },
    '--max-count': { as: 'count', value: true },
  });
  const { revs, paths } = await askedWords(work, given.words, given.paths);
  const count = lastValue(given, 'count');
  // A number or a range makes a walk of it.
  const isWalk = count !== undefined || revs.some((rev) => isRange(rev) || /^\^|\^(?:!|-\d*)$/.test(rev));
  const walked = isWalk ? await reachableFrom(work, revs, paths, false) : undefined;
  const names = walked?.slice(0, count === undefined ? undefined : Number(count)).map(({ oid }) => oid) ?? [];
  for (const rev of walked === undefined ? revs : [])
    names.push(
      ...(rev.endsWith('^@')
        ? (await readCommit(work, await mustResolve(work, rev.slice(0, -2)))).commit.parent
        : [rev]),
    );
  const parsed = { ...given, words: names, paths };
  const look = { ...lookOf(work, parsed), notes: await notesAsked(work, parsed.flags) };
  const asked = paths.map((one) => pathInWork(work, one));
  const flags = details.some((flag) => parsed.flags.has(flag)) ? parsed.flags : new Set([...parsed.flags, 'patch']);
  for (const name of revs.length === 0 && walked === undefined ? ['HEAD'] : names) {
    if (/^:[^/]/.test(name)) {
      work.io.stdout(await readText(work, entryOf(work, name)));
      continue;
    }
    const [ref = '', path] = name.includes(':') && !name.startsWith(':/') ? name.split(':') : [name];
    if (name === 'HEAD' && (await resolve(work, name)) === undefined) throw await noCommits(work);
    if (path !== undefined || ref.endsWith('^{tree}')) {
      const tree = await resolveObject(work, name);
      const read = tree === undefined ? undefined : await git.readObject({ ...work, oid: tree, format: 'content' });
      if (tree !== undefined && read?.type === 'tree') {
        work.io.stdout(await treeText(work, tree, name));
        continue;
      }
    }
    const oid = await mustResolve(work, ref, name);
    if (path !== undefined) {
      const file = (await readTree(work, oid)).get(fromTop(work, path));
      if (file === undefined) throw await misspelt(work, name);
      work.io.stdout((await git.readBlob({ ...work, oid: file.oid })).blob);
      continue;
    }
    const { type, object } = await git.readObject({ ...work, oid, format: 'content' });
    if (type === 'tree') work.io.stdout(await treeText(work, oid, name));
    if (type === 'blob') work.io.stdout(object as Uint8Array);
    if (type !== 'commit') continue;
    work.io.stdout(await tagText(work, name, look));
    const entry = await readCommit(work, oid);
    const isEmpty =
      asked.length > 0 &&
      entry.commit.parent.length < 2 &&
      !differences(await readTree(work, entry.commit.parent[0]), await readTree(work, oid)).some((one) =>
        matches(one, asked),
      );
    if (isEmpty) continue;
    const how = mergesAs(flags, lastValue(parsed, 'merges-as'));
    const text =
      (await showCommit(
        work,
        entry,
        look,
        { ...parsed, flags },
        await decorations(work, flags.has('decorate-full')),
        asked,
      )) + (how === undefined && !flags.has('combined') ? await showMerge(work, entry, look, flags, asked) : '');
    work.io.stdout(look.shape === 'separated' && !text.endsWith('\n') ? `${text}\n` : text);
  }
  return 0;
}

/** The names in a tree, as `show` lists them. */
async function treeText(work: Work, oid: string, name: string): Promise<string> {
  const { tree } = await git.readTree({ ...work, oid });
  return `tree ${name}\n\n${tree.map(({ path, type }) => `${path}${type === 'tree' ? '/' : ''}\n`).join('')}`;
}

/** What an annotated tag says of itself; '' for any other name. */
async function tagText(work: Work, name: string, look: Look): Promise<string> {
  const oid = await git.resolveRef({ ...work, ref: `refs/tags/${name}` }).catch(() => undefined);
  const read = oid === undefined ? undefined : await git.readObject({ ...work, oid, format: 'parsed' });
  if (oid === undefined || read?.type !== 'tag') return '';
  const { tag } = await git.readTag({ ...work, oid });
  const who = tag.tagger === undefined ? '' : `Tagger: ${tag.tagger.name} <${tag.tagger.email}>\n`;
  // In a form of one's own there is no date, and no empty line behind.
  const isLine = look.shape === 'line';
  const isOwn = look.shape === 'ended' || look.shape === 'separated' || isLine;
  const date = tag.tagger === undefined || isOwn ? '' : `Date:   ${look.date(tag.tagger)}\n`;
  return `${look.paint('33', `tag ${tag.tag}`)}\n${isLine ? '' : who}${date}\n${tag.message.trimEnd()}\n${isOwn ? '' : '\n'}`;
}
