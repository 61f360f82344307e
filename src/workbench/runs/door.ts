// The place of the view of runs in the workbench. Its code comes when it is first seen.
import type { Bench } from '../bench.ts';

export interface RunsPane {
  readonly host: HTMLElement;
  /** To be called after each drawing of the workbench. */
  drawn(bench: Bench): void;
}

export function createRunsPane(): RunsPane {
  const host = document.createElement('div');
  host.className = 'runs-host';
  let view: Promise<{ refresh(): void }> | undefined;

  return {
    host,
    drawn(bench) {
      if (host.offsetParent === null) return;
      view ??= import('./index.ts').then(({ openRunsView }) => openRunsView(host, bench));
      view.then(
        ({ refresh }) => refresh(),
        () => {
          view = undefined;
          host.textContent = bench.say('runsBroke');
        },
      );
    },
  };
}
