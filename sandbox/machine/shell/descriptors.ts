// Where descriptors 1 and 2 lead: each place that takes what commands write (the terminal, `$(…)`, a pipe, a file behind a group) is an
// outlet with a number. A descriptor that stands for one (`exec 3>&1`) leads there from within any other.
import type { Outlets, Redirection, ScriptResult, State, Waiting } from './just-bash.ts';

const first: Outlets = { 1: 1, 2: 2 };

export function outletsOf(state: State): Outlets {
  return state.outlets ?? first;
}

export function waitingOf(state: State): Waiting {
  state.waiting ??= { last: 2, text: new Map() };
  return state.waiting;
}

/** Takes what commands write to these descriptors to a place of its own, whatever `exec` has made of them. @returns what ends that. */
export function divert(state: State, descriptors: readonly number[]): () => void {
  if (descriptors.length === 0) return () => {};
  const { outlets } = state;
  const waiting = waitingOf(state);
  const own: Record<number, number> = { ...outletsOf(state) };
  const kept = descriptors.map((fd) => [fd, state.fileDescriptors?.get(fd)] as const);
  for (const fd of descriptors) {
    state.fileDescriptors?.delete(fd);
    own[fd] = ++waiting.last;
  }
  state.outlets = own;
  return () => {
    state.outlets = outlets;
    for (const [fd, entry] of kept) {
      if (entry === undefined) state.fileDescriptors?.delete(fd);
      else state.fileDescriptors?.set(fd, entry);
    }
  };
}

/** Which of the descriptors 1 and 2 these redirections lead elsewhere. */
export function diverted(redirections: readonly Redirection[] = []): readonly number[] {
  const found = new Set<number>();
  for (const { fd, operator, target } of redirections) {
    if (!operator.includes('>')) continue;
    const word = target.parts?.length === 1 && target.parts[0]?.type === 'Literal' ? (target.parts[0].value ?? '') : '';
    if (operator.startsWith('&') || (operator === '>&' && fd === null && !/^[\d-]+$/.test(word))) {
      found.add(1).add(2);
    } else if (operator !== '<>') found.add(fd ?? 1);
  }
  return [...found].filter((fd) => fd === 1 || fd === 2);
}

/** Keeps a text for an outlet that is not one of those at hand. */
export function send(state: State, outlet: number, text: string): void {
  const { text: waiting } = waitingOf(state);
  waiting.set(outlet, (waiting.get(outlet) ?? '') + text);
}

/** What waits for the outlets at hand, and what expansions have told and nobody took. */
export function arrived(state: State): ScriptResult | undefined {
  const { waiting, expansionStderr = '' } = state;
  if (expansionStderr === '' && (waiting === undefined || waiting.text.size === 0)) return undefined;
  state.expansionStderr = '';
  const [stdout = '', stderr = ''] = [1, 2].map((fd) => {
    const outlet = outletsOf(state)[fd] ?? fd;
    const text = waiting?.text.get(outlet);
    waiting?.text.delete(outlet);
    return text;
  });
  return stdout + stderr + expansionStderr === ''
    ? undefined
    : { stdout, stderr: expansionStderr + stderr, exitCode: 0 };
}
