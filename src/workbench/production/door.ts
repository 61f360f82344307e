// The place of the production view in the workbench. Its code comes when it is first seen.
import type { Bench } from '../bench.ts';

interface ProductionView {
  refresh(): void;
  close(): void;
}

export interface ProductionPane {
  readonly host: HTMLElement;
  /** To be called after each drawing of the workbench. */
  drawn(bench: Bench): void;
  close(): void;
}

export function createProductionPane(): ProductionPane {
  const host = document.createElement('div');
  host.className = 'production-host';
  let view: Promise<ProductionView> | undefined;

  return {
    host,
    drawn(bench) {
      if (host.offsetParent === null) return;
      view ??= import('./index.ts').then(({ openProductionView }) => openProductionView(host, bench));
      view.then(
        ({ refresh }) => refresh(),
        () => {
          view = undefined;
          host.textContent = bench.say('productionBroke');
        },
      );
    },
    close() {
      view?.then(
        ({ close }) => close(),
        () => {},
      );
    },
  };
}
