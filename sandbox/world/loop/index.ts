// The miniature of the eight stages that day 1 runs.
export { natureOf, roles, services } from './company.ts';
export { handedOver, isStage, received, type Stage, stages } from './stages.ts';
export { type Step, turnOf } from './turn.ts';
