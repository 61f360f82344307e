// The company's names that a Prometheus answers to.
import type { Machine, Network } from '../machine/index.ts';
import { answerPrometheus, type ProgramSurroundings } from '../platform/index.ts';
import { companyDays } from '../world/index.ts';
import { lastRun } from './replays.ts';
import { runDay } from './run.ts';

const PORT = 9090;
const DOMAIN = '.ventarela.test';

/** Answers for the days that were run on a desk, and leaves other names to `beyond`. */
export function withDays(
  machine: Machine,
  surroundings: ProgramSurroundings,
  beyond: Network['request'],
): Network['request'] {
  return async (host, port, request) => {
    const day = host.endsWith(DOMAIN) ? host.slice(0, -DOMAIN.length) : '';
    if (!Object.hasOwn(companyDays, day)) return beyond(host, port, request);
    const document = lastRun(machine.files, day);
    const answer = document === undefined ? undefined : await runDay(document, surroundings);
    if (document === undefined || answer?.ok !== true) return 'ENOTFOUND';
    if (port !== PORT) return 'ECONNREFUSED';
    const { start, length } = companyDays[document.day];
    return answerPrometheus({ store: answer.day.store, alerts: answer.day.active, now: start + length }, request);
  };
}
