import type { AbortSignal } from '../command.ts';
import type { LineOptions, Tty } from '../tty.ts';
import { edited, noEditing } from './edits.ts';
import type { Key } from './keys.ts';
import { textOf } from './line.ts';
import type { Screen } from './screen.ts';

/** Keys on their way to the program that runs in the foreground. */
export interface TypedInput {
  readonly tty: Tty;
  /** Keys have come, or the program was interrupted: whoever waits looks again. */
  wake(): void;
}

export interface TypedInputOptions {
  /** Takes the next key that was typed and not read yet. */
  readonly take: () => Key | undefined;
  readonly isInterrupted: () => boolean;
  readonly screen: Screen;
  readonly write: (text: string) => void;
  /** What the program has written since the last end of a line: the line that is typed stands behind it. */
  readonly openText: () => string;
  /** The line has ended: nothing stands before the next one. */
  readonly onEnter: () => void;
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly edit?: (path: string) => void;
  /** Waits for so many real ms; at once where there is no such thing. */
  readonly rest?: (ms: number) => Promise<void>;
}

/** What a program in the foreground reads from: keys as they are, or lines edited as every terminal lets one edit them. */
export function createTypedInput(options: TypedInputOptions): TypedInput {
  const { take, isInterrupted, screen, write, openText, onEnter, size, edit, rest } = options;
  let waiting: (() => void)[] = [];

  async function readKey(signal?: AbortSignal): Promise<Key | undefined> {
    for (;;) {
      if (isInterrupted() || signal?.aborted === true) return undefined;
      const key = take();
      if (key !== undefined) return key;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function waitFor(ms: number): Promise<void> {
    let isOver = rest === undefined;
    void rest?.(ms).then(() => {
      isOver = true;
      wake();
    });
    while (!isOver && !isInterrupted()) await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function wake(): void {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  }

  async function readLine({ prompt: question = '', isSilent = false, signal }: LineOptions = {}): Promise<string> {
    signal?.addEventListener('abort', wake);
    let editing = noEditing;
    const prompt = openText() + question;
    write(question);
    screen.adopt(prompt);
    for (;;) {
      const key = await readKey(signal);
      if (key === undefined) {
        if (signal?.aborted === true) screen.settle();
        return '';
      }
      if (key.key === 'enter') {
        // The end of the line is part of what is not shown.
        if (isSilent) screen.settle();
        else screen.leave();
        if (!isSilent) onEnter();
        return `${textOf(editing.line)}\n`;
      }
      if (key.key === 'end-of-input') {
        screen.settle();
        return textOf(editing.line);
      }
      const next = edited(editing, key.key === 'complete' ? { key: 'text', text: '\t' } : key);
      if (next === undefined) continue;
      editing = next;
      if (!isSilent) screen.draw(prompt, editing.line);
    }
  }

  return {
    tty: {
      get columns() {
        return size().columns;
      },
      get rows() {
        return size().rows;
      },
      readKey: () => readKey(),
      readLine,
      rest: waitFor,
      write,
      ...(edit === undefined ? {} : { edit }),
    },
    wake,
  };
}
