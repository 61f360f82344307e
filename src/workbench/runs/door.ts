// The place of the view of runs in the workbench. Its code comes when it is first seen.
import type { Bench, RunPlace } from '../bench.ts';

interface RunsView {
  refresh(): void;
  visit(place: RunPlace): void;
}

export interface RunsPane {
  readonly host: HTMLElement;
  /** To be called after each drawing of the workbench. */
  drawn(bench: Bench): void;
  /** Shows a run, once the view is there. */
  visit(bench: Bench, place: RunPlace): Promise<void>;
}

export function createRunsPane(): RunsPane {
  const host = document.createElement('div');
  host.className = 'runs-host';
  let view: Promise<RunsView> | undefined;

  function load(bench: Bench): Promise<RunsView> {
    view ??= import('./index.ts').then(({ openRunsView }) => openRunsView(host, bench));
    return view;
  }

  function broke(bench: Bench): void {
    view = undefined;
    host.textContent = bench.say('runsBroke');
  }

  return {
    host,
    drawn(bench) {
      if (host.offsetParent === null) return;
      load(bench).then(
        ({ refresh }) => refresh(),
        () => broke(bench),
      );
    },
    visit: (bench, place) =>
      load(bench).then(
        ({ visit }) => visit(place),
        () => broke(bench),
      ),
  };
}
