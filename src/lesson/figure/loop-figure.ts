/** A point of the drawing, in units of its view box, the middle at 0, 0. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LoopFigure {
  /** The whole line, closed, as SVG path data. */
  readonly line: string;
  /** The stretch that passes over the other one in the middle. */
  readonly over: string;
  /** Where each stage stands, and on which side of the line its name goes. */
  readonly stations: readonly (Point & { readonly side: Point })[];
}

/** Where on a lobe its four stages stand, as parts of the way from the middle round to the middle. */
const places = [0.17, 0.4, 0.6, 0.83];

/**
 * An eight: lying with the first four stages on the left, or standing with them above.
 * Bernoulli's lemniscate, stretched.
 * @param reach half of its long side
 * @param swell half of its short side
 */
export function loopFigure(direction: 'wide' | 'tall', reach: number, swell: number): LoopFigure {
  const stretch = swell / 0.35355;
  const at = (t: number): Point => {
    const round = 1 + Math.sin(t) ** 2;
    const along = (reach * Math.cos(t)) / round;
    const across = (stretch * Math.sin(t) * Math.cos(t)) / round;
    return direction === 'wide' ? { x: along, y: across } : { x: across, y: along };
  };
  const stations = [0, 1].flatMap((lobe) =>
    places.map((place) => {
      const point = at(Math.PI * (0.5 + lobe + place));
      const side = direction === 'wide' ? { x: 0, y: Math.sign(point.y) } : { x: Math.sign(point.x), y: 0 };
      return { ...point, side };
    }),
  );
  const middle = Math.PI * 1.5;
  return {
    line: `${curve(at, Math.PI / 2, Math.PI * 2.5, 32)}Z`,
    over: curve(at, middle - 0.28, middle + 0.28, 4),
    stations,
  };
}

/** Cubic curves through `pieces` + 1 points of a way, with its own direction at each. */
function curve(at: (t: number) => Point, from: number, to: number, pieces: number): string {
  const step = (to - from) / pieces;
  const direction = (t: number): Point => {
    const [before, after] = [at(t - 1e-4), at(t + 1e-4)];
    return { x: (after.x - before.x) / 2e-4, y: (after.y - before.y) / 2e-4 };
  };
  const handle = (t: number, way: number): string => {
    const [point, slope] = [at(t), direction(t)];
    return print({ x: point.x + (way * slope.x * step) / 3, y: point.y + (way * slope.y * step) / 3 });
  };
  let path = `M${print(at(from))}`;
  for (let piece = 0; piece < pieces; piece++) {
    const [start, end] = [from + piece * step, from + (piece + 1) * step];
    path += `C${handle(start, 1)} ${handle(end, -1)} ${print(at(end))}`;
  }
  return path;
}

function print({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 0 ? 0 : rounded;
}
