import { getLabel, type Labels, NAME } from '../labels.ts';
import { compileRegex, findMatch } from '../regex/index.ts';
import type { Store, StoredSeries } from '../store/store.ts';
import type { Matcher } from './ast.ts';

/** Whether a value satisfies a matcher; an absent label has the value ''. */
export function matches(matcher: Matcher, value: string): boolean {
  return testOf(matcher)(value);
}

/** A test for many values, which remembers its answers: labels repeat. */
function testOf({ kind, value }: Matcher): (text: string) => boolean {
  if (kind === '=') return (text) => text === value;
  if (kind === '!=') return (text) => text !== value;
  const regex = compileRegex(value);
  // A plain list of words needs no machine.
  const words = /^[\w :/-]*(\|[\w :/-]*)*$/.test(value) ? new Set(value.split('|')) : undefined;
  const known = new Map<string, boolean>();
  return (text) => {
    let found = words?.has(text) ?? known.get(text);
    if (found === undefined) {
      found = findMatch(regex, text) !== undefined;
      known.set(text, found);
    }
    return found === (kind === '=~');
  };
}

export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matches(matcher, getLabel(labels, matcher.name)));
}

/** Series that satisfy all matchers, in the order in which they came to be. */
export function select(store: Store, matchers: readonly Matcher[]): readonly StoredSeries[] {
  const name = matchers.find((matcher) => matcher.name === NAME && matcher.kind === '=' && matcher.value !== '');
  const candidates = name === undefined ? [...store.byKey.values()] : (store.byName.get(name.value) ?? []);
  const tests = matchers
    .filter((matcher) => matcher !== name)
    .map((matcher) => ({ name: matcher.name, test: testOf(matcher) }));
  return candidates.filter(({ labels }) => tests.every(({ name, test }) => test(getLabel(labels, name))));
}
