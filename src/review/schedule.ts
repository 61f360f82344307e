// What is to be reviewed and when: FSRS over the learner's records. Pure; chance has no part in it.
import { type Card, createEmptyCard, fsrs, type Grade, Rating } from 'ts-fsrs';
import { calendarDay } from '../progress/calendar-day.ts';
import type { DayProgress, Review } from '../progress/contract.ts';

/** Something that a day leaves to be reviewed, as the build of the site lists it. */
export interface ReviewItem {
  /** `d01-r1`, a question; `d01-i1`, a micro-incident. */
  readonly id: string;
  readonly day: string;
  /** How long it is likely to take. */
  readonly minutes: number;
}

export interface DueItem extends ReviewItem {
  /** Calendar day on which it is due, as `calendarDay` counts. */
  readonly due: number;
  /** How often it has been reviewed: the next time asks with other numbers. */
  readonly times: number;
}

type Days = Readonly<Record<string, Pick<DayProgress, 'state' | 'passedAt' | 'solutionSeen' | 'reviews'>>>;

/** One sitting, unless more is wished for. */
const AT_ONCE = { items: 3, minutes: 4 } as const;
/** The last moment that a date can name: ms since 1970 (ECMA-262, Time Values and Time Range). */
const LAST_MOMENT = 8.64e15;

const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

/** Items of days that were passed, each with the day on which it is due; those that wait longest first. */
export function schedule(items: readonly ReviewItem[], days: Days): readonly DueItem[] {
  return items
    .flatMap((item): DueItem[] => {
      const day = days[item.day];
      if (day?.passedAt === undefined || !isMoment(day.passedAt)) return [];
      const reviews = reviewsOf(item, day);
      return [{ ...item, due: dueDay(day.passedAt, day.solutionSeen, reviews), times: reviews.length }];
    })
    .sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
}

/** @param today as `calendarDay` counts. */
export function dueOn(today: number, scheduled: readonly DueItem[]): readonly DueItem[] {
  return scheduled.filter(({ due }) => due <= today);
}

/** As many as fit into one sitting, in their order; always one. */
export function sitting(due: readonly DueItem[]): readonly DueItem[] {
  const chosen: DueItem[] = [];
  let minutes = 0;
  for (const item of due) {
    if (chosen.length === AT_ONCE.items) break;
    if (chosen.length > 0 && minutes + item.minutes > AT_ONCE.minutes) continue;
    chosen.push(item);
    minutes += item.minutes;
  }
  return chosen;
}

/**
 * Days that are done and of which every item was passed in a review on a later day than the day itself: they are learned now.
 * What was learned stays so, whatever items come.
 */
export function newlyLearned(items: readonly ReviewItem[], days: Days): readonly string[] {
  return [...new Set(items.map(({ day }) => day))].filter((id) => {
    const day = days[id];
    const { passedAt } = day ?? {};
    if (day?.state !== 'done' || passedAt === undefined) return false;
    const isLater = ({ at, rating }: Review): boolean => rating > 1 && calendarDay(at) > calendarDay(passedAt);
    return items.every((item) => item.day !== id || reviewsOf(item, day).some(isLater));
  });
}

/** The pass of the day is the first review: with the solution in sight it counts as forgotten. */
function dueDay(passedAt: number, solutionSeen: number | undefined, reviews: readonly Review[]): number {
  const first: Grade = solutionSeen !== undefined && solutionSeen <= passedAt ? Rating.Again : Rating.Good;
  let card: Card = scheduler.next(createEmptyCard(new Date(passedAt)), new Date(passedAt), first).card;
  let last = passedAt;
  for (const { at, rating } of reviews) {
    // A clock that was set back must not make time run backwards.
    last = Math.max(last, at);
    card = scheduler.next(card, new Date(last), rating).card;
  }
  const due = calendarDay(card.due.getTime());
  const seenSince = solutionSeen !== undefined && isMoment(solutionSeen) && solutionSeen > last;
  return seenSince ? Math.min(due, calendarDay(solutionSeen) + 1) : due;
}

function reviewsOf({ id }: ReviewItem, { reviews }: Pick<DayProgress, 'reviews'>): readonly Review[] {
  return (reviews[id] ?? []).filter(({ at }) => isMoment(at)).toSorted((a, b) => a.at - b.at);
}

/** FSRS counts up to a hundred years further. */
function isMoment(at: number): boolean {
  return Number.isFinite(at) && Math.abs(at) < LAST_MOMENT / 2;
}
