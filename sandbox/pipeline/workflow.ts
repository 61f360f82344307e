// A workflow as it stands in its file: plain data, with its expressions not yet evaluated.

/** `${{ … }}` in a value: the text between the braces, or `format(…)` where it stood within other text. */
export interface Expression {
  readonly expression: string;
}

export type Value = null | boolean | number | string | Expression | readonly Value[] | ValueMap;
export interface ValueMap {
  readonly [key: string]: Value;
}

/** What is wrong with a workflow file, as GitHub's parser or our lint says it. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The lint rule that found it; absent when the file cannot run at all. */
  readonly rule?: string;
}

export interface Step {
  /** As written, or `__run`, `__run_2`, … */
  readonly id: string;
  readonly name?: Value;
  /** Always holds a status function: `success() && (…)` where the author wrote none. */
  readonly if: string;
  readonly run?: Value;
  readonly uses?: string;
  readonly with: ValueMap;
  readonly env: ValueMap;
  readonly shell?: Value;
  readonly workingDirectory?: Value;
  readonly continueOnError: Value;
  readonly timeoutMinutes?: Value;
  /** Where it stands in the file, from 1. */
  readonly line: number;
}

export interface Job {
  readonly id: string;
  readonly name?: Value;
  readonly needs: readonly string[];
  readonly if: string;
  readonly runsOn?: Value;
  readonly strategy?: Value;
  readonly env: ValueMap;
  readonly defaults: RunDefaults;
  readonly outputs: ValueMap;
  readonly steps: readonly Step[];
  readonly timeoutMinutes?: Value;
  readonly continueOnError: Value;
  readonly concurrency?: Value;
  readonly environment?: Value;
  readonly container?: Value;
  /** Where it says its image, from 1. */
  readonly containerLine?: number;
  readonly services: ValueMap;
  /** Where each service says its image, from 1. */
  readonly serviceLines: Readonly<Record<string, number>>;
  readonly permissions?: Value;
  /** A reusable workflow in place of steps, and what it is given. */
  readonly uses?: string;
  readonly with: ValueMap;
  readonly secrets?: 'inherit' | ValueMap;
  readonly line: number;
}

export interface RunDefaults {
  readonly shell?: Value;
  readonly workingDirectory?: Value;
}

/** An input of `workflow_dispatch`, `workflow_call` or an action. */
export interface Input {
  readonly type: string;
  readonly required: boolean;
  readonly default?: Value;
  readonly options?: readonly string[];
}

export interface Trigger {
  readonly types?: readonly string[];
  readonly branches?: readonly string[];
  readonly branchesIgnore?: readonly string[];
  readonly tags?: readonly string[];
  readonly tagsIgnore?: readonly string[];
  readonly paths?: readonly string[];
  readonly pathsIgnore?: readonly string[];
  readonly workflows?: readonly string[];
  readonly crons?: readonly string[];
  readonly inputs: Readonly<Record<string, Input>>;
  /** Of `workflow_call`. */
  readonly outputs: ValueMap;
  readonly secrets: Readonly<Record<string, { readonly required: boolean }>>;
}

export interface Workflow {
  readonly path: string;
  readonly name: string;
  readonly runName?: Value;
  readonly on: Readonly<Record<string, Trigger>>;
  readonly env: ValueMap;
  readonly defaults: RunDefaults;
  readonly concurrency?: Value;
  readonly permissions?: Value;
  readonly jobs: readonly Job[];
}
