// The checks of a pull request as the view shows them. What it waits for is the forge's own rule: `mergeStateOf`. Pure.
import {
  type CheckRun,
  checkAt,
  lastRuns,
  type PullRequest,
  requiredChecksOf,
  type Settings,
} from '../../../sandbox/hosts/forge-view.ts';
import { type StateName, stateOf } from './model.ts';

export interface ShownCheck {
  readonly name: string;
  readonly workflow: string;
  readonly event: string;
  readonly state: StateName;
  readonly isRequired: boolean;
  /** Undefined when it was required and nothing has said anything of it. */
  readonly run: number | undefined;
}

/** The last word of each check on the head, and those that are required and have not come. */
export function checksOf(
  pull: PullRequest,
  settings: Partial<Settings>,
  checks: readonly CheckRun[],
  now: number,
): readonly ShownCheck[] {
  const required = requiredChecksOf(pull, settings);
  const shown = lastRuns(checks).map((check): ShownCheck => {
    const { name, workflow, event, run } = check;
    return { name, workflow, event, run, isRequired: required.includes(name), state: stateOfCheck(check, now) };
  });
  const missing = required.filter((name) => !shown.some((one) => one.name === name));
  return [
    ...shown,
    ...missing.map((name) => ({
      name,
      workflow: '',
      event: '',
      run: undefined,
      isRequired: true,
      state: 'expected' as const,
    })),
  ];
}

function stateOfCheck(check: CheckRun, now: number): StateName {
  const { status, conclusion } = checkAt(check, now);
  if (status === 'COMPLETED' && conclusion === 'neutral') return 'skipped';
  if (status === 'COMPLETED' && (conclusion === 'timed_out' || conclusion === 'action_required')) return 'failure';
  const states = { QUEUED: 'queued', IN_PROGRESS: 'in_progress', WAITING: 'waiting', COMPLETED: 'completed' } as const;
  return stateOf(states[status], conclusion as Parameters<typeof stateOf>[1]);
}
