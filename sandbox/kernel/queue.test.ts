import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';

test('gives what is due first, and equal times in the order of scheduling, whatever is pushed and popped between', () => {
  const pushes = fc.integer({ min: 0, max: 9 }).map((at) => ({ push: at }));
  const steps = fc.array(
    fc.oneof({ weight: 2, arbitrary: pushes }, { weight: 1, arbitrary: fc.constant('pop' as const) }),
  );
  fc.assert(
    fc.property(steps, (plan) => {
      const queue = createQueue<number>();
      // The model: a list in order of pushing, from which the first of the earliest is taken.
      const model: { at: number; item: number }[] = [];
      let next = 0;
      const takeFromModel = () => {
        const first = model.reduce(
          (best, entry) => (entry.at < best.at ? entry : best),
          model[0] ?? { at: 0, item: 0 },
        );
        return model.length === 0 ? undefined : model.splice(model.indexOf(first), 1)[0];
      };
      const popBoth = () => {
        const peeked = queue.peek()?.item;
        const popped = queue.pop();
        expect(peeked).toBe(popped?.item);
        expect(popped && { at: popped.at, item: popped.item }).toEqual(takeFromModel());
      };
      for (const step of plan) {
        if (step === 'pop') popBoth();
        else {
          queue.push(step.push, next);
          model.push({ at: step.push, item: next++ });
        }
        expect(queue.size).toBe(model.length);
      }
      while (queue.size > 0) popBoth();
      expect(queue.pop()).toBeUndefined();
      expect(model).toEqual([]);
    }),
  );
});
