// Commands that are about the terminal itself.
import type { Command } from '../command.ts';
import { parentOf, resolvePath } from '../files/index.ts';
import { less, more } from './viewing.ts';
import { watch } from './watch.ts';
import { editorWords, noEditorWords } from './words.ts';

const clear: Command = {
  name: 'clear',
  summary: { es: 'limpia la pantalla', en: 'clears the screen' },
  run(_, io) {
    io.stdout('\x1b[H\x1b[2J\x1b[3J');
    return 0;
  },
};

const reset: Command = {
  name: 'reset',
  summary: { es: 'deja la terminal como nueva', en: 'makes the terminal as new' },
  run(_, io) {
    // To the first state, then bracketed paste again, which the prompt relies on.
    io.stdout('\x1bc\x1b[?2004h');
    return 0;
  },
};

const edit: Command = {
  name: 'edit',
  summary: { es: 'abre un archivo en el editor de al lado', en: 'opens a file in the editor beside the terminal' },
  run(args, { machine: { files, language }, cwd, tty, stderr }) {
    if (args.length === 0 || args.some((arg) => arg.startsWith('-'))) {
      stderr('usage: edit FILE...\n');
      return 2;
    }
    if (tty?.edit === undefined) {
      stderr(`${noEditorWords[language]}\n`);
      return 1;
    }
    let exitCode = 0;
    for (const name of args) {
      const path = resolvePath(cwd, name);
      const problem = !files.exists(parentOf(path))
        ? 'No such file or directory'
        : files.exists(path) && files.stat(path).type === 'directory'
          ? 'Is a directory'
          : undefined;
      if (problem === undefined) {
        if (!files.exists(path)) files.writeFile(path, '');
        tty.edit(path);
      } else {
        stderr(`edit: ${name}: ${problem}\n`);
        exitCode = 1;
      }
    }
    return exitCode;
  },
};

/** Editors that take the whole screen: people look for them by these names. */
const elsewhere = ['nano', 'vi', 'vim', 'nvim', 'emacs', 'code', 'micro', 'pico'].map(
  (name): Command => ({
    name,
    summary: { es: 'no está: usa edit', en: 'not here: use edit' },
    run(_, { machine: { language }, stderr }) {
      stderr(`${editorWords(name)[language]}\n`);
      return 1;
    },
  }),
);

export const terminalCommands: readonly Command[] = [clear, reset, less, more, watch, edit, ...elsewhere];
