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

/** What the C library calls the signals that end a process (strsignal). */
const descriptions: Readonly<Record<string, string>> = {
  HUP: 'Hangup',
  INT: 'Interrupt',
  QUIT: 'Quit',
  ILL: 'Illegal instruction',
  ABRT: 'Aborted',
  FPE: 'Floating point exception',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault',
  USR2: 'User defined signal 2',
  PIPE: 'Broken pipe',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
};

/** `Killed` for KILL. */
export function signalText(signal: string): string {
  return descriptions[signal] ?? signal;
}

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

/** The shell's line about a process in the foreground that a signal has ended; of INT and PIPE it says nothing. */
export function deathNotice(signal: string, place = '', pid = 0, command = ''): string {
  if (signal === 'INT' || signal === 'PIPE') return '';
  if (signal === 'TERM') return 'Terminated\n';
  return `${place}${String(pid).padStart(5)} ${signalText(signal).padEnd(24)}${command}\n`;
}
