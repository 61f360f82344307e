// What somebody else did beside what the learner did: what became of the buyers of both, to the same moment.
import type { RunFigures } from '../../../sandbox/hosts/protocol.ts';
import type { Bench } from '../bench.ts';
import type { Snapshot } from '../parts.ts';
import { textOf } from '../production/there.ts';

/** Ms since 1970, and figures of theirs and of the learner's own; none where one has no production. */
export interface Sides {
  readonly from: number;
  readonly until: number;
  readonly figures?: readonly [RunFigures, RunFigures];
}

/** From where both have a production, up to where the shorter one ends. @throws when an engine breaks down */
export async function compareSides(bench: Bench, theirs: Snapshot, mine: Snapshot): Promise<Sides> {
  const [one, two] = [beginningOf(theirs), beginningOf(mine)];
  const until = Math.min(theirs.kernel.now, mine.kernel.now);
  if (one === undefined || two === undefined) return { from: until, until };
  const from = Math.max(one, two);
  const [first, second] = await Promise.all([theirs, mine].map((side) => figuresOf(bench, side, from, until)));
  return { from, until, ...(first !== undefined && second !== undefined && { figures: [first, second] as const }) };
}

async function figuresOf(bench: Bench, side: Snapshot, from: number, until: number): Promise<RunFigures | undefined> {
  const engine = await bench.desk.startSpare(side);
  try {
    return (await engine.call('figures', { from, until })).figures;
  } finally {
    engine.stop();
  }
}

function beginningOf({ files }: Snapshot): number | undefined {
  try {
    const { startedAt } = JSON.parse(textOf(files, '/srv/production/beginning.json')) as { startedAt?: unknown };
    return typeof startedAt === 'number' ? startedAt : undefined;
  } catch {
    return undefined;
  }
}
