// One chart on the page: lines, thresholds, and the events of the timeline drawn on them. Imperative, around uPlot.
import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import type { Panel } from '../../../sandbox/hosts/protocol.ts';
import { type Palette, paletteOf, type Token } from '../colours.ts';
import type { Language } from '../parts.ts';
import type { Mark, MarkKind } from './marks.ts';
import type { NamedLine } from './twin.ts';
import { timeText, valueText } from './units.ts';

export interface Drawing {
  readonly lines: readonly NamedLine[];
  readonly start: number;
  readonly step: number;
  readonly axis: readonly [number, number];
  readonly marks: readonly Mark[];
}

export interface Chart {
  readonly host: HTMLElement;
  draw(drawing: Drawing): void;
  /** The theme has changed. */
  recolour(): void;
  remove(): void;
}

/** A colour and a dash for each line: told apart without colour too. */
const strokes: readonly (readonly [Token, readonly number[]])[] = [
  ['accent', []],
  ['bad', [7, 3]],
  ['good', [2, 3]],
  ['ink', [9, 3, 2, 3]],
  ['muted', [4, 4]],
];

/** How line number `index` looks: for the legend. */
export function strokeOf(index: number): { readonly token: Token; readonly dash: readonly number[] } {
  const [token, dash] = strokes[index % strokes.length] as (typeof strokes)[number];
  return { token, dash };
}

const markTokens: Readonly<Record<MarkKind, Token>> = {
  deploy: 'accent',
  rollback: 'bad',
  scale: 'muted',
  alert: 'bad',
  trouble: 'bad',
  other: 'edge',
};

const HEIGHT = 150;
/** More lines than this for changes of size would hide what they explain: their signs stay. */
const MOST_SCALE_LINES = 12;

export function createChart(panel: Pick<Panel, 'unit' | 'thresholds'>, language: Language): Chart {
  const host = document.createElement('div');
  host.className = 'chart';
  let plot: uPlot | undefined;
  let last: Drawing | undefined;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (plot !== undefined && width > 0 && width !== plot.width) plot.setSize({ width, height: HEIGHT });
    else if (plot === undefined && last !== undefined && width > 0) draw(last);
  });
  observer.observe(host);

  function draw(drawing: Drawing): void {
    const before = last;
    last = drawing;
    if (host.clientWidth === 0) return;
    if (before?.lines.length !== drawing.lines.length) forget();
    const data = dataOf(drawing);
    if (plot === undefined) plot = new uPlot(optionsOf(drawing, paletteOf(host)), data, host);
    else plot.setData(data);
  }

  function forget(): void {
    plot?.destroy();
    plot = undefined;
  }

  function optionsOf({ lines }: Drawing, palette: Palette): uPlot.Options {
    const colour = (token: Token): string => palette.colour(token);
    const text = { stroke: colour('muted'), font: '11px system-ui, sans-serif' };
    const rules = { grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1, size: 4 } };
    return {
      width: host.clientWidth,
      height: HEIGHT,
      padding: [14, 18, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
      legend: { show: false },
      cursor: { sync: { key: 'production' }, drag: { setScale: false }, points: { show: false }, y: false },
      scales: {
        x: { time: true, range: () => [(last?.axis[0] ?? 0) / 1000, (last?.axis[1] ?? 1) / 1000] },
        y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) > 0 ? (high as number) * 1.1 : 1] },
      },
      axes: [
        {
          ...text,
          ...rules,
          size: 24,
          gap: 3,
          space: 60,
          values: (_, ticks) => ticks.map((at) => timeText(at * 1000)),
        },
        {
          ...text,
          ...rules,
          size: 62,
          gap: 4,
          space: 34,
          values: (_, ticks) => ticks.map((value) => valueText(value, panel.unit, language)),
        },
      ],
      series: [
        {},
        ...lines.map((_, index) => {
          const { token, dash } = strokeOf(index);
          return { stroke: colour(token), width: 1.75, dash: [...dash], points: { show: false } };
        }),
      ],
      hooks: {
        draw: [
          (drawn) => {
            drawThresholds(drawn, panel.thresholds, colour);
            drawMarks(drawn, last?.marks ?? [], colour);
          },
        ],
      },
    };
  }

  return {
    host,
    draw,
    recolour() {
      forget();
      if (last !== undefined) draw(last);
    },
    remove() {
      observer.disconnect();
      forget();
      host.remove();
    },
  };
}

function dataOf({ lines, start, step }: Drawing): uPlot.AlignedData {
  const count = lines[0]?.values.length ?? 0;
  const times = Array.from({ length: count }, (_, at) => (start + at * step) / 1000);
  return [times, ...lines.map(({ values }) => Array.from(values, (value) => (Number.isFinite(value) ? value : null)))];
}

function drawThresholds(
  { ctx, bbox, scales, valToPos }: uPlot,
  thresholds: Panel['thresholds'],
  colour: (token: Token) => string,
): void {
  for (const [value, token] of [
    [thresholds.warning, 'muted'],
    [thresholds.critical, 'bad'],
  ] as const) {
    if (value === undefined || value > (scales.y?.max ?? 0)) continue;
    const y = Math.round(valToPos(value, 'y', true));
    line(ctx, colour(token), [2, 4], [bbox.left, y], [bbox.left + bbox.width, y]);
  }
}

function drawMarks(
  { ctx, bbox, scales, valToPos }: uPlot,
  marks: readonly Mark[],
  colour: (token: Token) => string,
): void {
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  const isOn = ({ at }: Mark): boolean => at / 1000 >= (scales.x?.min ?? 0) && at / 1000 <= (scales.x?.max ?? 0);
  const shown = marks.filter(isOn);
  const hasScaleLines = shown.filter(({ kind }) => kind === 'scale').length <= MOST_SCALE_LINES;
  for (const { at, kind, sign } of shown) {
    const x = Math.round(valToPos(at / 1000, 'x', true));
    if (kind !== 'scale' || hasScaleLines)
      line(ctx, colour(markTokens[kind]), [3, 3], [x, bbox.top], [x, bbox.top + bbox.height]);
    ctx.fillStyle = colour(markTokens[kind]);
    ctx.fillText(sign, x, bbox.top - 3 * devicePixelRatio);
  }
  ctx.restore();
}

type Place = readonly [x: number, y: number];

function line(ctx: CanvasRenderingContext2D, stroke: string, dash: readonly number[], from: Place, to: Place): void {
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dash.map((one) => one * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.restore();
}
