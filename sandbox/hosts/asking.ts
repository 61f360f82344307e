// Asks a question of a review with a seed: the same seed asks the same.
import { type Asked, type AskedChoice, type ReviewQuestion, shuffled } from '../checks/review.ts';
import { createRandom } from '../kernel/random.ts';

export type { Asked, AskedChoice, AskedQuantity, ReviewQuestion } from '../checks/review.ts';

/** @returns the question with its choices in the order in which they are shown. */
export function askWith(question: ReviewQuestion, seed: string): Asked {
  const random = createRandom(seed);
  const asked = question.ask(random);
  if (asked.kind === 'quantity') return asked;
  return { ...asked, choices: shuffled<AskedChoice['choices'][number]>(random, asked.choices) };
}
