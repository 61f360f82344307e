// A program that answers for thousands of alike requests: many of them really run it, the others have an answer that it gave.
import { createRandom } from '../../kernel/index.ts';
import {
  type Instance,
  type ProgramAnswer,
  type ProgramPlan,
  type ProgramRequest,
  type ProgramSurroundings,
  startInstance,
} from './instance.ts';

export interface SampledRequest extends ProgramRequest {
  /** What makes requests alike: the route, and whatever else the answer should depend on. */
  readonly kind: string;
}

export interface SampledAnswer extends ProgramAnswer {
  /** Lines that it wrote since it last ran: none where it did not run. */
  readonly output: readonly string[];
}

/** One version of a program, for every instance that serves it. */
export interface SampledProgram {
  /** Undefined when no process is left that could say what becomes of this kind. */
  answer(request: SampledRequest): SampledAnswer | undefined;
  /** How many requests really ran, of how many. */
  readonly share: { readonly ran: number; readonly of: number };
}

/**
 * Of each kind of request the first 100 run the program, then one in 200; the others have one of the last 32 answers of their kind,
 * drawn by chance: on the busiest day some 3,000 of 500,000 run. So the share of failures and the costs are the program's own, up to
 * the chance of a sample. When a request ends the process, or hangs it, a fresh one takes its place. Of those a few are started
 * beforehand, for what answers must do so within the turn: a kind that has ended three of them runs no more, and its answers are drawn
 * from those that it gave.
 */
const SURE = 100;
const ONE_IN = 200;
const MEMORY = 32;
const ENDS = 3;
const PROCESSES = 13;

/** @returns what the program wrote, when it does not come to listen. */
export async function startSampled(
  plan: ProgramPlan,
  surroundings: ProgramSurroundings,
): Promise<SampledProgram | { readonly output: readonly string[] }> {
  const ready: Instance[] = [];
  for (let count = 0; count < PROCESSES; count++) {
    const one = await startInstance(plan, surroundings);
    if ('output' in one) return one;
    one.takeOutput();
    ready.push(one);
  }
  const chance = createRandom(`${plan.seed}/sampled`);
  const kinds = new Map<string, { seen: number; ends: number; readonly answers: ProgramAnswer[] }>();
  const share = { ran: 0, of: 0 };

  return {
    share,
    answer({ kind, ...request }) {
      const known = kinds.get(kind) ?? { seen: 0, ends: 0, answers: [] };
      kinds.set(kind, known);
      known.seen += 1;
      const isChosen = known.seen <= SURE || chance.integer(1, ONE_IN) === 1;
      const [instance] = ready;
      if (!isChosen || known.ends >= ENDS || instance === undefined) {
        const like = known.answers[chance.integer(0, Math.max(0, known.answers.length - 1))];
        if (like !== undefined) share.of += 1;
        return like && { ...like, output: [] };
      }
      share.of += 1;
      share.ran += 1;
      const answer = instance.ask(request);
      if (!instance.isAlive) {
        ready.shift();
        known.ends += 1;
      }
      known.answers.push(answer);
      if (known.answers.length > MEMORY) known.answers.shift();
      return { ...answer, output: instance.takeOutput() };
    },
  };
}
