import * as git from 'isomorphic-git';
import { readCommit, readText } from '../../forge/git/index.ts';
import { readTree, type TreeFile } from '../../forge/index.ts';
import { decorations } from './decorations.ts';
import { noCommits, reachableFrom } from './history.ts';
import { readIndexFile } from './index-file.ts';
import { details, forms, withoutNot } from './log-options.ts';
import { resolveObject } from './objects.ts';
import { fatal, lastValue, readOptions } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
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
  const count = lastValue(given, 'count');
  // A number makes a walk of it.
  const walked = count === undefined ? undefined : await reachableFrom(work, given.words, given.paths, false);
  const parsed =
    walked === undefined ? given : { ...given, words: walked.slice(0, Number(count)).map(({ oid }) => oid) };
  const look = { ...lookOf(work, parsed), notes: await notesAsked(work, parsed.flags) };
  const asked = (parsed.paths ?? []).map((one) => pathInWork(work, one));
  const flags = details.some((flag) => parsed.flags.has(flag)) ? parsed.flags : new Set([...parsed.flags, 'patch']);
  for (const name of parsed.words.length === 0 && walked === undefined ? ['HEAD'] : parsed.words) {
    const [, stage, inIndex] = /^:(?!\/)(?:([0-3]):)?(.+)$/.exec(name) ?? [];
    if (inIndex !== undefined) {
      work.io.stdout(await readText(work, entryOf(work, inIndex, Number(stage ?? 0))));
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
      const file = (await readTree(work, oid)).get(/^\.{1,2}\//.test(path) ? pathInWork(work, path) : path);
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

/** A file of the index, or one of its versions in a conflict. @throws GitStop when it is not there. */
function entryOf(work: Work, path: string, stage: number): TreeFile {
  const { files, conflicts } = readIndexFile(work);
  const stages = conflicts.get(path);
  const file = stage === 0 ? files.get(path) : stages?.[stage as 1 | 2 | 3];
  if (file !== undefined) return file;
  const isKnown = files.has(path) || stages !== undefined;
  const here = pathInWork(work, path);
  throw fatal(
    isKnown
      ? `path '${path}' is in the index, but not at stage ${stage}\nhint: Did you mean ':${stages === undefined ? 0 : Object.keys(stages)[0]}:${path}'?`
      : here !== path && files.has(here)
        ? `path '${here}' is in the index, but not '${path}'\nhint: Did you mean ':${stage}:${here}' aka ':${stage}:./${path}'?`
        : work.io.machine.files.exists(`${work.dir}/${path}`)
          ? `path '${path}' exists on disk, but not in the index`
          : `path '${path}' does not exist (neither on disk nor in the index)`,
  );
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
