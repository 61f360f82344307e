import { type Drawing, lengthOf, line, type Shape, wrap } from './drawing.ts';

export interface Pointer {
  readonly name: string;
  /** The version that it names now. */
  readonly to: string;
  /** The one that it named before it was moved. */
  readonly was?: string;
  /** It never moves: a digest, a tag that nobody may move. */
  readonly fixed?: boolean;
}

const APART = 22;
const PILL = 30;
const BETWEEN = 8;

/**
 * Versions from old to new, one below the other, each with the names that point to it. A dashed line shows where a name pointed before.
 * @throws when a name points to a version that is not there.
 */
export function pointersFigure(versions: readonly string[], pointers: readonly Pointer[], width: number): Drawing {
  const column = Math.min(width * 0.44, Math.max(...versions.map((version) => lengthOf(version) + 36)));
  const left =
    width - Math.min(width - column - 44, Math.max(96, ...pointers.map(({ name }) => lengthOf(name) + 34))) - 2;
  const pill = width - left - 2;
  let y = 1;
  const rows = new Map<string, { readonly y: number; readonly height: number; readonly middle: number }>();
  for (const version of versions) {
    const here = pointers.filter(({ to }) => to === version).length;
    const height = Math.max(wrap(version, column - 20).length * line + 18, here * (PILL + BETWEEN) - BETWEEN);
    rows.set(version, { y, height, middle: y + height / 2 });
    y += height + APART;
  }
  const rowOf = (name: string) => {
    const row = rows.get(name);
    if (row === undefined) throw new Error(`pointers: there is no version "${name}"`);
    return row;
  };
  const boxes = versions.map((version): Shape => {
    const { y, height } = rowOf(version);
    const named = pointers.some(({ to }) => to === version);
    return {
      kind: 'box',
      x: 1,
      y,
      width: column,
      height,
      tone: named ? 'plain' : 'dim',
      form: 'box',
      lines: wrap(version, column - 20),
    };
  });
  const chain = versions.slice(1).map((version, index): Shape => {
    const before = rowOf(versions[index] ?? '');
    return {
      kind: 'line',
      path: `M${1 + column / 2} ${before.y + before.height}V${rowOf(version).y - 2}`,
      tone: 'plain',
      tip: { x: 1 + column / 2, y: rowOf(version).y - 2, way: 'down' },
    };
  });
  const taken = new Map<string, number>();
  const names = pointers.flatMap(({ name, to, was, fixed }): Shape[] => {
    const row = rowOf(to);
    const count = pointers.filter((one) => one.to === to).length;
    const nth = taken.get(to) ?? 0;
    taken.set(to, nth + 1);
    const top = row.middle - (count * (PILL + BETWEEN) - BETWEEN) / 2 + nth * (PILL + BETWEEN);
    const at = top + PILL / 2;
    const edge = column + 5;
    const bend = (left + edge) / 2;
    const end = row.middle + (nth - (count - 1) / 2) * 8;
    const before = was === undefined ? undefined : rowOf(was);
    return [
      ...(before === undefined
        ? []
        : [
            {
              kind: 'line',
              path: `M${left} ${at}C${bend} ${at} ${bend} ${before.middle} ${edge} ${before.middle}`,
              tone: 'dim',
              dashed: true,
            } as const,
          ]),
      {
        kind: 'line',
        path: `M${left} ${at}C${bend} ${at} ${bend} ${end} ${edge} ${end}`,
        tone: 'now',
        tip: { x: edge, y: end, way: 'left' },
      },
      {
        kind: 'box',
        x: left,
        y: top,
        width: pill,
        height: PILL,
        tone: 'now',
        form: fixed ? 'box' : 'pill',
        lines: [name],
      },
    ];
  });
  return { width, height: y - APART + 2, shapes: [...chain, ...names, ...boxes] };
}
