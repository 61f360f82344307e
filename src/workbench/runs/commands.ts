// The command lines that the view's buttons stand for. Pure.
import type { MergeMethod } from '../../../sandbox/hosts/forge-view.ts';

export const gh = {
  rerun: (run: number): string => `gh run rerun ${run}`,
  rerunFailed: (run: number): string => `gh run rerun ${run} --failed`,
  cancel: (run: number): string => `gh run cancel ${run}`,
  watch: (run: number): string => `gh run watch ${run}`,
  /** The API takes an environment by its id: it is asked for first. */
  review(run: number, environment: string, state: 'approved' | 'rejected'): string {
    const path = `repos/{owner}/{repo}/actions/runs/${run}/pending_deployments`;
    const filter = `.[].environment | select(.name == ${JSON.stringify(environment)}) | .id`;
    return `id=$(gh api ${path} --jq ${quoted(filter)}) &&\ngh api --method POST ${path} -F "environment_ids[]=$id" -f state=${state} -f comment=''`;
  },
  merge: (pull: number, method: MergeMethod): string => `gh pr merge ${pull} --${method}`,
  queue: (pull: number): string => `gh pr merge ${pull}`,
  mergeAuto: (pull: number, method: MergeMethod): string => `gh pr merge ${pull} --auto --${method}`,
  mergeAutoOff: (pull: number): string => `gh pr merge ${pull} --disable-auto`,
  approve: (pull: number): string => `gh pr review ${pull} --approve`,
  close: (pull: number): string => `gh pr close ${pull}`,
  reopen: (pull: number): string => `gh pr reopen ${pull}`,
  diff: (pull: number): string => `gh pr diff ${pull}`,
  ready: (pull: number): string => `gh pr ready ${pull}`,
} as const;

/** A command as a script: in the learner's copy of the repository, from which `gh` knows which one is meant; else named. */
export function scriptFor(command: string, repository: string, clone: string | undefined): string {
  if (clone !== undefined) return `cd ${quoted(clone)} &&\n${command}`;
  // As workflows see it in `github.repository`.
  const full = repository.includes('/') ? repository : `ventarela/${repository}`;
  return `export GH_REPO=${quoted(full)}\n${command}`;
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
