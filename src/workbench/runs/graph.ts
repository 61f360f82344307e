// Where the boxes and arrows of a run's graph lie: a column for each depth of `needs`. Pure.

export interface GraphNode {
  readonly id: string;
  readonly needs: readonly string[];
  /** px */
  readonly height: number;
}

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly start: { readonly x: number; readonly y: number };
  readonly end: { readonly x: number; readonly y: number };
}

export interface Graph {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** px */
const WIDTH = 208;
const BETWEEN_COLUMNS = 44;
const BETWEEN_BOXES = 14;

export function layGraph(nodes: readonly GraphNode[]): Graph {
  const depths = depthsOf(nodes);
  const boxes = new Map<string, Box>();
  const middle = (id: string): number => {
    const box = boxes.get(id);
    return box === undefined ? 0 : box.y + box.height / 2;
  };
  for (let depth = 0; ; depth++) {
    const column = nodes.filter(({ id }) => depths.get(id) === depth);
    if (column.length === 0) break;
    // Beside what it needs, so that few arrows cross.
    const pull = ({ needs }: GraphNode): number =>
      needs.length === 0 ? 0 : needs.reduce((sum, id) => sum + middle(id), 0) / needs.length;
    let y = 0;
    for (const { id, height } of column.toSorted((a, b) => pull(a) - pull(b))) {
      boxes.set(id, { id, x: depth * (WIDTH + BETWEEN_COLUMNS), y, width: WIDTH, height });
      y += height + BETWEEN_BOXES;
    }
  }
  const all = [...boxes.values()];
  const arrows = nodes.flatMap(({ id, needs }) =>
    needs.flatMap((need): readonly Arrow[] => {
      const [from, to] = [boxes.get(need), boxes.get(id)];
      if (from === undefined || to === undefined || from.x >= to.x) return [];
      const start = { x: from.x + from.width, y: middle(need) };
      return [{ from: need, to: id, start, end: { x: to.x, y: middle(id) } }];
    }),
  );
  return {
    width: Math.max(0, ...all.map(({ x, width }) => x + width)),
    height: Math.max(0, ...all.map(({ y, height }) => y + height)),
    boxes: all,
    arrows,
  };
}

/** The longest way to each node. What is in a circle, which no run has, begins at 0. */
function depthsOf(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const depths = new Map<string, number>();
  const visiting = new Set<string>();
  const visit = (node: GraphNode): number => {
    const known = depths.get(node.id);
    if (known !== undefined || visiting.has(node.id)) return known ?? -1;
    visiting.add(node.id);
    const before = node.needs.flatMap((id) => byId.get(id) ?? []).map(visit);
    visiting.delete(node.id);
    const depth = 1 + Math.max(-1, ...before);
    depths.set(node.id, depth);
    return depth;
  };
  for (const node of nodes) visit(node);
  return depths;
}

/** An arrow's line: level where it leaves and where it comes in. */
export function curveOf({ start, end }: Arrow): string {
  const bend = (end.x - start.x) / 2;
  const tip = end.x - 2;
  return `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${tip - bend} ${end.y} ${tip} ${end.y}`;
}
