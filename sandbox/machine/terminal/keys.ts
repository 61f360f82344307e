/** What a keystroke means to the line editor. */
export type Key = { readonly key: 'text'; readonly text: string } | { readonly key: Exclude<KeyName, 'text'> };

type KeyName = (typeof names)[keyof typeof names] | 'text';

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
  '\x15': 'kill-to-start',
  '\x17': 'kill-word',
  '\x19': 'yank',
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
  '\x1b[1;5C': 'word-right',
  '\x1b[1;5D': 'word-left',
  '\x1bf': 'word-right',
  '\x1bb': 'word-left',
  '\x1bd': 'kill-word-right',
  '\x1b\x7f': 'kill-word',
  '\x1b': 'leave',
} as const;

/** Takes typed data apart. A paste is text with its line ends as Enter. Unknown sequences are dropped. */
export function readKeys(data: string): readonly Key[] {
  const keys: Key[] = [];
  for (let at = 0; at < data.length; ) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    const [sequence = ''] = /^(?:\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Z]|[^[O]|$)|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+)/.exec(
      data.slice(at),
    ) ?? [data[at]];
    at += Math.max(1, sequence.length);
    // A paste from elsewhere ends its lines with CR LF: one Enter.
    if (sequence === '\n' && data[at - 2] === '\r') continue;
    const name = Object.hasOwn(names, sequence) ? names[sequence as keyof typeof names] : undefined;
    if (name !== undefined) keys.push({ key: name });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    else if (!/[\x00-\x1f\x7f]/.test(sequence)) keys.push({ key: 'text', text: sequence });
  }
  return keys;
}
