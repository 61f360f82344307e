import * as git from 'isomorphic-git';
import { readText } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { testsOfChange } from './commits-asked.ts';
import { bySpaces } from './diff-filter.ts';
import { leastShare, shownAs } from './diff-forms.ts';
import { mergeDiff } from './diff-merge.ts';
import { MESSAGE_END } from './graph.ts';
import { details } from './log-options.ts';
import { lastValue, type readOptions } from './options.ts';
import { changesBetween } from './patch.ts';
import { commitText, type Entry, type Look } from './pretty.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

/** What `git show` adds to a merge: what it has that no parent had, or its figures against the first parent. */
export async function showMerge(
  work: Work,
  { oid, commit }: Entry,
  look: Look,
  flags: ReadonlySet<string>,
  paths: readonly string[],
): Promise<string> {
  if (commit.parent.length < 2 || flags.has('no-patch')) return '';
  const counted = flags.has('stat') || flags.has('shortstat');
  const figures = counted
    ? shownAs(
        await changesBetween(work, await readTree(work, commit.parent[0]), await readTree(work, oid), paths),
        new Set([...flags].filter((flag) => flag !== 'patch')),
        look.paint,
      )
    : '';
  const patch = !counted || flags.has('patch') ? await mergeDiff(work, oid, flags, look.paint, paths) : '';
  const text = `${figures}${figures === '' || patch === '' ? '' : '\n'}${patch}`;
  return `${look.format === '' ? '' : '\n'}${text}`;
}

/** How the changes of a merge are shown: against each parent, against the first, or (undefined) as the command does it by itself. */
export function mergesAs(flags: ReadonlySet<string>, named?: string): 'each' | 'first' | undefined {
  if (named === undefined ? flags.has('first-parent') : /^(first-parent|1)$/.test(named)) return 'first';
  return (named === undefined ? flags.has('each-parent') : /^(separate|m|on)$/.test(named)) ? 'each' : undefined;
}

/** Commit → its note, out of the tree to which the ref of notes leads. */
export async function notesAsked(work: Work, flags: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const named = [...flags].find((flag) => flag.startsWith('notes='))?.slice('notes='.length);
  const ref = named ?? config(work, 'core.notesRef') ?? 'refs/notes/commits';
  const full = ref.startsWith('refs/') ? ref : `refs/notes/${ref}`;
  const oid = flags.has('no-notes') ? undefined : await git.resolveRef({ ...work, ref: full }).catch(() => undefined);
  const notes = new Map<string, string>();
  if (oid === undefined) return notes;
  const title = full === 'refs/notes/commits' ? 'Notes:' : `Notes (${full.replace('refs/notes/', '')}):`;
  for (const [path, file] of await readTree(work, oid))
    notes.set(path.replaceAll('/', ''), `${title}\n${new TextDecoder().decode(await readText(work, file))}`);
  return notes;
}

/** A commit with as much of its changes as is asked for. */
export async function showCommit(
  work: Work,
  entry: Entry,
  look: Look,
  parsed: ReturnType<typeof readOptions>,
  names: ReadonlyMap<string, readonly string[]>,
  paths: readonly string[],
): Promise<string> {
  const { oid, commit } = entry;
  const { flags } = parsed;
  const how = commit.parent.length > 1 ? mergesAs(flags, lastValue(parsed, 'merges-as')) : undefined;
  if (how === 'each' && look.from === undefined) {
    const sides: string[] = [];
    for (const from of commit.parent) {
      const side = { oid, commit: { ...commit, parent: [from] } };
      const shown = await showCommit(work, side, { ...look, from, parents: commit.parent }, parsed, names, paths);
      if (shown !== '') sides.push(shown);
    }
    if (sides.length > 0) return sides.join(['line', 'ended'].includes(look.shape) ? '' : '\n');
  }
  const text = commitText(entry, look, names.get(oid) ?? []);
  if ((!details.some((flag) => flags.has(flag)) && !parsed.values.has('context')) || flags.has('no-patch')) return text;
  if (commit.parent.length > 1 && how !== 'first')
    return flags.has('combined') ? text + (await showMerge(work, entry, look, flags, paths)) : text;
  const before = await readTree(work, commit.parent[0]);
  const after = await readTree(work, oid);
  const found = await changesBetween(work, before, after, paths, undefined, leastShare(flags)).catch((error) => {
    // What it is about is told before what is missing of it.
    work.io.stdout(`${text}${look.shape === 'line' ? '' : '\n'}`);
    throw error;
  });
  const tests = testsOfChange(parsed);
  const changes = bySpaces(found, flags).filter((change) => tests.every((isWanted) => isWanted(change)));
  const context = lastValue(parsed, 'context');
  const form = context === undefined || details.some((flag) => flags.has(flag)) ? flags : new Set([...flags, 'patch']);
  const shown = shownAs(changes, form, look.paint, Number(context ?? 3));
  if (look.from !== undefined && shown === '') return '';
  const isBoth = form.has('stat') && form.has('patch');
  const between = look.shape === 'line' || look.format === '' || shown === '' ? '' : isBoth ? '---\n' : '\n';
  return `${text}${flags.has('graph') && shown !== '' ? MESSAGE_END : ''}${between}${shown}`;
}
