// The Node host's door: a day's sandbox for programs and tests.
export {
  answerOf,
  type Day,
  dayFolders,
  findDay,
  readActions,
  readFolder,
  type Variant,
  variantsOf,
} from '../build/day.ts';
export { lasting, openedOf, readDay, readIncident } from './day-state.ts';
export { startEngine } from './engine.ts';
export { openSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
