// The drawing of `git log --graph`: git's own state machine (graph.c).
import type { Entry } from './pretty.ts';

/** One commit as text, and the commits to which its lines lead down. */
export interface Drawn {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly text: string;
  /** The sign at which its lines meet; `*` when nothing is said. */
  readonly mark?: string | undefined;
}

/** Between a commit's message and what it changed: the lines of the message's drawing end there. */
export const MESSAGE_END = '\0';

const colours = ['31', '32', '33', '34', '35', '36'];

interface Column {
  readonly oid: string;
  readonly colour: number;
}

type State = 'padding' | 'pre-commit' | 'commit' | 'post-merge' | 'collapsing';

type Paint = (code: string, text: string) => string;

/**
 * The lines of `--graph` for commits in topological order.
 * @param spaced an empty line stands between the commits.
 */
export function drawGraph(commits: readonly Drawn[], spaced: boolean, paint: Paint): string {
  const graph = createGraph(paint);
  const lines: string[] = [];
  for (const [number, commit] of commits.entries()) {
    graph.update(commit);
    if (spaced && number > 0) lines.push(graph.gap());
    for (const part of commit.text.split(MESSAGE_END)) {
      for (const line of part.replace(/\n$/, '').split('\n')) lines.push(graph.next() + line);
      while (!graph.isFinished()) lines.push(graph.next());
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

function createGraph(paint: Paint) {
  let commit: Drawn = { oid: '', parents: [], text: '' };
  let [columns, newColumns]: [Column[], Column[]] = [[], []];
  let [mapping, oldMapping]: [number[], number[]] = [[], []];
  let [state, before]: [State, State] = ['padding', 'padding'];
  let [width, colour] = [0, -1];
  let [at, formerAt] = [0, 0];
  let layout = -1;
  let [edges, formerEdges] = [0, 0];
  let expansion = 0;

  const bar = (column: Column | undefined, sign: string): string =>
    paint(colours[((column?.colour ?? 0) + colours.length) % colours.length] ?? '', sign);
  const become = (next: State): void => {
    [before, state] = [state, next];
  };
  const target = (index: number): number => mapping[index] ?? -1;
  const isSettled = (): boolean => mapping.every((to, index) => to < 0 || to === Math.floor(index / 2));
  const newColumnOf = (oid: string): number => newColumns.findIndex((column) => column.oid === oid);

  /** A line is as wide as the drawing: its signs are counted apart from their colours. */
  function createLine() {
    let [text, length] = ['', 0];
    return {
      put(sign: string, column?: Column): void {
        text += column === undefined ? sign : bar(column, sign);
        length += 1;
      },
      end: (): string => text + ' '.repeat(Math.max(0, width - length)),
    };
  }

  function insert(oid: string, from: number): void {
    let index = newColumnOf(oid);
    if (index < 0) {
      const known = columns.find((column) => column.oid === oid);
      index = newColumns.push({ oid, colour: known?.colour ?? colour }) - 1;
    }
    let place: number;
    if (commit.parents.length > 1 && from > -1 && layout === -1) {
      // The first parent of a merge decides on which side the merge leans.
      const distance = from - index;
      const shift = distance > 1 ? 2 * distance - 3 : 1;
      layout = distance > 0 ? 0 : 1;
      edges = commit.parents.length + layout - 2;
      place = width + (layout - 1) * shift;
      width += 2 * layout;
    } else if (edges > 0 && index === target(width - 2)) {
      place = width - 2;
      edges = -1;
    } else {
      place = width;
      width += 2;
    }
    mapping[place] = index;
  }

  function update(next: Drawn): void {
    commit = next;
    formerAt = at;
    [columns, newColumns] = [newColumns, []];
    mapping = new Array<number>(2 * (columns.length + commit.parents.length)).fill(-1);
    width = 0;
    formerEdges = edges;
    edges = 0;
    const known = columns.some(({ oid }) => oid === commit.oid);
    for (const [index, oid] of [...columns.map((column) => column.oid), ...(known ? [] : [commit.oid])].entries()) {
      if (oid !== commit.oid) {
        insert(oid, -1);
        continue;
      }
      at = index;
      layout = -1;
      for (const parent of commit.parents) {
        if (commit.parents.length > 1 || !known) colour = (colour + 1) % colours.length;
        insert(parent, index);
      }
      if (commit.parents.length === 0) width += 2;
    }
    while (mapping.length > 1 && (mapping.at(-1) ?? -1) < 0) mapping.pop();
    expansion = 0;
    state = needsRoom() ? 'pre-commit' : 'commit';
  }

  /** How many parents of an octopus merge are drawn as dashes. */
  const dashes = (): number => commit.parents.length + layout - 3;

  /** Columns to the right of an octopus merge move aside first. */
  const needsRoom = (): boolean => commit.parents.length > 2 && at < columns.length - 1 && expansion < 2 * dashes();

  function preCommitLine(): string {
    const line = createLine();
    let seen = false;
    for (const [index, column] of columns.entries()) {
      if (column.oid === commit.oid) {
        seen = true;
        line.put('|', column);
        for (let step = 0; step < expansion; step++) line.put(' ');
      } else if (seen && expansion === 0) line.put(before === 'post-merge' && formerAt < index ? '\\' : '|', column);
      else line.put(seen ? '\\' : '|', column);
      line.put(' ');
    }
    expansion += 1;
    if (!needsRoom()) become('commit');
    return line.end();
  }

  /** The columns as they stand above a commit, its own among them when it is new. */
  const above = (): readonly Column[] =>
    columns.some(({ oid }) => oid === commit.oid) ? columns : [...columns, { oid: commit.oid, colour }];

  function commitLine(): string {
    const line = createLine();
    let seen = false;
    for (const [index, column] of above().entries()) {
      if (column.oid === commit.oid) {
        seen = true;
        line.put(commit.mark ?? '*');
        if (commit.parents.length > 2) putDashes(line);
      } else if (seen && edges > 1) line.put('\\', column);
      else if (seen && edges === 1)
        line.put(before === 'post-merge' && formerEdges > 0 && formerAt < index ? '\\' : '|', column);
      else if (before === 'collapsing' && oldMapping[2 * index + 1] === index && target(2 * index) < index)
        line.put('/', column);
      else line.put('|', column);
      line.put(' ');
    }
    become(commit.parents.length > 1 ? 'post-merge' : isSettled() ? 'padding' : 'collapsing');
    return line.end();
  }

  function putDashes(line: ReturnType<typeof createLine>): void {
    for (let number = 0; number < dashes(); number++) {
      const column = newColumns[target((at + number + 2) * 2)];
      line.put('-', column);
      line.put(number === dashes() - 1 ? '.' : '-', column);
    }
  }

  function postMergeLine(): string {
    const line = createLine();
    const signs = ['/', '|', '\\'];
    const [first] = commit.parents;
    let seen = false;
    let parentColumn: Column | undefined;
    for (const [index, column] of above().entries()) {
      if (column.oid === commit.oid) {
        seen = true;
        let sign = layout;
        for (const [number, parent] of commit.parents.entries()) {
          line.put(signs[sign] ?? '', newColumns[newColumnOf(parent)]);
          if (sign < 2) sign++;
          else if (edges > 0 || number < commit.parents.length - 1) line.put(' ');
        }
        if (edges === 0) line.put(' ');
      } else if (seen) {
        line.put(edges > 0 ? '\\' : '|', column);
        line.put(' ');
      } else {
        line.put('|', column);
        if (layout !== 0 || index !== at - 1) {
          if (parentColumn === undefined) line.put(' ');
          else line.put('_', parentColumn);
        }
      }
      if (column.oid === first) parentColumn = column;
    }
    become(isSettled() ? 'padding' : 'collapsing');
    return line.end();
  }

  function collapsingLine(): string {
    const line = createLine();
    const last = mapping;
    mapping = new Array<number>(last.length).fill(-1);
    let [edge, edgeTarget, isHorizontal] = [-1, -1, false];
    const run = (to: number, from: number, index: number): void => {
      if (edge !== -1) return;
      [edge, edgeTarget] = [from, to];
      for (let place = to * 2 + 3; place < index - 2; place += 2) mapping[place] = to;
    };
    for (const [index, to] of last.entries()) {
      if (to < 0) continue;
      if (to * 2 === index) mapping[index] = to;
      else if (target(index - 1) < 0) {
        mapping[index - 1] = to;
        run(to, index, index);
      } else if (target(index - 1) !== to) {
        mapping[index - 2] = to;
        run(to, index - 1, index);
      }
    }
    oldMapping = [...mapping];
    if ((mapping.at(-1) ?? -1) < 0) mapping.pop();
    for (let index = 0; index < mapping.length; index++) {
      const to = target(index);
      if (to < 0) line.put(' ');
      else if (to * 2 === index) line.put('|', newColumns[to]);
      else if (to === edgeTarget && index !== edge - 1) {
        // Only the first stretch of a horizontal line goes on below.
        if (index !== to * 2 + 3) mapping[index] = -1;
        isHorizontal = true;
        line.put('_', newColumns[to]);
      } else {
        if (isHorizontal && index < edge) mapping[index] = -1;
        line.put('/', newColumns[to]);
      }
    }
    become(isSettled() ? 'padding' : 'collapsing');
    return line.end();
  }

  function bars(list: readonly Column[]): string {
    const line = createLine();
    for (const column of list) {
      line.put('|', column);
      line.put(' ');
    }
    return line.end();
  }

  return {
    update,
    isFinished: (): boolean => state === 'padding',
    /** The line between two commits. */
    gap(): string {
      const text = bars(columns);
      before = 'padding';
      return text;
    },
    next(): string {
      if (state === 'pre-commit') return preCommitLine();
      if (state === 'commit') return commitLine();
      if (state === 'post-merge') return postMergeLine();
      return state === 'collapsing' ? collapsingLine() : bars(newColumns);
    },
  };
}

/** A commit never before its children, and a line of descent in one piece, as `--graph` wants them, or else by date. */
export function topological(commits: readonly Entry[], byDate = false): readonly Entry[] {
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
      if (left !== 0 || entry === undefined) continue;
      const time = entry.commit.committer.timestamp;
      const older = byDate ? ready.findLastIndex(({ commit }) => commit.committer.timestamp < time) : ready.length - 1;
      ready.splice(older + 1, 0, entry);
    }
  }
  return ordered;
}
