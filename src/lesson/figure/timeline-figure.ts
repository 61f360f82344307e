import { type Drawing, line, type Shape, type Tone, wrap } from './drawing.ts';

export interface Moment {
  /** In the unit of the timeline, from its beginning. */
  readonly at: number;
  /** How the moment is written: `10:04`, `+4 min`. */
  readonly time: string;
  readonly label: string;
  readonly tone?: Tone;
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly tone?: Tone;
}

const AXIS = 78;
const LEAST = 12;

/** Moments from top to bottom, as far apart as they are in time where their words leave room; spans are bars along the axis. */
export function timelineFigure(moments: readonly Moment[], spans: readonly Span[], width: number): Drawing {
  const sorted = moments.toSorted((a, b) => a.at - b.at);
  const [first, last] = [sorted[0]?.at ?? 0, sorted.at(-1)?.at ?? 0];
  const room = width - AXIS - 22 - spans.length * 22;
  const left = AXIS + 18 + spans.length * 22;
  const scale = (sorted.length * 46) / Math.max(1, last - first);
  let bottom = 0;
  let before: Moment | undefined;
  let y = 14;
  const placed = sorted.map((moment) => {
    if (before !== undefined) y = Math.max(bottom + LEAST, y + (moment.at - before.at) * scale);
    const lines = wrap(moment.label, room);
    bottom = y + lines.length * line;
    before = moment;
    return { ...moment, y, lines };
  });
  /** Where a time lies between the moments around it. */
  const yOf = (at: number): number => {
    const next = placed.findIndex((moment) => moment.at >= at);
    const [a, b] = [placed[Math.max(0, next - 1)], placed[next < 0 ? placed.length - 1 : next]];
    if (!a || !b || a.at === b.at) return b?.y ?? 0;
    return a.y + ((Math.min(Math.max(at, a.at), b.at) - a.at) / (b.at - a.at)) * (b.y - a.y);
  };
  const bars = spans.flatMap(({ from, to, label, tone = 'now' }, index): Shape[] => {
    const x = AXIS + 14 + index * 22;
    const [top, end] = [yOf(from), yOf(to)];
    return [
      { kind: 'box', x, y: top, width: 12, height: Math.max(4, end - top), tone, form: 'pill', lines: [] },
      ...(label === ''
        ? []
        : [{ kind: 'words', x: x + 6, y: -1, anchor: 'middle', lines: [String(index + 1)], strong: true } as const]),
    ];
  });
  const legend = spans.flatMap(({ label }, index): Shape[] => {
    const lines = wrap(`${index + 1}: ${label}`, width - 10);
    const shape: Shape = { kind: 'words', x: 2, y: bottom + 30, anchor: 'start', lines };
    bottom += lines.length * line + 4;
    return [shape];
  });
  const height = bottom + (legend.length > 0 ? 32 : 8);
  return {
    width,
    height,
    shapes: [
      { kind: 'line', path: `M${AXIS} ${placed[0]?.y ?? 0}V${placed.at(-1)?.y ?? 0}`, tone: 'plain' },
      ...bars,
      ...placed.flatMap(({ y, time, lines, tone = 'now' }): Shape[] => [
        { kind: 'dot', x: AXIS, y, tone },
        { kind: 'words', x: AXIS - 14, y: y + 5, anchor: 'end', lines: [time], strong: true },
        { kind: 'words', x: left, y: y + 5, anchor: 'start', lines },
      ]),
      ...legend,
    ],
  };
}
