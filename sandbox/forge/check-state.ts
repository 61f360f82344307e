// What the checks of a commit come to at a moment. Pure.
import { type CheckRun, checkAt } from './records.ts';

/** `expected`: nothing has said anything of it yet. */
export type CheckState = 'expected' | 'pending' | 'failing' | 'passing';

/** Of runs of the same check for the same event only the last one counts. */
export function lastRuns(checks: readonly CheckRun[]): readonly CheckRun[] {
  const last = new Map<string, CheckRun>();
  for (const one of checks) {
    const key = `${one.name}\n${one.workflow}\n${one.event}`;
    const known = last.get(key);
    if (known === undefined || one.run >= known.run) last.set(key, one);
  }
  return [...last.values()];
}

/** "Troubleshooting required status checks": success, skipped and neutral are passed. */
export function stateOfCheck(check: CheckRun, now: number): Exclude<CheckState, 'expected'> {
  const { status, conclusion } = checkAt(check, now);
  if (status !== 'COMPLETED') return 'pending';
  return conclusion === 'success' || conclusion === 'skipped' || conclusion === 'neutral' ? 'passing' : 'failing';
}

/** Where several workflows or events have a check of that name, all must pass. */
export function stateOfRequired(name: string, checks: readonly CheckRun[], now: number): CheckState {
  const states = lastRuns(checks.filter((one) => one.name === name)).map((one) => stateOfCheck(one, now));
  if (states.length === 0) return 'expected';
  return states.find((state) => state === 'failing') ?? states.find((state) => state === 'pending') ?? 'passing';
}

/** As a refused push or merge says it; undefined when all have passed. */
export function checksRefusal(names: readonly string[], checks: readonly CheckRun[], now: number): string | undefined {
  const all = [...new Set(names)].map((name) => ({ name, state: stateOfRequired(name, checks, now) }));
  const open = all.filter(({ state }) => state !== 'passing');
  const [first] = open;
  if (first === undefined) return undefined;
  if (all.length === 1) return `Required status check "${first.name}" is ${first.state}.`;
  if (open.every(({ state }) => state === 'expected'))
    return `${open.length} of ${all.length} required status checks are expected.`;
  const counts = (['failing', 'pending', 'expected'] as const).flatMap((state) => {
    const count = open.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `${open.length} of ${all.length} required status checks have not succeeded: ${counts.join(', ')}.`;
}
