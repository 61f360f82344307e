// What of the desk is the learner's own work: kept with each step, so that a later hand can make commits of it. Pure.
import type { StepWork } from '../progress/contract.ts';
import { contentOf, fromHome, rowsOf } from './files.ts';
import type { DayData, Snapshot } from './parts.ts';

/** Larger files, and what goes beyond the sum, are named only: bytes. */
const LARGEST = 64_000;
const LARGEST_SUM = 256_000;

/** The text files of the home folder that are not as the day brought them; repositories' insides and packages are left out. */
export function workOf(pack: DayData['pack'], tree: Snapshot['files']): Pick<StepWork, 'files' | 'gone' | 'left'> {
  const brought = broughtBy(pack);
  const [before, now] = [pathsOf(brought), pathsOf(tree)];
  const kept: Record<string, string> = {};
  const left: string[] = [];
  let sum = 0;
  for (const path of now) {
    const content = contentOf(tree, path);
    const was = contentOf(brought, path);
    if (content.kind === 'text' && was.kind === 'text' && content.text === was.text) continue;
    const fits = content.kind === 'text' && content.text.length <= LARGEST && sum + content.text.length <= LARGEST_SUM;
    if (fits) {
      kept[fromHome(path)] = content.text;
      sum += content.text.length;
    } else left.push(fromHome(path));
  }
  return { files: kept, gone: before.filter((path) => !now.includes(path)).map(fromHome), left };
}

/** What the day brought: all that stood there when it opened, or what it was set up from. */
export function broughtBy({ files, base, opened }: DayData['pack']): Snapshot['files'] {
  return opened?.files ?? { ...base?.files, ...entriesOf(files) };
}

function pathsOf(tree: Snapshot['files']): readonly string[] {
  return rowsOf(tree, new Set()).flatMap(({ kind, path }) => (kind === 'file' ? [path] : []));
}

/** A pack's files as a tree: folders above them included. */
function entriesOf(files: DayData['pack']['files']): Snapshot['files'] {
  const folder = { type: 'directory', mode: 0o755, mtimeMs: 0 } as const;
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, bytes]) => {
      const parts = `/home/dev/${path}`.split('/');
      const above = parts.slice(3, -1).map((_, index) => [parts.slice(0, index + 4).join('/'), folder] as const);
      return [...above, [parts.join('/'), { type: 'file', mode: 0o644, mtimeMs: 0, bytes }] as const];
    }),
  );
}
