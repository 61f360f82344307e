// The vocabulary in which a day's checks are written. Exercises import from here and from nowhere else.

export type { LoggedEvent } from '../kernel/index.ts';
export type { Words } from '../machine/words.ts';
export type {
  Check,
  CheckResult,
  Commit,
  Desk,
  Exercise,
  ForgeRecords,
  HostView,
  Place,
  ProductionView,
  PullRequest,
  RegistryView,
  ReplayRequest,
  Repository,
  Service,
  Star,
  Step,
  Verdict,
  WatchedDay,
} from './contract.ts';
export { onDemand } from './on-demand.ts';
export { type Asked, type AskedChoice, type AskedQuantity, type Chance, pick, type ReviewQuestion } from './review.ts';
export { beside, CheckStop, failed, passed, verdictOf } from './verdict.ts';
