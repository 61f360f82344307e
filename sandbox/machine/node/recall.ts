// What a program asked of the machine and what it was told. QuickJS cannot wait in the middle of a call: where a program waits for a
// command (`execSync`), it is stopped, and afterwards run again from its beginning. All that it asks until then is answered as the
// first time and done no second time, so that it comes back to exactly where it was: a program is a function of those answers.
import { Fault, type Value } from './vm.ts';

type Answer = { readonly value: Value } | { readonly fault: Fault };

export interface Recall {
  /** The answer to the next call: the one of the first time while the program is brought back, else what `action` gives. */
  answer(action: () => Value): Value;
  /** The answer to the call in which the program waits. */
  add(value: string): void;
  /** From here on the answers are given again. */
  rewind(): void;
  /** Whether there is room for more: a service that has answered for long cannot be brought back. */
  isFull(): boolean;
}

const MOST_ANSWERS = 100_000;

export function createRecall(): Recall {
  const answers: Answer[] = [];
  let next = 0;
  return {
    answer(action) {
      const known = answers[next];
      if (known !== undefined) {
        next += 1;
        if ('fault' in known) throw known.fault;
        return known.value;
      }
      if (answers.length >= MOST_ANSWERS) return action();
      try {
        const value = action();
        answers.push({ value });
        next += 1;
        return value;
      } catch (error) {
        if (error instanceof Fault) {
          answers.push({ fault: error });
          next += 1;
        }
        throw error;
      }
    },
    add: (value) => void answers.push({ value }),
    rewind() {
      next = 0;
    },
    isFull: () => answers.length >= MOST_ANSWERS,
  };
}
