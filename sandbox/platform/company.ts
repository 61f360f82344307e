// The company's services that are there on every day: the registry of artifacts and the timeline of deploys.
import type { Machine, Network } from '../machine/index.ts';
import { answerEvents, EVENTS_HOST } from './events/index.ts';
import { answerRegistry, REGISTRY_HOST } from './registry/http.ts';

/**
 * Answers for them, and leaves other names to `beyond`.
 * @param settle lets happen what is to be told before the timeline is read
 */
export function withServices(
  machine: Machine,
  settle: () => Promise<void>,
  beyond: Network['request'],
): Network['request'] {
  return async (host, port, request) => {
    if (host !== REGISTRY_HOST && host !== EVENTS_HOST) return beyond(host, port, request);
    if (port !== 80) return 'ECONNREFUSED';
    if (host === REGISTRY_HOST)
      return answerRegistry(machine, request, { user: machine.user, now: machine.kernel.now() });
    await settle();
    return answerEvents(machine, request);
  };
}
