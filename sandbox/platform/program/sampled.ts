// A program that answers for thousands of alike requests: many of them really run it, the others have an answer that it gave.
import { createRandom } from '../../kernel/index.ts';
import {
  type Instance,
  type ProgramAnswer,
  type ProgramPlan,
  type ProgramSurroundings,
  startInstance,
} from './instance.ts';

export interface SampledRequest {
  /** What makes requests alike: the route, and whatever else the answer should depend on. */
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly at: number;
}

/** One version of a program, for every instance that serves it. */
export interface SampledProgram {
  answer(request: SampledRequest): ProgramAnswer;
  /** Lines that it wrote while it really ran, since this was last asked, in order. */
  takeOutput(): readonly string[];
  /** How many requests really ran, of how many. */
  readonly share: { readonly ran: number; readonly of: number };
}

/**
 * Of each kind of request the first 200 run the program, then one in twenty; the others have one of the last 64 answers of their kind,
 * drawn by chance. So the share of failures and the costs are the program's own, up to the chance of a sample. When a request ends the
 * process, or hangs it, a fresh one (of a few that were started beforehand) takes its place; when none is left, answers are only drawn.
 */
const SURE = 200;
const ONE_IN = 20;
const MEMORY = 64;
const SPARES = 6;

/** @returns what the program wrote, when it does not come to listen. */
export async function startSampled(
  plan: ProgramPlan,
  surroundings: ProgramSurroundings,
): Promise<SampledProgram | { readonly output: readonly string[] }> {
  const first = await startInstance(plan, surroundings);
  if ('output' in first) return first;
  const ready: Instance[] = [first];
  for (let spare = 1; spare < SPARES; spare++) {
    const one = await startInstance(plan, surroundings);
    if ('output' in one) return one;
    one.takeOutput();
    ready.push(one);
  }
  const chance = createRandom(`${plan.seed}/sampled`);
  const kinds = new Map<string, { seen: number; readonly answers: ProgramAnswer[] }>();
  const share = { ran: 0, of: 0 };
  let output: string[] = [...first.takeOutput()];

  return {
    share,
    answer({ kind, ...request }) {
      share.of += 1;
      const known = kinds.get(kind) ?? { seen: 0, answers: [] };
      kinds.set(kind, known);
      known.seen += 1;
      const isSure = known.seen <= SURE || known.answers.length === 0;
      const runs = isSure || chance.integer(1, ONE_IN) === 1;
      const [instance] = ready;
      if (!runs || instance === undefined) {
        const like = known.answers[chance.integer(0, known.answers.length - 1)];
        return like ?? { status: 0, body: '', cost: 0, failed: 'crash' };
      }
      share.ran += 1;
      const answer = instance.ask(request);
      output.push(...instance.takeOutput());
      if (!instance.isAlive) ready.shift();
      known.answers.push(answer);
      if (known.answers.length > MEMORY) known.answers.shift();
      return answer;
    },
    takeOutput() {
      const taken = output;
      output = [];
      return taken;
    },
  };
}
