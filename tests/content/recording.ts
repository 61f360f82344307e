// What a move of a worked example left behind, from the sandbox's state before and after it.
import { structuredPatch } from 'diff';
import type { LoggedEvent } from '../../sandbox/kernel/index.ts';
import type { RecordedFile, RecordedMove, RecordedRef, RecordedRun } from '../../src/lesson/example/recorded.ts';
import { contentOf, fromHome, rowsOf } from '../../src/workbench/files.ts';
import type { Snapshot } from '../../src/workbench/parts.ts';
import { createReader } from '../../src/workbench/runs/documents.ts';
import { groupsOf, showRun } from '../../src/workbench/runs/model.ts';

type Files = Snapshot['files'];

/** Lines of one file's difference that a recording keeps. */
const MOST_LINES = 60;
/** And so much is shown of a longer one. */
const FIRST_LINES = 8;

export function recordMove(label: string, before: Snapshot, after: Snapshot): RecordedMove {
  return {
    label,
    elapsed: after.kernel.now - before.kernel.now,
    files: fileChanges(before.files, after.files),
    refs: refChanges(before.files, after.files),
    services: listening(after.kernel.log)
      .filter(({ pid }) => !listening(before.kernel.log).some((one) => one.pid === pid))
      .map(({ command, port }) => ({ command, port })),
    runs: runChanges(before, after),
  };
}

/** What npm and prodsim note for themselves at each run. */
const diary = /^\/home\/dev\/(\.npm\/|production\/[^/]+\/run\.json$)/;

function fileChanges(before: Files, after: Files): readonly RecordedFile[] {
  const shown = (files: Files): readonly string[] =>
    rowsOf(files, new Set()).flatMap(({ kind, path }) => (kind === 'file' && !diary.test(path) ? [path] : []));
  return [...new Set([...shown(before), ...shown(after)])].sort().flatMap((path): RecordedFile[] => {
    const [old, now] = [contentOf(before, path), contentOf(after, path)];
    const change = old.kind === 'missing' ? 'new' : now.kind === 'missing' ? 'gone' : 'changed';
    const file = { path: fromHome(path), change } as const;
    if (![old, now].every(({ kind }) => kind === 'text' || kind === 'missing'))
      return change === 'changed' && Buffer.compare(bytesOf(before, path), bytesOf(after, path)) === 0
        ? []
        : [{ ...file, added: 0, removed: 0, lines: [] }];
    const [oldText, newText] = [old, now].map((one) => (one.kind === 'text' ? one.text : ''));
    if (oldText === newText && change === 'changed') return [];
    const { hunks } = structuredPatch(path, path, oldText ?? '', newText ?? '', '', '', { context: 2 });
    const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ]);
    const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
    // Nobody reads a thousand lines of figures in a lesson: the counts stand beside the name all the same.
    const shown = lines.length > MOST_LINES ? [...lines.slice(0, FIRST_LINES), '@@ … @@'] : lines;
    return [{ ...file, added: count('+'), removed: count('-'), lines: shown }];
  });
}

function bytesOf(files: Files, path: string): Uint8Array {
  const entry = files[path];
  return entry?.type === 'file' ? entry.bytes : new Uint8Array();
}

function refChanges(before: Files, after: Files): readonly RecordedRef[] {
  const [old, now] = [refsOf(before), refsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key): RecordedRef[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const [repository = '', name = ''] = key.split('\n');
    return was === is ? [] : [{ repository, name, ...(was && { was }), ...(is && { is }) }];
  });
}

const ref =
  /^(?:\/home\/dev\/(.+)\/\.git|\/srv\/(?:[\w-]+\/)*([\w-]+)\.git)\/(?:refs\/(?:heads|tags)\/(.+)|packed-refs)$/;

/** Branches and tags: `repository\nname` → short id. What is loose counts before what is packed. */
function refsOf(files: Files): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const loose = new Map<string, string>();
  for (const [path, entry] of Object.entries(files)) {
    const [, desk, forge, name] = ref.exec(path) ?? [];
    const repository = desk ?? (forge === undefined ? undefined : `origin/${forge}`);
    if (repository === undefined || entry.type !== 'file') continue;
    const text = new TextDecoder().decode(entry.bytes);
    if (name !== undefined) loose.set(`${repository}\n${name}`, text.slice(0, 7));
    else
      for (const [, id = '', packed] of text.matchAll(/^([0-9a-f]{40}) refs\/(?:heads|tags)\/(.+)$/gm))
        found.set(`${repository}\n${packed}`, id.slice(0, 7));
  }
  return new Map([...found, ...loose]);
}

interface Listening {
  readonly pid: number;
  readonly command: string;
  readonly port: number;
}

function listening(log: readonly LoggedEvent[]): readonly Listening[] {
  const commands = new Map<number, string>();
  const open = new Map<number, Listening>();
  for (const entry of log) {
    if (entry.type === 'ProcessStarted') commands.set(entry.pid, entry.command);
    if (entry.type === 'PortOpened')
      open.set(entry.pid, { pid: entry.pid, command: commands.get(entry.pid) ?? '', port: entry.port });
    if (entry.type === 'PortClosed' || entry.type === 'ProcessEnded') open.delete(entry.pid);
  }
  return [...open.values()];
}

function runChanges(before: Snapshot, after: Snapshot): readonly RecordedRun[] {
  const [old, now] = [runsOf(before), runsOf(after)].map((runs) => new Map(runs.map((run) => [run.key, run.run])));
  return [...(now ?? [])].flatMap(([key, run]) => (JSON.stringify(old?.get(key)) === JSON.stringify(run) ? [] : [run]));
}

function runsOf({ files, kernel }: Snapshot): readonly { readonly key: string; readonly run: RecordedRun }[] {
  return createReader()(files).repositories.flatMap(({ name: repository, runs }) =>
    runs.toReversed().map((stored) => {
      const { workflow, number, branch, state, jobs } = showRun(stored, kernel.now);
      const groups = groupsOf(jobs).map((group) => ({
        name: group.id,
        needs: group.needs,
        state: group.state,
        duration: Math.max(0, ...group.jobs.map((job) => (job.endedAt ?? kernel.now) - job.startedAt)),
      }));
      return { key: `${repository}#${number}`, run: { workflow, number, branch: branch ?? '', state, jobs: groups } };
    }),
  );
}
