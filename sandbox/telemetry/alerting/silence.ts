import type { Labels } from '../labels.ts';
import { type Matcher, matchesAll } from './matcher.ts';

/** Alerts that match are not notified from `startsAt` to `endsAt`, which is not part of it. Times in ms since 1970. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly updatedAt: number;
  readonly createdBy: string;
  readonly comment: string;
}

export type SilenceState = 'pending' | 'active' | 'expired';

export function silenceState({ startsAt, endsAt }: Silence, at: number): SilenceState {
  return at < startsAt ? 'pending' : at < endsAt ? 'active' : 'expired';
}

/** The ids of the active silences that match. */
export function silencedBy(silences: readonly Silence[], labels: Labels, at: number): readonly string[] {
  return silences
    .filter((silence) => silenceState(silence, at) === 'active' && matchesAll(silence.matchers, labels))
    .map(({ id }) => id);
}

/** Ends a silence now; one that has not begun ends before it begins. An expired one stays as it is. */
export function expireSilence(silence: Silence, at: number): Silence {
  const state = silenceState(silence, at);
  if (state === 'expired') return silence;
  return { ...silence, endsAt: at, updatedAt: at, ...(state === 'pending' && { startsAt: at }) };
}
