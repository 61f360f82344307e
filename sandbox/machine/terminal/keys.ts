/** What a keystroke means to whoever reads it: the line editor, or a program that reads keys. */
export type Key =
  | { readonly key: 'text'; readonly text: string }
  | { readonly key: KeyName }
  /** The screen has another size now. */
  | { readonly key: 'resized' };

/** Sequences as xterm sends them → their meaning, which is readline's (emacs mode). */
const names = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'complete',
  '\x01': 'home',
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'end-of-input',
  '\x05': 'end',
  '\x06': 'right',
  '\x07': 'leave',
  '\x08': 'rub-out',
  '\x0b': 'kill-to-end',
  '\x0c': 'clear',
  '\x0e': 'next',
  '\x10': 'previous',
  '\x12': 'search',
  '\x13': 'search-forward',
  '\x14': 'transpose',
  '\x15': 'kill-to-start',
  '\x17': 'kill-word',
  '\x19': 'yank',
  '\x1f': 'undo',
  '\x7f': 'rub-out',
  '\x1b[A': 'previous',
  '\x1b[B': 'next',
  '\x1b[C': 'right',
  '\x1b[D': 'left',
  '\x1bOA': 'previous',
  '\x1bOB': 'next',
  '\x1bOC': 'right',
  '\x1bOD': 'left',
  '\x1b[H': 'home',
  '\x1b[F': 'end',
  '\x1bOH': 'home',
  '\x1bOF': 'end',
  '\x1b[1~': 'home',
  '\x1b[4~': 'end',
  '\x1b[3~': 'delete',
  '\x1b[5~': 'page-up',
  '\x1b[6~': 'page-down',
  '\x1b[1;5C': 'word-right',
  '\x1b[1;5D': 'word-left',
  '\x1b[1;3C': 'word-right',
  '\x1b[1;3D': 'word-left',
  '\x1bf': 'word-right',
  '\x1bb': 'word-left',
  '\x1bd': 'kill-word-right',
  '\x1b\x7f': 'kill-word-left',
  '\x1b\x08': 'kill-word-left',
  '\x1b.': 'last-argument',
  '\x1b_': 'last-argument',
  '\x1b<': 'first-line',
  '\x1b>': 'last-line',
  '\x1b': 'escape',
} as const;

type KeyName = (typeof names)[keyof typeof names];

const PASTE_BEGINS = '\x1b[200~';
const PASTE_ENDS = '\x1b[201~';

/** Takes typed data apart. Unknown sequences are dropped. */
export function readKeys(data: string): readonly Key[] {
  const begin = data.indexOf(PASTE_BEGINS);
  if (begin < 0) return keysOf(data, names);
  const from = begin + PASTE_BEGINS.length;
  const end = data.indexOf(PASTE_ENDS, from);
  const pasted = data.slice(from, end < 0 ? undefined : end);
  return [
    ...keysOf(data.slice(0, begin), names),
    ...keysOf(pasted, pastedNames),
    ...(end < 0 ? [] : readKeys(data.slice(end + PASTE_ENDS.length))),
  ];
}

/** In a paste only the ends of lines are keys; a tab is text. */
const pastedNames = { '\r': 'enter', '\n': 'enter' } as const;

function keysOf(data: string, known: Readonly<Record<string, KeyName>>): readonly Key[] {
  const keys: Key[] = [];
  for (let at = 0; at < data.length; ) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    const [sequence = ''] = /^(?:\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Z]|[^[O]|$)|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+)/.exec(
      data.slice(at),
    ) ?? [data[at]];
    at += Math.max(1, sequence.length);
    // A paste from elsewhere ends its lines with CR LF: one Enter.
    if (sequence === '\n' && data[at - 2] === '\r') continue;
    const name = Object.hasOwn(known, sequence) ? known[sequence] : undefined;
    if (name !== undefined) keys.push({ key: name });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    else if (sequence === '\t' || !/[\x00-\x1f\x7f]/.test(sequence)) keys.push({ key: 'text', text: sequence });
  }
  return keys;
}
