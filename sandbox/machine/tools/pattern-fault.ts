/** What is wrong with a pattern in Perl's syntax. */
export type PatternFault =
  | 'class'
  | 'close'
  | 'empty class'
  | 'escape'
  | 'group'
  | 'lookbehind'
  | 'name'
  | 'open'
  | 'order'
  | 'posix'
  | 'range'
  | 'reference'
  | 'repeat';

const posixNames = 'alpha|digit|alnum|upper|lower|space|blank|punct|print|graph|cntrl|xdigit|word|ascii';
const group = /^\(\?(?:[:=!>|]|<[=!]|#|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*'|P=\w+\)|[imsxnJU-]*[:)])/;

/** The first fault of a pattern; undefined when there is none, or only one that is not known here. */
export function faultIn(pattern: string): PatternFault | undefined {
  /** What a repetition would repeat. */
  let before: 'atom' | 'repetition' | 'nothing' = 'nothing';
  let depth = 0;
  let groups = 0;
  let reference = 0;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const [counted, least = '', most = least] = /^\{(\d+)(?:,(\d*))?\}/.exec(rest) ?? [];
    if (rest[0] === '\\') {
      if (rest.length === 1) return 'escape';
      reference = Math.max(reference, Number(/^\\([1-9])/.exec(rest)?.[1] ?? 0));
      at++;
      before = 'atom';
    } else if (rest[0] === '[') {
      const found = bracketAt(rest);
      if (typeof found === 'string') return found;
      at += found - 1;
      before = 'atom';
    } else if (rest[0] === '(') {
      if (rest[1] === '?' && !group.test(rest)) return /^\(\?P?</.test(rest) ? 'name' : 'group';
      if (/^\(\?<[=!][^()]*(?<!\\)[*+]/.test(rest)) return 'lookbehind';
      if (rest[1] !== '?' || /^\(\?(?:P?<\w|')/.test(rest)) groups++;
      const [opening = '('] = /^\(\?#[^)]*\)/.exec(rest) ?? group.exec(rest) ?? [];
      at += opening.length - 1;
      if (!opening.endsWith(')')) depth++;
      before = opening.startsWith('(?P=') ? 'atom' : opening.startsWith('(?#') ? before : 'nothing';
    } else if (rest[0] === ')') {
      if (depth-- === 0) return 'close';
      before = 'atom';
    } else if (rest[0] === '|') before = 'nothing';
    else if (/^[*+?]/.test(rest) || counted !== undefined) {
      if (before !== 'atom') return 'repeat';
      if (counted !== undefined && most !== '' && Number(most) < Number(least)) return 'order';
      at += (counted ?? '*').length - 1;
      // Lazy, or without going back.
      if (/[?+]/.test(pattern[at + 1] ?? '')) at++;
      before = 'repetition';
    } else before = 'atom';
  }
  if (depth > 0) return 'open';
  return reference > groups ? 'reference' : undefined;
}

/** The length of `[…]`, or what is wrong in it. */
function bracketAt(text: string): number | PatternFault {
  const start = text[1] === '^' ? 2 : 1;
  let last: string | undefined;
  for (let at = start; at < text.length; at++) {
    const [whole, name = ''] = /^\[:\^?(\w+):\]/.exec(text.slice(at)) ?? [];
    if (whole !== undefined) {
      if (!posixNames.split('|').includes(name)) return 'posix';
      at += whole.length - 1;
      last = undefined;
    } else if (text[at] === ']' && at > start) return at + 1;
    else if (text[at] === '\\') {
      at++;
      last = undefined;
    } else if (text[at] === '-' && last !== undefined && !/[\]\\[]/.test(text[at + 1] ?? ']')) {
      if (last > (text[at + 1] ?? '')) return 'range';
      at++;
      last = undefined;
    } else last = text[at];
  }
  return text[start] === ']' && !text.slice(start + 1).includes(']') ? 'empty class' : 'class';
}
