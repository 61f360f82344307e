import type { Palette } from '../colours.ts';
import { editor } from './parts.ts';

const name = 'noventa';

/** Colours Monaco like the page around it. The colours of code have a contrast of 4.5 and more on the paper of their theme. */
export function applyTheme({ dark, colour }: Palette): void {
  const code = dark
    ? { keyword: '7fc8f0', string: 'a5d6a0', number: 'f0b88a', comment: '9aa3a3', type: '5cc8dc', variable: 'e0c9f5' }
    : { keyword: '1f4f99', string: '2b673c', number: '8a4510', comment: '5f6668', type: '00677a', variable: '6a3a8c' };
  editor.defineTheme(name, {
    base: dark ? 'vs-dark' : 'vs',
    // Monaco's own colours would show among these: flags of a command in red, like errors.
    inherit: false,
    rules: [
      { token: '', foreground: colour('ink').slice(1) },
      { token: 'comment', foreground: code.comment, fontStyle: 'italic' },
      { token: 'keyword', foreground: code.keyword },
      { token: 'string', foreground: code.string },
      { token: 'string.key', foreground: code.type },
      { token: 'regexp', foreground: code.string },
      { token: 'number', foreground: code.number },
      { token: 'type', foreground: code.type },
      { token: 'tag', foreground: code.type },
      { token: 'variable', foreground: code.variable },
      { token: 'predefined', foreground: code.type },
      { token: 'delimiter', foreground: colour('ink').slice(1) },
      { token: 'attribute', foreground: code.type },
      { token: 'metatag', foreground: code.comment },
    ],
    colors: {
      'editor.background': colour('raised'),
      'editor.foreground': colour('ink'),
      'editorLineNumber.foreground': colour('muted'),
      'editorLineNumber.activeForeground': colour('accent'),
      'editorCursor.foreground': colour('accent'),
      'editor.lineHighlightBackground': colour('sunken'),
      'editor.lineHighlightBorder': colour('sunken'),
      'editor.selectionBackground': dark ? '#2b5660' : '#bfdfe2',
      'editorWidget.background': colour('paper'),
      'editorWidget.border': colour('edge'),
      focusBorder: colour('accent'),
      'input.background': colour('raised'),
      'input.border': colour('edge'),
    },
  });
  editor.setTheme(name);
}
