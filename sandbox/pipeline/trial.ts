// For tests: a workflow's text, run as if a push had brought it.
import { readWorkflow } from './read.ts';
import type { RunRecord } from './record.ts';
import { type RunRequest, runWorkflow } from './run.ts';

const surroundings = { commands: [], language: 'en', pause: () => Promise.resolve(), onKernel: () => {} } as const;

/** @param files of the repository, by path. @throws when the file cannot be read. */
export async function trial(
  text: string,
  more: Partial<RunRequest> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<RunRecord> {
  const { workflow, problems } = await readWorkflow('.github/workflows/ci.yml', text);
  if (workflow === undefined) throw new Error(JSON.stringify(problems));
  const source = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: new TextEncoder().encode(content),
    mode: 0o644,
  }));
  const github = {
    repository: 'ventarela/seats',
    ref: 'refs/heads/main',
    sha: 'a'.repeat(40),
    actor: 'ana',
    event: {},
    event_name: 'push',
  };
  const usual = { seed: 's', startAt: 0, event: 'push', github, secrets: {}, vars: {}, source, caches: new Map() };
  return runWorkflow({ workflow, ...usual, ...more }, surroundings);
}

/** How each job ended, by its name. */
export const conclusions = ({ jobs }: RunRecord): Readonly<Record<string, string>> =>
  Object.fromEntries(jobs.map(({ name, conclusion }) => [name, conclusion]));

/** How each step of a job ended. */
export const outcomes = ({ jobs }: RunRecord, job = 0): readonly string[] =>
  jobs[job]?.steps.map(({ outcome }) => outcome) ?? [];

/** A workflow with one job of these lines, which begin with their dash. */
export const withSteps = (...lines: readonly string[]): string =>
  [
    'on: push',
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...lines.map((line) => `      ${line}`),
  ].join('\n');
