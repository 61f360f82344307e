// The drawing beside a history, as `git log --graph` makes it: line by line, from the columns of branches before and after each
// commit. The steps and their names are those of git's own description of its states (graph.c).
import type { Entry } from './pretty.ts';

/** One commit as text, and those of its parents that are drawn. */
export interface Drawn {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly text: string;
}

type Paint = (code: string, text: string) => string;
type State = 'padding' | 'pre-commit' | 'commit' | 'post-merge' | 'collapsing';

interface Column {
  /** The commit that this column leads down to. */
  readonly commit: string;
  readonly colour: number;
}

const colours = ['31', '32', '33', '34', '35', '36', '1;31', '1;32', '1;33', '1;34', '1;35', '1;36'];

/** The lines of `--graph`. @param spaced an empty line stands between the commits. */
export function drawGraph(commits: readonly Drawn[], spaced: boolean, paint: Paint): string {
  const graph = createGraph(paint);
  const lines: string[] = [];
  for (const [number, { oid, parents, text }] of commits.entries()) {
    graph.next(oid, parents);
    if (spaced && number > 0) lines.push(graph.padding());
    while (!graph.atCommit()) lines.push(graph.line());
    const [first = '', ...rest] = text.replace(/\n$/, '').split('\n');
    lines.push(graph.line() + first, ...rest.map((line) => graph.line() + line));
    while (!graph.isDone()) lines.push(graph.line());
  }
  return lines.map((line) => `${line}\n`).join('');
}

function createGraph(paint: Paint) {
  let state: State = 'padding';
  let previous: State = 'padding';
  let commit = '';
  let parents: readonly string[] = [];
  let columns: Column[] = [];
  let following: Column[] = [];
  let mapping: number[] = [];
  let oldMapping: number[] = [];
  let size = 0;
  let width = 0;
  let at = 0;
  let before = 0;
  /** 0: the first parent is left of the commit, 1: below it. */
  let layout = -1;
  let added = 0;
  let addedBefore = 0;
  let expansion = 0;
  let colour = colours.length - 1;

  const enter = (next: State): void => {
    previous = state;
    state = next;
  };
  const draw = (sign: string, { colour: of }: Column): string => paint(colours[of] ?? '', sign);
  const dashed = (): number => parents.length + layout - 3;
  const needsRoom = (): boolean => parents.length >= 3 && at < columns.length - 1 && expansion < dashed() * 2;
  const isSettled = (): boolean =>
    mapping
      .slice(0, size)
      .every((target, place) => target < 0 || target === place / 2 || target === Math.floor(place / 2));

  function insert(oid: string, from: number): void {
    let to = following.findIndex((column) => column.commit === oid);
    if (to < 0) {
      to = following.length;
      following.push({ commit: oid, colour: columns.find((column) => column.commit === oid)?.colour ?? colour });
    }
    let place: number;
    if (parents.length > 1 && from >= 0 && layout === -1) {
      const distance = from - to;
      const shift = distance > 1 ? 2 * distance - 3 : 1;
      layout = distance > 0 ? 0 : 1;
      added = parents.length + layout - 2;
      place = width + (layout - 1) * shift;
      width += 2 * layout;
    } else if (added > 0 && to === mapping[width - 2]) {
      // Two edges that meet at once.
      place = width - 2;
      added = -1;
    } else {
      place = width;
      width += 2;
    }
    mapping[place] = to;
  }

  function next(oid: string, drawn: readonly string[]): void {
    commit = oid;
    parents = drawn;
    before = at;
    [columns, following] = [following, []];
    const most = columns.length + parents.length;
    mapping = Array<number>(2 * most + 2).fill(-1);
    width = 0;
    addedBefore = added;
    added = 0;
    const known = columns.some((column) => column.commit === commit);
    for (const [place, column] of [...columns, ...(known ? [] : [{ commit, colour: 0 }])].entries()) {
      if (column.commit !== commit) {
        insert(column.commit, -1);
        continue;
      }
      at = place;
      layout = -1;
      for (const parent of parents) {
        if (parents.length > 1 || !known) colour = (colour + 1) % colours.length;
        insert(parent, place);
      }
      if (parents.length === 0) width += 2;
    }
    size = 2 * most;
    while (size > 1 && (mapping[size - 1] ?? -1) < 0) size -= 1;
    expansion = 0;
    state = needsRoom() ? 'pre-commit' : 'commit';
  }

  /** The columns before the commit, with the commit among them. */
  const row = (): readonly Column[] =>
    columns.some((column) => column.commit === commit) ? columns : [...columns, { commit, colour: 0 }];

  function padding(): string {
    if (state !== 'commit') return line();
    const text = columns.map(
      (column) =>
        draw('|', column) +
        (column.commit === commit && parents.length > 2 ? ' '.repeat((parents.length - 2) * 2) : ' '),
    );
    previous = 'padding';
    return padded(text.join(''), columns.length * 2);
  }

  function preCommitLine(): string {
    let seen = false;
    const text = columns.map((column, place) => {
      if (column.commit === commit) {
        seen = true;
        return `${draw('|', column)}${' '.repeat(expansion)} `;
      }
      const leans = seen && (expansion > 0 || (previous === 'post-merge' && before < place));
      return `${draw(leans ? '\\' : '|', column)} `;
    });
    const long = columns.length * 2 + expansion;
    expansion += 1;
    if (!needsRoom()) enter('commit');
    return padded(text.join(''), long);
  }

  function commitLine(): string {
    let seen = false;
    let long = 0;
    const text = row().map((column, place) => {
      long += 2;
      if (column.commit === commit) {
        seen = true;
        if (parents.length <= 2) return '* ';
        long += dashed() * 2;
        const arms = Array.from({ length: dashed() }, (_, arm) => {
          const to = following[mapping[(at + arm + 2) * 2] ?? -1] ?? column;
          return draw(arm === dashed() - 1 ? '-.' : '--', to);
        });
        return `*${arms.join('')} `;
      }
      if (seen && added > 1) return `${draw('\\', column)} `;
      if (seen && added === 1) {
        const leans = previous === 'post-merge' && addedBefore > 0 && before < place;
        return `${draw(leans ? '\\' : '|', column)} `;
      }
      const slides =
        previous === 'collapsing' && oldMapping[2 * place + 1] === place && (mapping[2 * place] ?? -1) < place;
      return `${draw(slides ? '/' : '|', column)} `;
    });
    enter(parents.length > 1 ? 'post-merge' : isSettled() ? 'padding' : 'collapsing');
    return padded(text.join(''), long);
  }

  function postMergeLine(): string {
    const signs = ['/', '|', '\\'];
    let seen = false;
    let reached: Column | undefined;
    let long = 0;
    const text = row().map((column, place) => {
      let part = '';
      const put = (shown: string, columnsTaken = 1): void => {
        part += shown;
        long += columnsTaken;
      };
      if (column.commit === commit) {
        seen = true;
        let sign = layout;
        for (const [number, parent] of parents.entries()) {
          put(draw(signs[sign] ?? '', following.find((one) => one.commit === parent) ?? column));
          if (sign === 2) {
            if (added > 0 || number < parents.length - 1) put(' ');
          } else sign += 1;
        }
        if (added === 0) put(' ');
      } else if (seen) {
        put(draw(added > 0 ? '\\' : '|', column));
        put(' ');
      } else {
        put(draw('|', column));
        if (layout !== 0 || place !== at - 1) put(reached === undefined ? ' ' : draw('_', reached));
      }
      if (column.commit === parents[0]) reached = column;
      return part;
    });
    enter(isSettled() ? 'padding' : 'collapsing');
    return padded(text.join(''), long);
  }

  function collapsingLine(): string {
    let usedEdge = false;
    let edge = -1;
    let edgeTarget = -1;
    [mapping, oldMapping] = [oldMapping, mapping];
    mapping = Array<number>(Math.max(size, oldMapping.length)).fill(-1);
    for (let place = 0; place < size; place++) {
      const target = oldMapping[place] ?? -1;
      if (target < 0) continue;
      const across = (): void => {
        edgeTarget = target;
        for (let step = target * 2 + 3; step < place - 2; step += 2) mapping[step] = target;
      };
      if (target * 2 === place) mapping[place] = target;
      else if ((mapping[place - 1] ?? -1) < 0) {
        mapping[place - 1] = target;
        if (edge === -1) {
          edge = place;
          across();
        }
      } else if (mapping[place - 1] !== target) {
        // It crosses the line that is left of it.
        mapping[place - 2] = target;
        if (edge === -1) {
          edge = place - 1;
          across();
        }
      }
    }
    oldMapping = [...mapping];
    if ((mapping[size - 1] ?? -1) < 0) size -= 1;
    let text = '';
    for (let place = 0; place < size; place++) {
      const target = mapping[place] ?? -1;
      const column = following[target];
      if (column === undefined) text += ' ';
      else if (target * 2 === place) text += draw('|', column);
      else if (target === edgeTarget && place !== edge - 1) {
        if (place !== target * 2 + 3) mapping[place] = -1;
        usedEdge = true;
        text += draw('_', column);
      } else {
        if (usedEdge && place < edge) mapping[place] = -1;
        text += draw('/', column);
      }
    }
    const long = size;
    if (isSettled()) enter('padding');
    return padded(text, long);
  }

  function line(): string {
    if (state === 'pre-commit') return preCommitLine();
    if (state === 'commit') return commitLine();
    if (state === 'post-merge') return postMergeLine();
    if (state === 'collapsing') return collapsingLine();
    return padded(following.map((column) => `${draw('|', column)} `).join(''), following.length * 2);
  }

  const padded = (text: string, long: number): string => text + ' '.repeat(Math.max(0, width - long));

  return { next, line, padding, atCommit: () => state === 'commit', isDone: () => state === 'padding' };
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
