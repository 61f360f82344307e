// Where descriptors 1 and 2 lead: each place that takes what commands write (the terminal, `$(…)`, a pipe, a file behind a group) is an
// outlet with a number. A descriptor that stands for one (`exec 3>&1`) leads there from within any other.
import type { Outlets, Redirection, ScriptResult, State, Targets, Waiting } from './just-bash.ts';

const first: Outlets = { 1: 1, 2: 2 };

export function outletsOf(state: State): Outlets {
  return state.outlets ?? first;
}

export function waitingOf(state: State): Waiting {
  state.waiting ??= { last: 2, text: new Map(), writers: new Map(), late: new Map() };
  return state.waiting;
}

/** Takes what commands write to these descriptors to a place of its own, and lets go of what 0 reads, whatever `exec` has made of them. @returns what ends that. */
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
  const { text: waiting, late } = waitingOf(state);
  const take = late.get(outlet);
  if (take === undefined) waiting.set(outlet, (waiting.get(outlet) ?? '') + text);
  else take(text);
}

/** The outlets of a job: those of its shell where they lead to the terminal, else its own, so that it does not take what others wait for. */
export function outletsInside(state: State, base: Outlets): Outlets {
  const outlets = outletsOf(state);
  const waiting = waitingOf(state);
  return outlets[1] === base[1] && outlets[2] === base[2] ? outlets : { 1: ++waiting.last, 2: ++waiting.last };
}

/** A background job writes to these outlets. @returns what ends that. */
export function addWriter(state: State, outlets: readonly number[]): () => void {
  const { writers, late } = waitingOf(state);
  for (const outlet of outlets) writers.set(outlet, (writers.get(outlet) ?? 0) + 1);
  return () => {
    for (const outlet of outlets) {
      const left = (writers.get(outlet) ?? 1) - 1;
      writers.set(outlet, left);
      if (left > 0) continue;
      writers.delete(outlet);
      late.delete(outlet);
    }
  };
}

/** Sends what jobs write from now on where the redirections lead, when the command that they stand behind has ended. */
export function keepLate(
  state: State,
  own: Outlets,
  redirections: readonly Redirection[],
  targets: Targets,
  append: (file: string, text: string) => void,
): void {
  const { writers, late } = waitingOf(state);
  const outer = outletsOf(state);
  const places: Record<number, number | string> = { 1: outer[1] ?? 1, 2: outer[2] ?? 2 };
  redirections.forEach(({ fd, operator }, index) => {
    const word = targets.get(index) ?? '';
    if (!operator.includes('>') || operator === '<>') return;
    const isCopy = operator === '>&' && /^\d+$/.test(word);
    const place = isCopy ? (places[Number(word)] ?? 1) : word;
    if (operator.startsWith('&') || (operator === '>&' && !isCopy)) places[1] = places[2] = place;
    else places[fd ?? 1] = place;
  });
  for (const fd of [1, 2]) {
    const [outlet, place] = [own[fd] ?? fd, places[fd] ?? fd];
    if (outlet === outer[fd] || !writers.has(outlet)) continue;
    late.set(outlet, (text) => (typeof place === 'number' ? send(state, place, text) : append(place, text)));
  }
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
