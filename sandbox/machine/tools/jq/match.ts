import { isExplosive, LONGEST_RISK } from '../pattern.ts';
import { faultIn, type PatternFault } from '../pattern-fault.ts';
import type { Json } from './json.ts';
import { JqError, shownValue } from './operators.ts';

/** What `match` gives, as a list; or whether there is a match. Offsets count code points. */
export function matchText(value: Json, pattern: Json, flags: Json, testing: boolean): Json {
  if (typeof value !== 'string') throw new JqError(`${shownValue(value)} cannot be matched, as it is not a string`);
  if (typeof pattern !== 'string') throw new JqError(`${shownValue(pattern)} cannot be matched, as it is not a string`);
  if (flags !== null && typeof flags !== 'string') throw new JqError(`${shownValue(flags)} is not a string`);
  const letters = flags ?? '';
  const wrong = [...letters].find((letter) => !'gimnpslx'.includes(letter));
  if (wrong !== undefined) throw new JqError(`${letters} is not a valid modifier string`);
  const expression = compileFor(pattern, letters);
  if (value.length > LONGEST_RISK && isExplosive(pattern))
    throw new JqError(`${pattern} (at offset 0) is not a valid regex: retry-limit-in-match over`);
  if (testing) return expression.test(value);
  const offset = (at: number): number => [...value.slice(0, at)].length;
  const out: Json[] = [];
  for (let from = 0; from <= value.length; ) {
    expression.lastIndex = from;
    const found = expression.exec(value);
    if (
      found === null ||
      (found[0] === '' && (letters.includes('n') || found.index === value.length) && out.length > 0)
    )
      break;
    const names = Object.keys(found.groups ?? {});
    const captures = found.slice(1).map((text: string | undefined, index) => {
      const place = found.indices?.[index + 1];
      const name =
        names.find((one) => {
          const own = found.indices?.groups?.[one];
          return (
            own === place || (own !== undefined && place !== undefined && own[0] === place[0] && own[1] === place[1])
          );
        }) ?? (text === undefined ? names.find((one) => found.groups?.[one] === undefined) : undefined);
      return new Map<string, Json>([
        ['offset', place === undefined ? -1 : offset(place[0])],
        ['length', [...(text ?? '')].length],
        ['string', text ?? null],
        ['name', name ?? null],
      ]);
    });
    out.push(
      new Map<string, Json>([
        ['offset', offset(found.index)],
        ['length', [...found[0]].length],
        ['string', found[0]],
        ['captures', captures],
      ]),
    );
    if (!letters.includes('g')) break;
    from = found.index + Math.max(1, found[0].length);
  }
  return out;
}

/** In the words of Oniguruma (regerror.c). */
const faults: Readonly<Record<PatternFault, string>> = {
  class: 'premature end of char-class',
  'empty class': 'empty char-class',
  close: 'unmatched close parenthesis',
  escape: 'end pattern at escape',
  group: 'undefined group option',
  lookbehind: 'invalid pattern in look-behind',
  name: 'invalid group name <>',
  open: 'end pattern with unmatched parenthesis',
  order: 'upper is smaller than lower in repeat range',
  posix: 'invalid POSIX bracket type',
  range: 'empty range in char class',
  reference: 'invalid backref number/name',
  repeat: 'target of repeat operator is not specified',
};

function compileFor(pattern: string, letters: string): RegExp {
  const source = pattern
    .replaceAll('\\h', '[0-9a-fA-F]')
    .replaceAll('\\A', '^')
    .replaceAll(/\\[zZ]/g, '$')
    .replaceAll('[[:alpha:]]', '[A-Za-z]')
    .replaceAll('[[:digit:]]', '[0-9]')
    .replaceAll('[[:space:]]', '\\s');
  const spaced = letters.includes('x') ? source.replaceAll(/\s+|#.*$/gm, '') : source;
  try {
    return new RegExp(spaced, `dg${letters.includes('i') ? 'i' : ''}${/[sp]/.test(letters) ? 's' : ''}u`);
  } catch {
    try {
      return new RegExp(spaced, `dg${letters.includes('i') ? 'i' : ''}${/[sp]/.test(letters) ? 's' : ''}`);
    } catch {
      const fault = faultIn(pattern);
      throw new JqError(`Regex failure: ${fault === undefined ? 'invalid pattern' : faults[fault]}`);
    }
  }
}
