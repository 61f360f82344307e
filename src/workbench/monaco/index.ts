// Monaco as a surface. This folder is loaded only when the workbench is wanted on a screen with a keyboard.
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { onThemeChange, paletteOf } from '../colours.ts';
import { languageOfFile } from '../files.ts';
import type { Label, Surface } from '../surface.ts';
import { registerJson } from './json.ts';
import { editor, MarkerSeverity, Uri } from './parts.ts';
import { applyTheme } from './theme.ts';

registerJson();
self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

export function createMonacoSurface(container: HTMLElement, label: Label): Surface {
  applyTheme(paletteOf(container));
  const view = editor.create(container, {
    model: null,
    theme: 'noventa',
    automaticLayout: true,
    fontFamily: getComputedStyle(container).getPropertyValue('--mono') || 'monospace',
    fontSize: 14,
    lineHeight: 1.55,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderLineHighlight: 'line',
    overviewRulerLanes: 0,
    lineNumbersMinChars: 3,
    padding: { top: 8, bottom: 8 },
    tabSize: 2,
    wordBasedSuggestions: 'off',
    quickSuggestions: false,
    smoothScrolling: false,
    fixedOverflowWidgets: true,
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
  });
  const models = new Map<string, editor.ITextModel>();
  const states = new Map<string, editor.ICodeEditorViewState | null>();
  const listeners = new Set<(path: string, text: string) => void>();
  let shown: string | undefined;
  let replacing = false;
  const endTheme = onThemeChange(() => applyTheme(paletteOf(container)));

  function modelOf(path: string, text: string): editor.ITextModel {
    const known = models.get(path);
    if (known) return known;
    const model = editor.createModel(text, languageOfFile(path), Uri.file(path));
    model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    model.onDidChangeContent(() => {
      if (!replacing) for (const listener of listeners) listener(path, model.getValue());
    });
    models.set(path, model);
    return model;
  }

  return {
    kind: 'monaco',
    show(path, text) {
      if (path === shown) return;
      if (shown !== undefined) states.set(shown, view.saveViewState());
      shown = path;
      view.setModel(modelOf(path, text));
      view.restoreViewState(states.get(path) ?? null);
      view.updateOptions({ ariaLabel: label(path) });
    },
    replace(path, text) {
      const model = models.get(path);
      if (model === undefined || model.getValue() === text) return;
      replacing = true;
      model.pushStackElement();
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      model.pushStackElement();
      replacing = false;
    },
    forget(path) {
      if (shown === path) {
        shown = undefined;
        view.setModel(null);
      }
      models.get(path)?.dispose();
      models.delete(path);
      states.delete(path);
    },
    mark(path, problems) {
      const model = models.get(path);
      if (model === undefined) return;
      const markers = problems.map(({ severity, line, column, message }) => ({
        severity: severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
        startLineNumber: line,
        startColumn: column,
        endLineNumber: line,
        endColumn: line <= model.getLineCount() ? model.getLineMaxColumn(line) : column + 1,
        message,
      }));
      editor.setModelMarkers(model, 'noventa', markers);
    },
    goTo(line) {
      view.setPosition({ lineNumber: line, column: 1 });
      view.revealLineInCenter(line);
      view.focus();
    },
    focus: () => view.focus(),
    onType: (listener) => void listeners.add(listener),
    dispose() {
      endTheme();
      view.dispose();
      for (const model of models.values()) model.dispose();
    },
  };
}
