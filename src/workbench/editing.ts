// Which editor this device gets.
import { createPlainSurface } from './plain.ts';
import type { Label, Surface } from './surface.ts';

/**
 * Monaco, or the plain text area on small screens, under fingers, and where Monaco does not come up. Usable at once: what is
 * asked of it before Monaco is there is done when it is.
 */
export function openSurface(container: HTMLElement, label: Label, onReady: () => void): Surface {
  if (matchMedia('(pointer: coarse), (max-width: 49.99rem)').matches) return createPlainSurface(container, label);
  let surface: Surface | undefined;
  let disposed = false;
  const waiting: ((surface: Surface) => void)[] = [];
  const tell = (action: (surface: Surface) => void): void => {
    if (surface) action(surface);
    else waiting.push(action);
  };

  void openMonaco(container, label).then((opened) => {
    if (disposed) return opened.dispose();
    surface = opened;
    for (const action of waiting) action(opened);
    onReady();
  });

  return {
    get kind() {
      return surface?.kind ?? 'monaco';
    },
    show: (path, text) => tell((opened) => opened.show(path, text)),
    replace: (path, text) => tell((opened) => opened.replace(path, text)),
    forget: (path) => tell((opened) => opened.forget(path)),
    goTo: (line) => tell((opened) => opened.goTo(line)),
    mark: (path, problems) => tell((opened) => opened.mark(path, problems)),
    focus: () => tell((opened) => opened.focus()),
    onType: (listener) => tell((opened) => opened.onType(listener)),
    dispose() {
      disposed = true;
      surface?.dispose();
    },
  };
}

async function openMonaco(container: HTMLElement, label: Label): Promise<Surface> {
  try {
    const { createMonacoSurface } = await import('./monaco/index.ts');
    return createMonacoSurface(container, label);
  } catch (error) {
    console.error(error);
    container.replaceChildren();
    return createPlainSurface(container, label);
  }
}
