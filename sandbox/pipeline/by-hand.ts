// What is done with a workflow by hand: looked over, or run from a home folder. Apart from the room's door, for the lint is large.
export { runHomeWorkflow } from './home.ts';
export { inspectWorkflow } from './inspect.ts';
