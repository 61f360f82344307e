import { createLabels, type Labels } from '../labels.ts';

/** A change that a version carries: its commit and when it was committed (ms since 1970). */
export interface Change {
  readonly commit: string;
  readonly committedAt: number;
}

/**
 * What happened to production, in one list: what people did to it, what it did by itself, who was told. Every view of "when" (the
 * marks on charts, the operations channel, delivery figures) reads this. Plain data.
 */
export type TimelineEvent = { readonly at: number } & (
  | {
      /** A version began to serve, or the attempt failed and what served before goes on serving. */
      readonly kind: 'deploy';
      readonly service: string;
      readonly version: string;
      /** What served before; '' at the first deploy. */
      readonly from: string;
      readonly result: 'succeeded' | 'failed';
      readonly changes: readonly Change[];
      readonly by: string;
      /** The version that was bad and that this one mends, when it is a fix forward. */
      readonly mends?: string;
    }
  | {
      /** A service went back from a version to an earlier one. */
      readonly kind: 'rollback';
      readonly service: string;
      readonly version: string;
      readonly from: string;
      readonly result: 'succeeded' | 'failed';
      readonly reason: string;
      readonly by: string;
    }
  | {
      readonly kind: 'scale';
      readonly service: string;
      readonly from: number;
      readonly to: number;
      readonly reason: string;
    }
  | { readonly kind: 'alert'; readonly state: 'firing' | 'resolved'; readonly labels: Labels }
  | {
      readonly kind: 'notification';
      readonly receiver: string;
      readonly to: string;
      readonly status: 'firing' | 'resolved';
      readonly title: string;
    }
  /** Other news that operations must hear: drift, a certificate that ends, a backup that failed. */
  | { readonly kind: 'notice'; readonly topic: string; readonly service: string; readonly text: string }
);

/** What routes and searches see of an event: its flat fields as labels; an alert's own labels with `kind` and `state`. */
export function eventLabels(event: TimelineEvent): Labels {
  if (event.kind === 'alert') return createLabels([...event.labels, ['kind', 'alert'], ['state', event.state]]);
  const flat = Object.entries(event).filter(([name, value]) => name !== 'at' && typeof value !== 'object');
  return createLabels(flat.map(([name, value]) => [name, String(value)]));
}

/** One list from several, by time; events of the same moment keep the order of the lists. */
export function mergeTimelines(...lists: readonly (readonly TimelineEvent[])[]): readonly TimelineEvent[] {
  return lists.flat().sort((a, b) => a.at - b.at);
}
