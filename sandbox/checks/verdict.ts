import type { Words } from '../machine/words.ts';
import type { Check, Verdict } from './contract.ts';

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

/**
 * A goal beside another of its step that tells in full what is wrong with a file, or what a command should have done: it only points there.
 * @param says what it says itself meanwhile; without `expected`, what the other expects
 */
export function beside<One extends Check>(
  place: string,
  says: { readonly expected?: Words; readonly found: Words },
  check: One,
): One {
  return {
    ...check,
    async run(desk) {
      try {
        return await check.run(desk);
      } catch (error) {
        const verdict = verdictOf(error);
        const { where } = verdict ?? {};
        if (verdict === undefined || where === undefined || !Object.values(where).includes(place)) throw error;
        const next = {
          es: 'La primera meta de este paso dice por qué.',
          en: 'The first goal of this step says why.',
        };
        return failed({ expected: verdict.expected, ...says, where, next });
      }
    },
  };
}

/** Thrown by the desk when a learner's program used up its limits: the check has no result, and that is the program's fault. */
export class ProgramOverLimit extends Error {}
