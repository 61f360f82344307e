import type { Entry } from './pretty.ts';

/** One commit as text, and the commit that stands below it in the drawing, when there is one. */
export interface Drawn {
  readonly oid: string;
  readonly below: string | undefined;
  readonly text: string;
}

const colours = ['31', '32', '33', '34', '35', '36'];

interface Column {
  /** The commit that this column leads down to. */
  awaits: string;
  readonly colour: string;
}

/**
 * The lines of `--graph` for a history that forks and has no merges, its commits in topological order.
 * Undefined when two lines would have to cross another one to meet: that is not drawn here.
 * @param spaced an empty line stands between the commits.
 */
export function drawGraph(
  commits: readonly Drawn[],
  spaced: boolean,
  paint: (code: string, text: string) => string,
): string | undefined {
  const bars = (shown: readonly Column[]): string => shown.map(({ colour }) => `${paint(colour, '|')} `).join('');
  const gap = (count: number): string => '  '.repeat(count);
  const lines: string[] = [];
  let columns: Column[] = [];
  let made = 0;
  for (const [number, { oid, below, text }] of commits.entries()) {
    let at = columns.findIndex(({ awaits }) => awaits === oid);
    const isNew = at < 0;
    if (spaced && number > 0) lines.push(bars(columns) + gap(isNew ? 1 : 0));
    if (isNew) {
      at = columns.push({ awaits: oid, colour: colours[made % colours.length] ?? '' }) - 1;
      made += 1;
    }
    const width = columns.length;
    const star = `${bars(columns.slice(0, at))}* ${bars(columns.slice(at + 1))}`;
    const own = columns[at];
    const meets = columns.findIndex(({ awaits }, column) => column !== at && awaits === below);
    const joins = below !== undefined && meets >= 0;
    let joint: string | undefined;
    if (own !== undefined && below !== undefined && !joins) own.awaits = below;
    else {
      if (at !== width - 1 || (joins && meets !== at - 1)) return undefined;
      columns = columns.slice(0, at);
      if (joins) joint = `${bars(columns).trimEnd()}${paint(own?.colour ?? '', '/')}${gap(1)}`;
    }
    const [first = '', ...rest] = text.replace(/\n$/, '').split('\n');
    const side = bars(columns) + gap(width - columns.length);
    lines.push(`${star}${first}`, ...rest.map((line, row) => `${row === 0 ? (joint ?? side) : side}${line}`));
    if (rest.length === 0 && joint !== undefined) lines.push(joint);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** A commit never before its children, and a line of descent in one piece, as `--graph` wants them. */
export function topological(commits: readonly Entry[]): readonly Entry[] {
  const all = new Map(commits.map((entry) => [entry.oid, entry]));
  const children = new Map<string, number>();
  for (const { commit } of commits)
    for (const parent of commit.parent) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = commits.filter(({ oid }) => !children.has(oid)).reverse();
  const ordered: Entry[] = [];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    ordered.push(next);
    for (const parent of next.commit.parent) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      const entry = all.get(parent);
      if (left === 0 && entry !== undefined) ready.push(entry);
    }
  }
  return ordered;
}
