// Which instance the balancer sends a request to, and whether it takes it at all.
import type { Instance, Service, State } from './state.ts';

/** A bucket that holds a second's worth of tokens. */
export function takeToken(w: State, s: Service, perSecond: number): boolean {
  s.tokens = Math.min(perSecond, s.tokens + ((w.now - s.tokensAt) * perSecond) / 1000);
  s.tokensAt = w.now;
  if (s.tokens < 1) return false;
  s.tokens--;
  return true;
}

/** The instance that the balancer sends the next request to; with one line for all, only one that has a free place. */
export function pick(w: State, s: Service): Instance | undefined {
  const { list, concurrency, limit, shared } = s;
  let best: Instance | undefined;
  let fewest = 1e15;
  for (let n = 0; n < list.length; n++) {
    const at = s.turn + n;
    const i = w.instances[list[at < list.length ? at : at - list.length] as number] as Instance;
    const has = i.inside.length + i.line.length;
    if (i.inside.length >= concurrency && (shared || i.line.length >= limit)) continue;
    if (s.policy === 'round-robin') {
      s.turn = at + 1 < list.length ? at + 1 : at + 1 - list.length;
      return i;
    }
    if (has < fewest) {
      fewest = has;
      best = i;
    }
  }
  // The first of several equals changes, or an idle service would always wear out the same instance.
  if (best !== undefined) s.turn = s.turn + 1 < list.length ? s.turn + 1 : 0;
  return best;
}
