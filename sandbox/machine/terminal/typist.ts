// A person in front of a terminal, for tests: keystrokes in, the rows of the screen out.
import { createKernel } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { createMachine } from '../create.ts';
import type { Machine } from '../machine.ts';
import { createShell } from '../shell/index.ts';
import type { Language } from '../words.ts';
import type { Terminal } from './contract.ts';
import { createTerminal, type TerminalOptions } from './terminal.ts';

export interface Typist {
  readonly machine: Machine;
  readonly terminal: Terminal;
  /** Types one after another, waiting after each until nothing happens any more. @returns the rows of the screen */
  type(...data: readonly string[]): Promise<readonly string[]>;
  screen(): readonly string[];
  /** Everything that was written. */
  written(): string;
  /** Files that were opened in the editor. */
  readonly edited: readonly string[];
}

export interface TypistOptions {
  readonly commands?: readonly Command[];
  readonly size?: { readonly columns: number; readonly rows: number };
  readonly language?: Language;
  readonly hasEditor?: boolean;
  readonly onResized?: TerminalOptions['onResized'];
}

export function createTypist({
  commands = [],
  size,
  language = 'en',
  hasEditor,
  onResized,
}: TypistOptions = {}): Typist {
  const machine = createMachine({ kernel: createKernel({ seed: 's' }), language });
  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const shell = createShell(machine, commands, undefined, { pause });
  const edited: string[] = [];
  let written = '';
  const terminal = createTerminal({
    id: 't',
    machine,
    shell,
    commands,
    write(text) {
      written += text;
    },
    rest: pause,
    ...(size && { size }),
    ...(onResized && { onResized }),
    ...(hasEditor && { edit: (path: string) => void edited.push(path) }),
  });
  const screen = (): readonly string[] => screenOf(written);

  /** A program that waits for keys never becomes idle: then nothing comes any more for a while. */
  async function untilQuiet(): Promise<void> {
    let isIdle = false;
    void terminal.idle().then(() => {
      isIdle = true;
    });
    let before = '';
    for (let quiet = 0; quiet < 3 && !isIdle; ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      quiet = before === written ? quiet + 1 : 0;
      before = written;
    }
  }

  return {
    machine,
    terminal,
    edited,
    async type(...data) {
      for (const one of data) {
        terminal.type(one);
        await untilQuiet();
      }
      return screen();
    },
    screen,
    written: () => written,
  };
}

/** What stands on a screen after all that was written to it: a small terminal, wide and high enough that nothing wraps or scrolls. */
export function screenOf(shown: string): readonly string[] {
  let rows: string[][] = [[]];
  let below: { rows: string[][]; row: number; column: number } | undefined;
  let row = 0;
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  for (const [part, count = '1', command] of shown.matchAll(/\x1b\[([0-9;?]*)([A-Za-z])|[^\x1b]/g)) {
    if (command === 'A') row -= Number(count || 1);
    else if (command === 'B') row += Number(count || 1);
    else if (command === 'C') column += Number(count || 1);
    else if (command === 'H') [row, column] = [0, 0];
    else if (command === 'h' && count === '?1049') {
      below = { rows, row, column };
      [rows, row, column] = [[[]], 0, 0];
    } else if (command === 'l' && below !== undefined) ({ rows, row, column } = below);
    else if (command === 'J') {
      if (count === '2' || count === '3') rows.length = 0;
      else {
        rows.length = row + 1;
        rows[row] = (rows[row] ?? []).slice(0, column);
      }
    } else if (command === undefined && part === '\r') column = 0;
    else if (command === undefined && part === '\n') row += 1;
    else if (command === undefined) {
      const line = rows[row] ?? [];
      rows[row] = line;
      while (line.length < column) line.push(' ');
      line[column++] = part;
    }
    while (rows.length <= row) rows.push([]);
  }
  return Array.from(rows, (line) => (line ?? []).join('').trimEnd());
}
