// The editor of phones, and wherever Monaco cannot run.
import type { Label, Surface } from './surface.ts';

export function createPlainSurface(container: HTMLElement, label: Label): Surface {
  const area = document.createElement('textarea');
  area.className = 'plain';
  area.spellcheck = false;
  area.autocapitalize = 'off';
  area.setAttribute('autocorrect', 'off');
  area.wrap = 'off';
  container.append(area);

  const texts = new Map<string, { text: string; caret: number; scroll: number }>();
  const listeners = new Set<(path: string, text: string) => void>();
  let shown: string | undefined;

  area.addEventListener('input', () => {
    if (shown === undefined) return;
    texts.set(shown, { text: area.value, caret: area.selectionStart, scroll: area.scrollTop });
    for (const listener of listeners) listener(shown, area.value);
  });

  function leave(): void {
    const open = shown === undefined ? undefined : texts.get(shown);
    if (open) Object.assign(open, { caret: area.selectionStart, scroll: area.scrollTop });
  }

  return {
    kind: 'plain',
    show(path, text) {
      if (path === shown) return;
      leave();
      shown = path;
      const open = texts.get(path) ?? { text, caret: 0, scroll: 0 };
      texts.set(path, open);
      area.value = open.text;
      area.setSelectionRange(open.caret, open.caret);
      area.scrollTop = open.scroll;
      area.setAttribute('aria-label', label(path));
    },
    replace(path, text) {
      const open = texts.get(path);
      if (open === undefined) return;
      const caret = Math.min(path === shown ? area.selectionStart : open.caret, text.length);
      texts.set(path, { ...open, text, caret });
      if (path !== shown || area.value === text) return;
      // As if typed, where that is possible: the browser's own undo then brings back what was there.
      const focused = document.activeElement === area;
      if (focused) area.setSelectionRange(0, area.value.length);
      if (!focused || !document.execCommand('insertText', false, text)) area.value = text;
      area.setSelectionRange(caret, caret);
    },
    forget(path) {
      texts.delete(path);
      if (path !== shown) return;
      shown = undefined;
      area.value = '';
    },
    goTo(line) {
      const lines = area.value.split('\n');
      const start = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
      area.focus();
      area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
      area.scrollTop = (line - 3) * Number.parseFloat(getComputedStyle(area).lineHeight);
    },
    // A text area underlines nothing: the list below says it.
    mark() {},
    focus: () => area.focus(),
    onType: (listener) => void listeners.add(listener),
    dispose: () => area.remove(),
  };
}
