// `node tests/bench/workflow.ts`: a workflow of three jobs with checkout, `npm ci`, tests and an artifact, in the engine's own thread, as a median.
import { openSandbox } from '../../sandbox/hosts/node/sandbox.ts';
import { workflowFiles } from './workflow-files.ts';

const ROUNDS = 9;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const sandbox = await openSandbox({
  language: 'en',
  files: Object.fromEntries(Object.entries(workflowFiles).map(([path, text]) => [path, bytes(text)])),
});
const times: number[] = [];
let simulated = 0;
for (let round = 0; round <= ROUNDS; round++) {
  const started = performance.now();
  const { run } = await sandbox.runWorkflow({ path: '.github/workflows/ci.yml', inputs: {}, secrets: {}, vars: {} });
  times.push(performance.now() - started);
  if (run?.conclusion !== 'success') throw new Error(`the run ended with ${run?.conclusion}`);
  simulated = run.endedAt - run.startedAt;
}
sandbox.close();
const [first = 0, ...rest] = times;
const median = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)] ?? 0;
console.log(
  `workflow of three jobs: ${Math.round(first)} ms the first time, then ${Math.round(median)} ms (median of ${ROUNDS}); ${Math.round(simulated / 1000)} s simulated`,
);
