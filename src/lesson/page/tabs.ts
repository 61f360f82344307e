export interface Tabs {
  /** Shows the workbench, where lesson and workbench do not fit side by side. */
  showBench(): void;
  /** Called when the reader turns to the workbench's tab. */
  onBench(listener: () => void): void;
}

type Side = 'prose' | 'bench';

/** On narrow screens lesson and workbench are two tabs; each keeps its place on the page. */
export function switchTabs(split: HTMLElement): Tabs {
  const narrow = matchMedia('(max-width: 49.99rem)');
  const tabs = {
    prose: split.querySelector<HTMLElement>('#tab-prose'),
    bench: split.querySelector<HTMLElement>('#tab-bench'),
  };
  const scrolled: Record<Side, number> = { prose: 0, bench: 0 };
  const listeners: (() => void)[] = [];
  let shown: Side = 'prose';

  function show(side: Side): void {
    if (side === shown) return;
    scrolled[shown] = scrollY;
    shown = side;
    split.dataset.shown = side;
    for (const one of ['prose', 'bench'] as const) {
      tabs[one]?.setAttribute('aria-selected', String(one === side));
      tabs[one]?.setAttribute('tabindex', one === side ? '0' : '-1');
    }
    scrollTo({ top: scrolled[side], behavior: 'instant' });
    if (side === 'bench') for (const listener of listeners) listener();
  }

  for (const side of ['prose', 'bench'] as const) {
    tabs[side]?.addEventListener('click', () => show(side));
    tabs[side]?.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const other = side === 'prose' ? 'bench' : 'prose';
      show(other);
      tabs[other]?.focus();
    });
  }

  return {
    showBench() {
      if (narrow.matches) show('bench');
    },
    onBench(listener) {
      listeners.push(listener);
    },
  };
}
