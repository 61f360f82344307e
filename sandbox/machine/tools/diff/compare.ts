/** Lines `from..from+removed` of the old text give way to lines `to..to+added` of the new one. */
export interface Change {
  readonly from: number;
  readonly removed: number;
  readonly to: number;
  readonly added: number;
}

/** The fewest changes between two lists (E. W. Myers, "An O(ND) Difference Algorithm"), slid down as GNU diff does. */
export function changesOf(old: readonly string[], now: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let endOld = old.length;
  let endNow = now.length;
  while (endOld > start && endNow > start && old[endOld - 1] === now[endNow - 1]) {
    endOld--;
    endNow--;
  }
  const removed = new Array<boolean>(old.length).fill(false);
  const added = new Array<boolean>(now.length).fill(false);
  mark(old.slice(start, endOld), now.slice(start, endNow), start, removed, added);
  slide(old, removed, added);
  slide(now, added, removed);
  return collect(removed, added);
}

function mark(a: readonly string[], b: readonly string[], offset: number, removed: boolean[], added: boolean[]): void {
  const most = a.length + b.length;
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  search: for (let d = 0; d <= most; d++) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) break search;
    }
    furthest = new Map(furthest);
  }
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d > 0; d--) {
    const before = trace[d] as Map<number, number>;
    const k = x - y;
    const down = k === -d || (k !== d && (before.get(k - 1) ?? -1) < (before.get(k + 1) ?? -1));
    const previous = down ? k + 1 : k - 1;
    const startX = before.get(previous) ?? 0;
    const startY = startX - previous;
    if (down) added[offset + startY] = true;
    else removed[offset + startX] = true;
    x = startX;
    y = startY;
  }
}

/** A run of changed lines moves down as long as the line after it equals its first, and joins the next run where it meets it. */
function slide(lines: readonly string[], changed: boolean[], other: readonly boolean[]): void {
  let place = 0;
  for (let at = 0; at < lines.length; ) {
    if (!changed[at]) {
      at++;
      while (other[place]) place++;
      place++;
      continue;
    }
    let end = at;
    while (changed[end]) end++;
    // Runs that stand beside a change on the other side stay there.
    const pinned = other[place] === true;
    if (!pinned) {
      while (end < lines.length && lines[at] === lines[end] && !other[place]) {
        changed[at++] = false;
        changed[end++] = true;
        place++;
        while (changed[end]) end++;
      }
    }
    at = end;
  }
}

function collect(removed: readonly boolean[], added: readonly boolean[]): readonly Change[] {
  const changes: Change[] = [];
  let from = 0;
  let to = 0;
  while (from < removed.length || to < added.length) {
    if (!removed[from] && !added[to]) {
      from++;
      to++;
      continue;
    }
    const change = { from, to };
    while (removed[from]) from++;
    while (added[to]) to++;
    changes.push({ ...change, removed: from - change.from, added: to - change.to });
  }
  return changes;
}
