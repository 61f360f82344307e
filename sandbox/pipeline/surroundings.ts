// What a step finds around it: the contexts `runner` and `job`, and the variables that every step has.
import { type Contexts, type Json, textOf } from './expression.ts';
import type { StepRecord } from './record.ts';
import type { JobSession } from './session.ts';

export function stepsContext(records: readonly StepRecord[]): Json {
  return Object.fromEntries(
    records.map(({ id, outcome, conclusion, outputs }) => [id, { outcome, conclusion, outputs }]),
  );
}

export function runnerContext(): Contexts {
  return {
    // Contexts tell the paths of the runner itself, within a container too.
    runner: {
      os: 'Linux',
      arch: 'X64',
      name: 'runner',
      temp: '/home/runner/work/_temp',
      tool_cache: '/opt/hostedtoolcache',
      debug: '',
      environment: 'github-hosted',
      workspace: '/home/runner/work',
    },
  };
}

/** "Variables reference": those named GITHUB_* and RUNNER_* win over what a workflow sets, CI does not. */
export function defaultVariables(
  github: Json,
  { workspace, temp }: JobSession,
): { readonly first: Readonly<Record<string, string>>; readonly last: Readonly<Record<string, string>> } {
  const named = Object.entries((github ?? {}) as { readonly [key: string]: Json }).filter(
    ([key, value]) => typeof value !== 'object' && key !== 'token',
  );
  return {
    first: { CI: 'true', SHELL: '/bin/bash' },
    last: {
      GITHUB_ACTIONS: 'true',
      ...Object.fromEntries(named.map(([key, value]) => [`GITHUB_${key.toUpperCase()}`, textOf(value)])),
      GITHUB_WORKSPACE: workspace,
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: 'X64',
      RUNNER_NAME: 'runner',
      RUNNER_ENVIRONMENT: 'github-hosted',
      RUNNER_TEMP: temp,
      RUNNER_TOOL_CACHE: '/opt/hostedtoolcache',
      RUNNER_WORKSPACE: workspace.slice(0, workspace.lastIndexOf('/')),
    },
  };
}
