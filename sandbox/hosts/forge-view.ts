// What a page needs to show the forge's documents out of a session's mirror: pure, so no call to an engine is needed.

export { lastRuns } from '../forge/check-state.ts';
export { type MergeState, mergeStateOf, requiredChecksOf, rulesOfPull, type Wait } from '../forge/mergeability.ts';
export type { CheckRun, CheckStatus, MergeMethod, PullRequest, Ruleset, Settings } from '../forge/records.ts';
export { checkAt } from '../forge/records.ts';
export type { Annotation, Conclusion } from '../pipeline/record.ts';
export type { StoredRun } from '../pipeline/service/contract.ts';
export { type JobView, type RunView, runAt, type Status, type StepView } from '../pipeline/service/view.ts';
