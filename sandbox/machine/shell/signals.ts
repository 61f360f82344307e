// The signals of Linux as bash names them.

/** Numbers by name, without SIG, in the order of their numbers. */
export const signalNumbers: ReadonlyMap<string, number> = new Map(
  (
    'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ ' +
    'VTALRM PROF WINCH IO PWR SYS'
  )
    .split(' ')
    .map((name, index) => [name, index + 1]),
);

/** Signals that end nothing when nobody listens. */
const harmless: ReadonlySet<string> = new Set(['CHLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'WINCH']);

/** Whether a process that does not listen to a signal ends by it. */
export function endsProcess(signal: string): boolean {
  return !harmless.has(signal);
}

/** `TERM` for `TERM`, `SIGTERM`, `sigterm` or `15`; undefined when there is no such signal. */
export function signalName(word: string): string | undefined {
  if (/^\d+$/.test(word)) return [...signalNumbers.keys()][Number(word) - 1];
  const name = word.toUpperCase().replace(/^SIG/, '');
  return signalNumbers.has(name) ? name : undefined;
}

/** What `kill -l` and `trap -l` show: five in a row. */
export function signalTable(): string {
  const cells = [...signalNumbers].map(([name, number]) => cell(number, `SIG${name}`));
  for (let number = 34; number <= 64; number++) {
    const [low, high] = [number - 34, 64 - number];
    const offset = low <= 15 ? `MIN${low === 0 ? '' : `+${low}`}` : `MAX${high === 0 ? '' : `-${high}`}`;
    cells.push(cell(number, `SIGRT${offset}`));
  }
  return cells
    .map((text, index) => (index % 5 === 4 || index === cells.length - 1 ? `${text}\n` : `${text}\t`))
    .join('');
}

function cell(number: number, name: string): string {
  return `${String(number).padStart(2)}) ${name}`;
}
