// What the script of the part `forge` holds: `gh` with the REST interface, the lint of workflows, and running one by hand.
export { inspectWorkflow, runHomeWorkflow } from '../pipeline/by-hand.ts';
export { createGh } from '../tools/gh/index.ts';
export { answerJob, ghOfJobs } from '../tools/gh/of-jobs.ts';
