import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, curveOf, type GraphNode, layGraph } from './graph.ts';

/** Jobs that need only jobs before them, as in any file that the parser takes. */
const graphs: fc.Arbitrary<readonly GraphNode[]> = fc
  .array(fc.record({ height: fc.integer({ min: 20, max: 300 }), needs: fc.array(fc.nat(30), { maxLength: 4 }) }), {
    maxLength: 24,
  })
  .map((jobs) =>
    jobs.map(({ height, needs }, index) => ({
      id: `job-${index}`,
      height,
      needs: [...new Set(needs.filter((need) => need < index).map((need) => `job-${need}`))],
    })),
  );

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test('every job has one box, no two boxes overlap, and all lie within the graph', () => {
  fc.assert(
    fc.property(graphs, (nodes) => {
      const { boxes, width, height } = layGraph(nodes);
      expect(boxes.map(({ id }) => id).sort()).toEqual(nodes.map(({ id }) => id).sort());
      for (const [index, a] of boxes.entries()) {
        expect(boxes.slice(index + 1).filter((b) => overlap(a, b))).toEqual([]);
        expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
      }
    }),
  );
});

test('every need is an arrow that goes right, from box to box', () => {
  fc.assert(
    fc.property(graphs, (nodes) => {
      const { arrows, boxes } = layGraph(nodes);
      expect(arrows.length).toBe(nodes.reduce((sum, { needs }) => sum + needs.length, 0));
      const box = new Map(boxes.map((one) => [one.id, one]));
      for (const { from, to, start, end } of arrows) {
        expect(start.x).toBeLessThan(end.x);
        expect(start.x).toBe((box.get(from)?.x ?? 0) + (box.get(from)?.width ?? 0));
        expect(end.x).toBe(box.get(to)?.x);
      }
    }),
  );
});

test('a circle, or a need that is not there, still gives a graph', () => {
  const { boxes } = layGraph([
    { id: 'a', needs: ['b', 'gone'], height: 40 },
    { id: 'b', needs: ['a'], height: 40 },
  ]);
  expect(boxes).toHaveLength(2);
});

test('a job stands beside what it needs, so that arrows do not cross', () => {
  const { boxes } = layGraph([
    { id: 'lint', needs: [], height: 40 },
    { id: 'test', needs: [], height: 40 },
    { id: 'report', needs: ['test'], height: 40 },
    { id: 'style', needs: ['lint'], height: 40 },
  ]);
  const y = (id: string): number => boxes.find((box) => box.id === id)?.y ?? -1;
  expect([y('style'), y('report')]).toEqual([y('lint'), y('test')]);
});

test('an arrow is level at both ends', () => {
  const arrow = { from: 'a', to: 'b', start: { x: 0, y: 10 }, end: { x: 50, y: 90 } };
  expect(curveOf(arrow)).toBe('M0 10C25 10 23 90 48 90');
});
