// What takes longest to come of a workbench: the day's data, and an engine that reads its script. A module of its own, so that
// both are under way while the code of the workbench is still being fetched.

import type { EngineHost } from '../../sandbox/hosts/protocol.ts';
import { openWorkerHosts, type WorkerHosts } from '../../sandbox/hosts/worker/client.ts';
import type { DayNames } from '../day-assets/contract.ts';
import { loadDay } from '../day-assets/index.ts';
import type { DayData } from './parts.ts';

/** Where a day's engines come from. */
export interface DayHosts extends WorkerHosts {
  /** For checks, replays and copies, where the desk's own engines are others. */
  startJudge?(): EngineHost;
  /** As a session's: false where real programs run. */
  readonly isRepeatable?: boolean;
}

export interface DayMachine {
  readonly data: DayData;
  readonly hosts: DayHosts;
}

/** @throws when the day cannot be fetched, or the page forbids the frame. */
export async function openMachine(base: string, dayId: string, names?: DayNames): Promise<DayMachine> {
  const coming = loadDay(base, dayId, names);
  const [data, hosts] = await Promise.all([coming, openWorkerHosts(coming.then(({ engine }) => engine))]);
  return { data, hosts };
}
