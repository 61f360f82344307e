// A bench at a moment that is over, for the views of runs and of production: they read it as they read the desk, and change nothing.
import type { EngineHost } from '../../../sandbox/hosts/protocol.ts';
import type { Bench } from '../bench.ts';
import type { Desk } from '../desk.ts';
import type { EngineEvent, Snapshot } from '../parts.ts';
import { textOf } from '../production/there.ts';
import { createStore } from '../store.ts';

export interface Past {
  readonly bench: Bench;
  show(snapshot: Snapshot): void;
  close(): void;
}

export interface PastOptions {
  /** The last moment that is known: production up to there shows every earlier one too. */
  latest(): Snapshot;
  /** A view wants a file to be read. */
  onOpen(path: string): void;
}

/** What an engine shows of production: one engine for all moments at which production is the same one. */
interface Viewer {
  readonly host: Promise<EngineHost>;
  readonly beginning: string;
  readonly until: number;
}

const BEGINNING = '/srv/production/beginning.json';

export function createPast(bench: Bench, first: Snapshot, { latest, onOpen }: PastOptions): Past {
  let shown = first;
  let viewer: Viewer | undefined;
  const listeners = new Set<(event: EngineEvent) => void>();
  const store = createStore({ ...bench.store.get(), files: first.files, open: [], narrow: false, tall: false });

  function stopViewer(): void {
    viewer?.host.then(
      (host) => host.stop(),
      () => {},
    );
    viewer = undefined;
  }

  function viewed(): Promise<EngineHost> {
    const beginning = textOf(shown.files, BEGINNING);
    if (viewer?.beginning !== beginning || viewer.until < shown.kernel.now) {
      stopViewer();
      const last = latest();
      const from = textOf(last.files, BEGINNING) === beginning ? last : shown;
      viewer = { host: bench.desk.startSpare(from), beginning, until: from.kernel.now };
    }
    return viewer.host;
  }

  const desk: Desk = {
    ...bench.desk,
    snapshot: () => shown,
    async call(name, args) {
      if (name !== 'board' && name !== 'observe') throw new Error('what is over does not change');
      return (await viewed()).call(name, args);
    },
    startSpare: (from = shown) => bench.desk.startSpare(from),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  const past: Bench = {
    ...bench,
    isPast: true,
    store,
    desk,
    texts: { ...bench.texts, show: () => true },
    goTo() {
      const { active } = store.get();
      if (active !== undefined) onOpen(active);
    },
    goToLine() {},
    goToRun() {},
  };

  return {
    bench: past,
    show(snapshot) {
      shown = snapshot;
      store.set({ files: snapshot.files });
      const { log: _, ...kernel } = snapshot.kernel;
      for (const listener of listeners) listener({ event: 'state', kernel, shell: snapshot.shell, otherShells: {} });
    },
    close: stopViewer,
  };
}
