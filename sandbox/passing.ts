// Time that passes because somebody waits, without a command: the clock of a dashboard.
import { goOn, type Machine } from './machine/index.ts';
import type { Production } from './platform/index.ts';

export interface AdvanceRequest {
  /** Ms since 1970; a moment that has passed changes nothing, and one call lets a day pass at most. */
  readonly until: number;
  /** Stops as soon as something has happened to production. */
  readonly toEvent?: boolean;
}

export interface Advanced {
  /** The desk's clock now. */
  readonly now: number;
  /** A program runs in the foreground: the clock is its own until it ends. */
  readonly isBusy: boolean;
  /** Whether it stopped because something happened. */
  readonly happened: boolean;
}

const MOST = 86_400_000;
/** How far is looked at once on the way to the next event: a scrape interval, ms. */
const STRIDE = 15_000;

/**
 * Moves the desk's clock, and lets everything that lives by itself live up to it.
 * @returns whether it stopped because something happened
 */
export async function passTime(
  machine: Machine,
  production: Pick<Production, 'look'>,
  request: AdvanceRequest,
): Promise<boolean> {
  const { kernel } = machine;
  if (!Number.isFinite(request.until)) return false;
  const end = Math.min(request.until, kernel.now() + MOST);
  const countEvents = async (): Promise<number> => (await production.look(machine))?.events.length ?? 0;
  const before = request.toEvent === true ? await countEvents() : 0;
  while (kernel.now() < end) {
    const stride = request.toEvent === true ? STRIDE : end - kernel.now();
    await goOn(machine, Math.min(stride, end - kernel.now()));
    await machine.settle();
    if (request.toEvent === true && (await countEvents()) > before) return true;
  }
  return false;
}
