import { labelsKey } from '../labels.ts';
import { ExecutionError } from './errors.ts';
import { createSeries, type Frame, isPresent, pointAt, put, type Series } from './frame.ts';

/**
 * Puts series with the same labels together where their points lie at different moments.
 * @throws ExecutionError where two have a value at the same moment
 */
export function mergeSeries(series: readonly Series[], frame: Frame): Series[] {
  const out = new Map<string, Series>();
  for (const one of series) {
    const key = labelsKey(one.labels);
    const known = out.get(key);
    if (known === undefined) {
      out.set(key, one);
      continue;
    }
    const merged = createSeries(frame, known.labels, known.dropName);
    for (let i = 0; i < frame.count; i++) {
      if (isPresent(known, i) && isPresent(one, i)) {
        throw new ExecutionError('vector cannot contain metrics with the same labelset');
      }
      if (isPresent(known, i)) put(merged, i, pointAt(known, i));
      else if (isPresent(one, i)) put(merged, i, pointAt(one, i));
    }
    out.set(key, merged);
  }
  return [...out.values()];
}
