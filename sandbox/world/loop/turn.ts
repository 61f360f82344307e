import type { Random } from '../../kernel/index.ts';
import type { CardNature } from './company.ts';
import { handedOver, received, type Stage, stages } from './stages.ts';

/** What the team wrote down before it pulled a card. */
export interface CardPlan {
  readonly services: readonly string[];
  /** Cards that stand before it in the order and are not done. */
  readonly ahead: number;
}

/** One thing of a turn, `minutes` after its beginning. */
export type Step =
  | { readonly step: 'started'; readonly stage: Stage; readonly at: number; readonly received: string }
  | {
      readonly step: 'ended';
      readonly stage: Stage;
      readonly at: number;
      readonly minutes: number;
      readonly handedOver: string;
    }
  | {
      readonly step: 'stopped';
      readonly stage: Stage;
      readonly at: number;
      readonly minutes: number;
      readonly missing: string;
    };

/** A card's whole way round the loop. */
export interface Turn {
  readonly steps: readonly Step[];
  /** Simulated minutes from the wish to the answer: the sum of what the stages took, waiting included. */
  readonly leadTime: number;
  readonly stops: number;
}

/** How long each stage takes: minutes, the least and the most. */
const durations: Readonly<Record<Stage, readonly [least: number, most: number]>> = {
  plan: [60, 120],
  code: [240, 420],
  build: [8, 15],
  test: [20, 45],
  release: [15, 30],
  deploy: [10, 20],
  operate: [120, 180],
  monitor: [240, 300],
};

/** Minutes that plan also takes: for each service that it names, for one that nobody had planned, for each card ahead. */
const preparing = [20, 40] as const;
const gettingUnplanned = [2100, 2700] as const;
const waitingForOne = [720, 960] as const;

/**
 * Sends a card round the loop. Code calls what it calls: the first service that is not there stops the card at deploy, and it goes
 * back to plan with what was learnt. Work on code is then shorter: most of it is done.
 */
export function turnOf(card: CardNature, plan: CardPlan, random: Random): Turn {
  const between = ([least, most]: readonly [number, number]): number => random.integer(least, most);
  const ready = new Set(plan.services);
  const steps: Step[] = [];
  let at = 0;
  let stops = 0;

  for (let index = 0; index < stages.length; index++) {
    const stage = stages[index] as Stage;
    const again = stops > 0 && index < stages.indexOf('deploy');
    steps.push({ step: 'started', stage, at, received: received(stage) });
    let minutes = between(durations[stage]);
    if (again && stage === 'code') minutes = Math.ceil(minutes / 3);
    if (stage === 'plan' && again) minutes += between(gettingUnplanned);
    if (stage === 'plan' && !again) {
      for (let waited = 0; waited < plan.ahead; waited++) minutes += between(waitingForOne);
      for (const _ of plan.services) minutes += between(preparing);
    }

    const missing = stage === 'deploy' ? card.calls.find((service) => !ready.has(service)) : undefined;
    at += minutes;
    if (missing !== undefined) {
      steps.push({ step: 'stopped', stage, at, minutes, missing });
      stops += 1;
      ready.add(missing);
      index = -1;
      continue;
    }
    steps.push({ step: 'ended', stage, at, minutes, handedOver: handedOver[stage] });
  }
  return { steps, leadTime: at, stops };
}
