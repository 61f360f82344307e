import { type Drawing, line, type Shape, widths, wrap } from './drawing.ts';

export interface QueueData {
  /** What comes, and how fast: `20 a minute`. */
  readonly arriving: string;
  /** How many wait, or their names. */
  readonly waiting: number | readonly string[];
  /** How many may wait at most: the places that are free are drawn too. */
  readonly limit?: number;
  /** Those who serve, each with what it does now; '' for one that is free. */
  readonly working: readonly string[];
  readonly leaving: string;
}

const SLOT = 34;
const BETWEEN = 6;
const ARROW = 30;

/** From top to bottom: what comes, who waits (the next one first), who serves, what leaves. */
export function queueFigure({ arriving, waiting, limit = 0, working, leaving }: QueueData, width: number): Drawing {
  const names = typeof waiting === 'number' ? Array.from({ length: waiting }, () => '') : waiting;
  const shapes: Shape[] = [];
  const middle = width / 2;
  let y = 0;

  const words = (text: string): void => {
    const lines = wrap(text, width - 20);
    shapes.push({ kind: 'words', x: middle, y: y + 14, anchor: 'middle', lines });
    y += lines.length * line + 6;
  };
  const arrow = (): void => {
    shapes.push({
      kind: 'line',
      path: `M${middle} ${y}V${y + ARROW - 2}`,
      tone: 'plain',
      tip: { x: middle, y: y + ARROW - 2, way: 'down' },
    });
    y += ARROW;
  };
  const row = (
    cells: readonly { readonly text: string; readonly tone: 'now' | 'plain' | 'dim'; readonly free: boolean }[],
    cell: number,
  ): void => {
    const most = Math.max(1, Math.floor((width - 2 + BETWEEN) / (cell + BETWEEN)));
    for (let from = 0; from < cells.length; from += most) {
      const part = cells.slice(from, from + most);
      const tallest = Math.max(...part.map(({ text }) => wrap(text, cell - 12).length));
      const height = Math.max(SLOT, tallest * line + 14);
      const left = middle - (part.length * (cell + BETWEEN) - BETWEEN) / 2;
      for (const [index, { text, tone, free }] of part.entries())
        shapes.push({
          kind: 'box',
          x: left + index * (cell + BETWEEN),
          y: y + 1,
          width: cell,
          height,
          tone,
          form: 'box',
          dashed: free,
          lines: wrap(text, cell - 12),
        });
      y += height + BETWEEN;
    }
  };

  words(arriving);
  arrow();
  const free = Math.max(0, limit - names.length);
  const cells = [
    ...Array.from({ length: free }, () => ({ text: '', tone: 'dim' as const, free: true })),
    ...names.map((text) => ({ text, tone: 'now' as const, free: false })),
  ];
  if (cells.length > 0) {
    row(cells, names.some((name) => name !== '') ? (width - 2 * BETWEEN) / 3 : SLOT);
    arrow();
  }
  const server = Math.min(170, (width - 2 - BETWEEN * (working.length - 1)) / Math.max(1, working.length));
  row(
    working.map((text) => ({ text, tone: text === '' ? ('dim' as const) : ('plain' as const), free: text === '' })),
    Math.max(width === widths.narrow ? 88 : 110, server),
  );
  arrow();
  words(leaving);
  return { width, height: y, shapes };
}
