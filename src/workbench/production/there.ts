// What of production there is on a desk, told by its files; and whether the page's address brings some.
import type { Snapshot } from '../parts.ts';
import { runOfPage } from './link.ts';

type Files = Snapshot['files'];

/** Paths of what a production view can show. */
export interface There {
  /** Whether production lives here. */
  readonly live: boolean;
  /** Documents of simulated days. */
  readonly runs: readonly string[];
  /** Files of panels that somebody wrote. */
  readonly boards: readonly string[];
}

const LIVE = '/srv/production/scenario.yaml';
const run = /^\/home\/.*\/run\.json$/;
const board = /^\/home\/.*\/(?:panels\.ya?ml|dashboards\/[^/]+\.ya?ml)$/;

const known = new WeakMap<Files, There>();

export function thereIs(files: Files): There {
  const before = known.get(files);
  if (before !== undefined) return before;
  const paths = Object.keys(files).filter((path) => !path.includes('/node_modules/') && files[path]?.type === 'file');
  const found = {
    live: paths.includes(LIVE),
    runs: paths.filter((path) => run.test(path)).sort(),
    boards: paths.filter((path) => board.test(path)).sort(),
  };
  known.set(files, found);
  return found;
}

/** Whether there is anything to show: of the desk, or of the page's address. */
export function hasProduction(files: Files): boolean {
  const { live, runs } = thereIs(files);
  return live || runs.length > 0 || runOfPage() !== undefined;
}

export function textOf(files: Files, path: string): string {
  const entry = files[path];
  return entry?.type === 'file' ? new TextDecoder().decode(entry.bytes) : '';
}
