// What is seldom needed of git as the engine's core knows it.
import type { Language } from '../machine/index.ts';
import type { RareGit } from '../tools/git/index.ts';
import { GitStop } from '../tools/git/options.ts';
import { missingWords, PartMissing, type Parts } from './index.ts';

/** @throws GitStop from what it returns, when the part cannot be had. */
export const lateRareGit = (parts: Parts, language: Language) => async (): Promise<RareGit> => {
  try {
    return (await parts.get('git')).rareGit;
  } catch (error) {
    if (!(error instanceof PartMissing)) throw error;
    throw new GitStop(`git: ${missingWords[language]}`, 1);
  }
};
