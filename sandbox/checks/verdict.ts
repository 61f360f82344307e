import type { Verdict } from './contract.ts';

export const passed: Verdict = { passed: true };

/** What a failing check says: expected, found (the learner's own values), where, and the next thing to try. */
export function failed(says: Omit<Verdict & { passed: false }, 'passed'>): Verdict & { readonly passed: false } {
  return { passed: false, ...says };
}

/** Thrown by the desk when what a check wants to look at is not there or cannot be read: the check fails with this verdict. */
export class CheckStop extends Error {
  readonly verdict: Verdict & { readonly passed: false };

  constructor(verdict: Verdict & { readonly passed: false }) {
    super(verdict.found.en);
    this.verdict = verdict;
  }
}

/** The verdict that a thrown `CheckStop` carries. Not by `instanceof`: an exercise is bundled with a copy of this file. */
export function verdictOf(error: unknown): CheckStop['verdict'] | undefined {
  return error instanceof Error && 'verdict' in error ? (error as CheckStop).verdict : undefined;
}

/** Thrown by the desk when a learner's program used up its limits: the check has no result, and that is the program's fault. */
export class ProgramOverLimit extends Error {}
