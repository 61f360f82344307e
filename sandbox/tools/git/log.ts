import { readCommit } from '../../forge/git/index.ts';
import { commitsAsked } from './commits-asked.ts';
import { decorations } from './decorations.ts';
import { drawGraph } from './graph.ts';
import { noCommits } from './history.ts';
import { readIndexFile } from './index-file.ts';
import type { GetLazy } from './lazy.ts';
import { logOptions, withoutNot } from './log-options.ts';
import { GitStop, lastValue, type Parsed, readOptions, UsageStop } from './options.ts';
import { commitText, type Entry, type Look, lookOf } from './pretty.ts';
import { readLog } from './reflog-file.ts';
import { resolve } from './revisions.ts';
import { notesAsked, showCommit } from './show-commit.ts';
import type { Work } from './work.ts';

/** `git log`: commits, newest first. */
export async function log(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const { io } = work;
  const parsed = await readLogOptions(work, args);
  const look = { ...lookOf(work, parsed), notes: await notesAsked(work, parsed.flags) };
  const between = look.shape === 'block' || look.shape === 'separated' ? '\n' : '';
  const names = await decorations(work, parsed.flags.has('decorate-full'));
  if (parsed.flags.has('walk')) {
    const entries = await walked(work, parsed);
    const texts = entries.map(({ one, at }) => showCommit(work, one, { ...look, at }, parsed, names, []));
    io.stdout((await Promise.all(texts)).join(between));
    return 0;
  }
  const { commits, kept, history, paths, pathsOf, signOf } = await commitsAsked(work, parsed);
  const [lines, ...others] = parsed.values.get('lines') ?? [];
  if (others.length > 0) throw new GitStop("git log: several '-L' are not part of this sandbox", 129);
  if (lines !== undefined) {
    const found = (await (await lazy()).lineHistory(work, lines, history)).filter(({ entry }) => kept.has(entry.oid));
    const count = lastValue(parsed, 'count');
    const texts = found
      .slice(0, count === undefined ? undefined : Number(count))
      .map(
        ({ entry, patch }) =>
          commitText(entry, look, names.get(entry.oid) ?? []) + (parsed.flags.has('no-patch') ? '' : `\n${patch}`),
      );
    io.stdout(texts.join(between));
    return 0;
  }
  const drawn = parsed.flags.has('graph');
  const shown: string[] = [];
  for (const one of commits)
    shown.push(
      await showCommit(work, one, { ...look, sign: drawn ? '' : signOf(one.oid) }, parsed, names, pathsOf(one.oid)),
    );
  io.stdout(
    drawn
      ? graphOf(
          history,
          {
            kept,
            rewritten: paths.length > 0 || parsed.flags.has('decorated-only'),
            markOf: (oid) => signOf(oid).replace('-', 'o') || '*',
          },
          commits,
          shown,
          look,
        )
      : shown.join(between),
  );
  return 0;
}

/** @throws GitStop before all else where there is no commit yet: git looks for one first. */
async function readLogOptions(work: Work, args: readonly string[]): Promise<Parsed> {
  try {
    return readOptions('log', withoutNot(withMerge(work, args)), logOptions);
  } catch (error) {
    const isBare = args.every((arg) => arg.startsWith('-')) && !args.includes('--all');
    throw error instanceof UsageStop && isBare && (await resolve(work, 'HEAD')) === undefined
      ? await noCommits(work)
      : error;
  }
}

/** What a ref's log tells, entry by entry, with the commits (`-g`). */
async function walked(work: Work, parsed: ReturnType<typeof readOptions>) {
  const [name = 'HEAD'] = parsed.words;
  const count = lastValue(parsed, 'count');
  const logs = ['', 'refs/', 'refs/heads/', 'refs/remotes/'].map((kind) => readLog(work, kind + name));
  const entries = (logs.find((log) => log.length > 0) ?? []).slice(0, count === undefined ? undefined : Number(count));
  return Promise.all(
    entries.map(async ({ to, who, message }, number) => ({
      one: await readCommit(work, to),
      at: { name: `${name}@{${number}}`, message, who: `${who.name} <${who.email}>` },
    })),
  );
}

/** `--merge`: commits of both sides that touch what is in conflict. */
function withMerge(work: Work, args: readonly string[]): readonly string[] {
  if (!args.includes('--merge')) return args;
  const paths = [...readIndexFile(work).conflicts.keys()];
  return [...args.filter((arg) => arg !== '--merge'), 'HEAD...MERGE_HEAD', '--', ...paths];
}

/** The history as a drawing. @throws GitStop when a merge in it has more than two parents. */
function graphOf(
  history: readonly Entry[],
  {
    kept,
    rewritten,
    markOf,
  }: { readonly kept: ReadonlySet<string>; readonly rewritten: boolean; markOf(oid: string): string },
  shown: readonly Entry[],
  texts: readonly string[],
  { paint, shape }: Look,
): string {
  const parents = new Map(history.map(({ oid, commit }) => [oid, commit.parent]));
  // Only where paths leave commits out do the lines lead on to those that are left.
  const below = (oid: string): readonly string[] =>
    kept.has(oid) ? [oid] : rewritten ? (parents.get(oid) ?? []).flatMap(below) : [];
  const drawing = drawGraph(
    shown.map(({ oid, commit }, at) => ({
      oid,
      parents: [...new Set(commit.parent.flatMap(below))],
      text: texts[at] ?? '',
      mark: markOf(oid),
    })),
    shape === 'block',
    paint,
  );
  return shape === 'separated' ? drawing.replace(/\n$/, '') : drawing;
}
