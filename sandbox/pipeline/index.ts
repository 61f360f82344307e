// CI: reading a workflow file, planning its jobs, running them on machines of their own.

export { digestOf, zipOf } from './archive.ts';
export { unfitInput } from './dispatch.ts';
export type { WorkflowAnswer, WorkflowRequest } from './home.ts';
export { type Reading, readWorkflow } from './read.ts';
export type * from './record.ts';
export type { RunRequest } from './run.ts';
export type * from './service/contract.ts';
export { type CiSurroundings, createCi } from './service/index.ts';
export { ciOfJobs } from './service/of-jobs.ts';
export { artifactsOf, readRun, readRuns } from './service/runs.ts';
export { type JobView, type RunView, runAt, type Status, type StepView } from './service/view.ts';
export type { Caches, RunnerSurroundings, SourceFile } from './session.ts';
export type * from './workflow.ts';
