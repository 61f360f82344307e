import type { LoggedEvent } from '../kernel/index.ts';
import { createFollower } from '../machine/files/index.ts';
import type { EngineEvent, Snapshot } from './protocol.ts';

/** A sandbox's lasting state, kept outside its engine from what the engine tells. */
export interface Mirror {
  hear(event: EngineEvent): void;
  /** The state as of the last event. A command that was under way is in the log as stopped. */
  snapshot(): Snapshot;
  /** How many entries the log has. */
  entries(): number;
}

export function createMirror(from: Snapshot): Mirror {
  const files = createFollower(from.files);
  const log: LoggedEvent[] = [...from.kernel.log];
  const { log: _, ...startClock } = from.kernel;
  let clock = startClock;
  let { shell, otherShells } = from;

  return {
    hear(event) {
      if (event.event === 'files') files.apply(event.changes);
      else if (event.event === 'logged') log.push(event.entry);
      else if (event.event === 'state') {
        clock = event.kernel;
        ({ shell, otherShells } = event);
      }
    },
    entries: () => log.length,
    snapshot() {
      // A program that was ended from outside may have logged later moments than the last state tells.
      const now = Math.max(clock.now, log.at(-1)?.at ?? 0);
      return {
        ...from,
        files: files.snapshot(),
        shell,
        ...(otherShells === undefined ? {} : { otherShells }),
        kernel: { ...clock, now, log: [...log, ...endOpenCommands(log, now)] },
      };
    },
  };
}

/** Ends of the commands that have begun and not ended, as if each had been killed now (128 + 9). */
function endOpenCommands(log: readonly LoggedEvent[], at: number): readonly LoggedEvent[] {
  const open: { terminal: string; line: string }[] = [];
  for (const entry of log) {
    if (entry.type === 'CommandStarted') open.push(entry);
    if (entry.type === 'CommandEnded') {
      const index = open.findIndex(({ terminal, line }) => terminal === entry.terminal && line === entry.line);
      if (index >= 0) open.splice(index, 1);
    }
  }
  const ends = open.flatMap(({ terminal, line }) => [
    { type: 'CommandStopped', terminal, line, reason: 'engine restarted' } as const,
    { type: 'CommandEnded', terminal, line, exitCode: 137 } as const,
  ]);
  return ends.map((event, index) => ({ ...event, seq: log.length + index + 1, at }));
}
