import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Drawing, widths, wrap } from './drawing.ts';
import { pipelineFigure } from './pipeline-figure.ts';
import { pointersFigure } from './pointers-figure.ts';
import { queueFigure } from './queue-figure.ts';
import { timelineFigure } from './timeline-figure.ts';

const both = Object.values(widths);

/** Boxes that reach beyond the drawing, or over one another. */
function faults({ width, height, shapes }: Drawing): readonly string[] {
  const boxes = shapes.flatMap((shape) => (shape.kind === 'box' ? [shape] : []));
  return boxes.flatMap((a, index) => [
    ...(a.x < 0 || a.y < 0 || a.x + a.width > width || a.y + a.height > height + 1 ? [`${a.lines}: outside`] : []),
    ...boxes
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.lines} over ${b.lines}`),
  ]);
}

test('lines keep to their width, and no word is lost', () => {
  expect(wrap('one two three', 60)).toEqual(['one two', 'three']);
  expect(wrap('incomprehensible', 20)).toEqual(['incomprehensible']);
});

test('jobs of any pipeline lie beside and below one another, within the drawing', () => {
  const some = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(some, (needs) => {
      const jobs = needs.map((need, index) => ({
        name: `job ${index}`,
        needs: need < index ? [`job ${need}`] : [],
        gate: index % 2 === 1,
      }));
      for (const width of both) expect(faults(pipelineFigure(jobs, width))).toEqual([]);
    }),
  );
});

test('what follows stands after what it needs: to the right where there is room, below where there is none', () => {
  const jobs = [{ name: 'build' }, { name: 'test', needs: ['build'] }, { name: 'deploy', needs: ['test'], gate: true }];
  const places = (width: number) =>
    pipelineFigure(jobs, width).shapes.flatMap((shape) => (shape.kind === 'box' ? [shape] : []));
  const [a, b] = places(widths.wide);
  expect((a?.x ?? 0) + (a?.width ?? 0)).toBeLessThan(b?.x ?? 0);
  const [c, d] = places(widths.narrow);
  expect((c?.y ?? 0) + (c?.height ?? 0)).toBeLessThan(d?.y ?? 0);
});

test('a pipeline with a circle, or a need that nobody meets, is refused', () => {
  expect(() =>
    pipelineFigure(
      [
        { name: 'a', needs: ['b'] },
        { name: 'b', needs: ['a'] },
      ],
      600,
    ),
  ).toThrow('needs itself');
  expect(() => pipelineFigure([{ name: 'a', needs: ['z'] }], 600)).toThrow('not there');
});

test('queues of any length find room, and free places are drawn', () => {
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 3 }), fc.nat({ max: 40 }), (waiting, workers, limit) => {
      const working = Array.from({ length: workers }, (_, index) => (index === 0 ? 'A' : ''));
      for (const width of both) {
        const drawing = queueFigure({ arriving: 'in', leaving: 'out', waiting, working, limit }, width);
        expect(faults(drawing)).toEqual([]);
        const boxes = drawing.shapes.filter(({ kind }) => kind === 'box').length;
        expect(boxes).toBe(Math.max(waiting, limit) + workers);
      }
    }),
  );
});

test('names stand beside what they point to, and a name that points nowhere is refused', () => {
  const pointers = [
    { name: 'current', to: 'r2', was: 'r1' },
    { name: 'v1.0.0', to: 'r1', fixed: true },
    { name: 'latest', to: 'r2' },
  ];
  for (const width of both) expect(faults(pointersFigure(['r1', 'r2', 'r3'], pointers, width))).toEqual([]);
  expect(() => pointersFigure(['r1'], [{ name: 'main', to: 'r9' }], 600)).toThrow('no version "r9"');
});

test('moments come in the order of time, longer pauses never closer than shorter ones', () => {
  const moments = [
    { at: 30, time: '10:30', label: 'c' },
    { at: 0, time: '10:00', label: 'a' },
    { at: 5, time: '10:05', label: 'b' },
  ];
  const dots = timelineFigure(moments, [{ from: 0, to: 30, label: 'open' }], 300).shapes.flatMap((shape) =>
    shape.kind === 'dot' ? [shape.y] : [],
  );
  const [a = 0, b = 0, c = 0] = dots;
  expect(b - a).toBeGreaterThan(0);
  expect(c - b).toBeGreaterThan(b - a);
});
