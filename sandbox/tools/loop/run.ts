import type { SandboxEvent } from '../../kernel/index.ts';
import type { CommandIO } from '../../machine/index.ts';
import { natureOf, type Step, turnOf } from '../../world/loop/index.ts';
import { type Card, putCard, readCards, readPlan, type TeamPlan } from './files.ts';
import { LoopProblem } from './problem.ts';
import { predictionOf, tell } from './tell.ts';
import { words } from './words.ts';

const MINUTE = 60_000;

/** `loop run`: sends a card round the loop, moves the clock by as much, and tells it. */
export function run(io: CommandIO, id: string): number {
  const { machine } = io;
  const { kernel } = machine;
  const cards = readCards(machine);
  const card = cards.find((one) => one.id === id);
  if (card === undefined) throw new LoopProblem(words.noSuchCard(id));
  const nature = natureOf(id);
  if (nature === undefined) throw new LoopProblem(words.cannotRun(id));
  const plan = readPlan(machine);
  const { askedBy, services } = entryOf(plan, id);

  const ahead = plan.order
    .slice(0, plan.order.indexOf(id))
    .filter((one) => cards.find((other) => other.id === one)?.column !== 'done').length;
  const name = `R${kernel.log.entries().filter(({ type }) => type === 'RunStarted').length + 1}`;
  const turn = turnOf(nature, { services, ahead }, kernel.random('loop'));
  const feedback: Card = { id: `feedback-${id}`, title: words.feedbackTitle(card.title), column: 'backlog' };
  const isNew = !cards.some((one) => one.id === feedback.id);

  const before = kernel.log.entries().length;
  kernel.record({ type: 'RunStarted', run: name, card: id });
  kernel.record({ type: 'PlanRead', run: name, card: id, askedBy, services: services.join(',') });
  moveCard(io, card, 'doing');
  let now = 0;
  for (const step of turn.steps) {
    kernel.advance((step.at - now) * MINUTE);
    now = step.at;
    kernel.record(eventOf(step, name, id));
  }
  moveCard(io, { ...card, column: 'doing' }, 'done');
  if (isNew) {
    putCard(machine, feedback);
    kernel.record({ type: 'CardCreated', card: feedback.id, column: feedback.column, by: 'monitor' });
  }
  const result = turn.stops === 0 ? 'completed' : 'completed-after-stops';
  kernel.record({ type: 'RunEnded', run: name, card: id, result, leadTimeMinutes: turn.leadTime, stops: turn.stops });

  const { language } = machine;
  const log = kernel.log.entries();
  io.stdout(tell(log.slice(before), io, ahead === 0 ? undefined : words.waits(ahead), predictionOf(log, name, id)));
  if (isNew) io.stdout(`${words.created(feedback.id, askedBy)[language]}\n`);
  return 0;
}

/** What the plan says of a card. @throws LoopProblem for what must be there before a card is pulled. */
function entryOf(plan: TeamPlan, id: string): TeamPlan['cards'][string] {
  const entry = plan.cards[id];
  if (entry === undefined) throw new LoopProblem(words.noPlan(id));
  if (entry.askedBy === '') throw new LoopProblem(words.noAsker(`plan.yaml:${entry.line}`));
  if (!plan.order.includes(id)) throw new LoopProblem(words.notOrdered(id));
  return entry;
}

function moveCard({ machine }: CommandIO, card: Card, column: Card['column']): void {
  if (card.column === column) return;
  putCard(machine, { ...card, column });
  machine.kernel.record({ type: 'CardMoved', card: card.id, from: card.column, to: column });
}

function eventOf(step: Step, run: string, card: string): SandboxEvent {
  const { stage } = step;
  if (step.step === 'started') return { type: 'StageStarted', run, card, stage, received: step.received };
  const { minutes } = step;
  if (step.step === 'stopped') return { type: 'StageStopped', run, card, stage, reason: step.missing, minutes };
  return { type: 'StageEnded', run, card, stage, handedOver: step.handedOver, minutes };
}
