// Production and the people around it. `createWorld` runs a scenario (data, see scenario.ts) event by event; `loop/` has a door
// of its own.

export type { Unknown } from './act.ts';
export { type CompanyDay, companyDays } from './company/days.ts';
export { endOf, type Replay, type ReplayOptions, replayDay, servicesOf } from './company/replay.ts';
export type { Distribution } from './core/chance.ts';
export type { Figures, ServiceFigures, Times } from './figures.ts';
export { durationOf } from './file/fields.ts';
export type { FileProblem } from './file/parse.ts';
export { type Read, readCapacity, readScenario } from './file/read.ts';
export type { Answer, Call, Finished, Hooks, WorldEvent } from './hooks.ts';
export type { Series } from './metrics.ts';
export type * from './scenario.ts';
export type { WorldSnapshot } from './snapshot.ts';
export type { Minute } from './state.ts';
export { createWorld, type InstanceView, type World } from './world.ts';
