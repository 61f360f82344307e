import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLedger, type Outcome } from './ledger.ts';

const outcome = fc.record({
  fate: fc.constantFrom('served' as const, 'failed' as const, 'dropped' as const),
  status: fc.constant(200),
  latency: fc.nat(5000),
});
const request = fc.record({ gap: fc.nat(500), outcome: fc.option(outcome, { nil: undefined }) });

test('every request is in exactly one place, in any window', () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 3000 }), fc.nat(100_000), fc.nat(100_000), (requests, since, length) => {
      const ledger = createLedger();
      const made: { at: number; outcome: Outcome | undefined }[] = [];
      let now = 0;
      for (const { gap, outcome } of requests) {
        now += gap;
        made.push({ at: now, outcome });
        const number = ledger.arrive(now);
        if (outcome !== undefined) ledger.end(number, outcome);
      }
      const within = made.filter(({ at }) => at >= since && at < since + length);
      const of = (fate: string) => within.filter(({ outcome }) => (outcome?.fate ?? 'waiting') === fate).length;
      expect(ledger.counts(since, since + length)).toEqual({
        arrived: within.length,
        served: of('served'),
        failed: of('failed'),
        dropped: of('dropped'),
        waiting: of('waiting'),
      });
      const answered = within
        .flatMap(({ outcome }) => (outcome === undefined || outcome.fate === 'dropped' ? [] : [outcome.latency]))
        .sort((a, b) => a - b);
      expect(ledger.percentile(0.5, since, since + length)).toBe(
        answered[Math.max(0, Math.ceil(answered.length / 2) - 1)],
      );
    }),
    { numRuns: 50 },
  );
});
