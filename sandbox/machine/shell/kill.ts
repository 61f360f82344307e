// What `kill` is asked: which signal, and for whom.
import type { CommandIO } from '../command.ts';
import { signalName, signalNumbers, signalTable } from './signals.ts';

/** The signal (`''` sends nothing: it asks whether there is such a process; absent where `word` names none) and to whom. */
export function readKill(args: readonly string[]): {
  readonly signal?: string;
  readonly word: string;
  readonly names: readonly string[];
} {
  const [first = '', second = '', ...rest] = args;
  if (!first.startsWith('-') || first === '--')
    return { signal: 'TERM', word: 'TERM', names: first === '--' ? args.slice(1) : args };
  const [word, left] = first === '-s' || first === '-n' ? [second, rest] : [first.slice(1), args.slice(1)];
  const names = left[0] === '--' ? left.slice(1) : left;
  const signal = word === '0' ? '' : signalName(word);
  return signal === undefined ? { word, names } : { signal, word, names };
}

/** `kill -l`: all signals, or the name of a number and the number of a name. */
export function listSignals(words: readonly string[], io: CommandIO): number {
  if (words.length === 0) io.stdout(signalTable());
  for (const word of words) {
    // An exit status above 128 stands for the signal that ended the process.
    const name = signalName(Number(word) > 128 ? String(Number(word) - 128) : word);
    if (name === undefined) {
      io.stderr(`bash: kill: ${word}: invalid signal specification\n`);
      return 1;
    }
    io.stdout(`${/^\d/.test(word) ? name : signalNumbers.get(name)}\n`);
  }
  return 0;
}
