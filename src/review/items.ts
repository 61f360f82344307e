// What the written days leave to be reviewed, as the site is built.
import type { Exercise, ReviewQuestion } from '../../sandbox/checks/index.ts';
import type { ReviewItem } from './schedule.ts';

const questions = import.meta.glob<{ readonly review: readonly ReviewQuestion[] }>('../../exercises/*/review.ts', {
  eager: true,
});
const incidents = import.meta.glob<{ readonly exercise: Exercise }>('../../exercises/*/incident/exercise.ts', {
  eager: true,
});

/** Minutes that an item is likely to take: two of reading and thinking for two questions, three for an incident. */
const MINUTES = { question: 1, incident: 3 } as const;

/** Items of every written day, those of a day beside each other; questions first. */
export const reviewItems: readonly ReviewItem[] = [
  ...Object.values(questions).flatMap(({ review }) => review.map(({ id }) => itemOf(id, MINUTES.question))),
  ...Object.values(incidents).map(({ exercise }) => itemOf(exercise.id, MINUTES.incident)),
];

/** Ids of the micro-incidents. */
export const incidentIds: readonly string[] = Object.values(incidents).map(({ exercise }) => exercise.id);

function itemOf(id: string, minutes: number): ReviewItem {
  return { id, day: id.slice(0, 3), minutes };
}
