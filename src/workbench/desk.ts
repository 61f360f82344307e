// The day's machine as the workbench holds it: one session after another, because a reset begins a new one.
import type { EngineHost } from '../../sandbox/hosts/protocol.ts';
import type { Recording } from '../../sandbox/hosts/replay/recording.ts';
import { createReplay, type Replay } from '../../sandbox/hosts/replay/replay.ts';
import { openSession } from '../../sandbox/hosts/session.ts';
import type { DayHosts } from './machine.ts';
import type { DayData, EngineEvent, Language, Session, Snapshot } from './parts.ts';

export interface Desk {
  readonly call: Session['call'];
  readonly check: Session['check'];
  readonly luck: Session['luck'];
  readonly stopProgram: Session['stopProgram'];
  readonly snapshot: Session['snapshot'];
  readonly recording: Session['recording'];
  /** Lives through a recording again, in engines of its own. */
  startReplay(recording: Recording): Replay;
  /** One more engine with a copy of the desk, or of another one: nothing that happens in it happens here. Whoever asked for it stops it. */
  startSpare(from?: Snapshot): Promise<EngineHost>;
  /** Ends the session and begins one from a snapshot, or the day from its beginning. */
  reopen(snapshot?: Snapshot): Promise<void>;
  /** The returned function ends the subscription. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
  close(): void;
}

/** @throws when the snapshot cannot be restored. Closing the desk closes its hosts. */
export async function openDesk(hosts: DayHosts, data: DayData, language: Language, snapshot?: Snapshot): Promise<Desk> {
  const { startJudge = hosts.start, isRepeatable = true } = hosts;
  const listeners = new Set<(event: EngineEvent) => void>();

  async function begin(from: Snapshot | undefined): Promise<Session> {
    const opened = await openSession({
      startEngine: hosts.start,
      startJudge,
      isRepeatable,
      pack: data.pack,
      language,
      ...(from === undefined ? {} : { snapshot: from }),
    });
    opened.subscribe((event) => {
      for (const listener of listeners) listener(event);
    });
    return opened;
  }

  let session = await begin(snapshot);

  return {
    call: (name, args) => session.call(name, args),
    check: (ids, onResult) => session.check(ids, onResult),
    luck: (ids, seeds, options) => session.luck(ids, seeds, options),
    stopProgram: (terminal) => session.stopProgram(terminal),
    snapshot: () => session.snapshot(),
    recording: () => session.recording(),
    startReplay: (recording) => createReplay(recording, { startEngine: startJudge, language }),
    async startSpare(from = session.snapshot()) {
      const host = startJudge();
      await host.call('start', { pack: data.pack, language, snapshot: from });
      return host;
    },
    async reopen(from) {
      const next = await begin(from);
      session.close();
      session = next;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      session.close();
      hosts.close();
    },
  };
}
