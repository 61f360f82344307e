import type { ReviewQuestion } from '../../sandbox/hosts/asking.ts';

const loaders = import.meta.glob<{ readonly review: readonly ReviewQuestion[] }>('../../exercises/*/review.ts');

/** The questions of a day are fetched when one of them is asked. @throws when the site has none of that id. */
export async function questionOf(id: string): Promise<ReviewQuestion> {
  const number = id.slice(1, 3);
  const path = Object.keys(loaders).find((one) => one.includes(`/exercises/${number}-`));
  const questions = (await loaders[path ?? '']?.())?.review ?? [];
  const question = questions.find((one) => one.id === id);
  if (question === undefined) throw new Error(`no question ${id}`);
  return question;
}
