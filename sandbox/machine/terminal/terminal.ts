import type { Command } from '../command.ts';
import type { Machine } from '../machine.ts';
import { columnsOf } from '../shell/columns.ts';
import type { Shell } from '../shell/index.ts';
import type { Words } from '../words.ts';
import { commonStart, completionsOf, escapeWord, listedName } from './complete.ts';
import type { Terminal } from './contract.ts';
import { isIncomplete } from './incomplete.ts';
import { type Key, readKeys } from './keys.ts';
import {
  emptyLine,
  insert,
  type Line,
  lineOf,
  move,
  remove,
  textOf,
  toEnd,
  toStart,
  wordLeft,
  wordRight,
} from './line.ts';
import { promptOf } from './prompt.ts';
import { createScreen } from './screen.ts';

export interface TerminalOptions {
  /** Its name in the event log. */
  readonly id: string;
  readonly machine: Machine;
  readonly shell: Shell;
  /** The commands of ours, which may offer words for Tab. */
  readonly commands: readonly Command[];
  readonly write: (text: string) => void;
}

/** How many candidates Tab lists at most. */
const LISTED = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: a control sequence begins with one
const controlSequences = /\x1b\[[0-9;?]*[A-Za-z]/g;

/** See `Terminal`. It shows its first prompt at once. */
export function createTerminal({ id, machine, shell, commands, write }: TerminalOptions): Terminal {
  const screen = createScreen(write);
  let columns = 80;
  let line: Line = emptyLine;
  /** Lines of a command that is not complete yet. */
  let begun: readonly string[] = [];
  let killed = '';
  /** Where Up has led: an index into the history, and the line that was being typed before. */
  let recalled: { readonly index: number; readonly typed: Line } | undefined;
  let search: { readonly query: string; readonly index: number; readonly typed: Line } | undefined;
  let tabs = 0;
  let running = false;
  /** Whether what ran last left its last line open, as `printf x` does: the prompt must not wipe that out. */
  let open = false;
  let ahead: readonly Key[] = [];
  let work: Promise<void> = Promise.resolve();

  function prompt(): string {
    if (search !== undefined) return `(reverse-i-search)\`${search.query}': `;
    return begun.length > 0 ? '> ' : promptOf(machine, shell.cwd, shell.lastExitCode);
  }

  const draw = (): void => screen.draw(prompt(), line);

  function edit(next: Line): void {
    line = next;
    draw();
  }

  function kill(count: number): void {
    const { line: rest, removed } = remove(line, count);
    killed = removed;
    edit(rest);
  }

  function recall(step: -1 | 1): void {
    const history = shell.history();
    const from = recalled?.index ?? history.length;
    const index = from + step;
    if (index < 0 || index > history.length || (step === 1 && recalled === undefined)) return;
    const typed = recalled?.typed ?? line;
    recalled = index === history.length ? undefined : { index, typed };
    edit(recalled === undefined ? typed : lineOf(history[index] ?? ''));
  }

  function searchOn(query: string, from: number): void {
    const history = shell.history();
    const typed = search?.typed ?? line;
    let index = Math.min(from, history.length - 1);
    while (index >= 0 && !history[index]?.includes(query)) index--;
    search = { query, index: index < 0 ? (search?.index ?? history.length) : index, typed };
    if (index >= 0 && query !== '') line = lineOf(history[index] ?? '');
    draw();
  }

  /** Keys while Ctrl+R searches. @returns whether the key was dealt with. */
  function searchKey(key: Key): boolean {
    if (search === undefined) return false;
    if (key.key === 'text') searchOn(search.query + key.text, shell.history().length);
    else if (key.key === 'rub-out') searchOn(search.query.slice(0, -1), shell.history().length);
    else if (key.key === 'search') searchOn(search.query, search.index - 1);
    else if (key.key === 'leave' || key.key === 'interrupt') {
      const { typed } = search;
      search = undefined;
      edit(typed);
    } else {
      search = undefined;
      draw();
      return false;
    }
    return true;
  }

  function complete(): void {
    const before = line.before.join('');
    const { typed, candidates } = completionsOf(before, {
      machine,
      cwd: shell.cwd,
      commands,
      commandNames: shell.commandNames(),
    });
    if (candidates.length === 0) return;
    const [only = ''] = candidates;
    const shared = escapeWord(candidates.length === 1 ? only : commonStart(candidates));
    const whole = candidates.length === 1 && !only.endsWith('/') ? `${shared} ` : shared;
    if (whole.length > typed.length || (candidates.length === 1 && whole !== typed)) {
      tabs = 0;
      const { line: rest } = remove(line, -[...typed].length);
      edit(insert(rest, whole));
    } else if (tabs > 1) {
      screen.leave();
      const names = candidates.slice(0, LISTED).map(listedName);
      write(columnsOf(names, columns).replaceAll('\n', '\r\n'));
      if (candidates.length > LISTED) write(`… ${candidates.length}\r\n`);
      draw();
    }
  }

  async function enter(): Promise<void> {
    const typed = textOf(line);
    screen.leave();
    line = emptyLine;
    recalled = undefined;
    const script = [...begun, typed].join('\n');
    if (isIncomplete(script)) {
      begun = [...begun, typed];
      return draw();
    }
    begun = [];
    shell.remember(script);
    if (script.trim() !== '') await run(script);
    for (const ended of shell.endedJobs()) write(`${ended}\r\n`);
    draw();
  }

  async function run(script: string): Promise<void> {
    running = true;
    open = false;
    try {
      await shell.run(script, { terminal: id, isTerminal: true, columns, onOutput: (_, text) => show(text) });
    } catch (fault) {
      show(`${faultWords(fault instanceof Error ? fault.message : String(fault))[machine.language]}\n`);
    } finally {
      running = false;
    }
    if (open) write('\r\n');
  }

  /** Output; what a background job writes while a line is being typed goes above it. */
  function show(text: string): void {
    const shown = text.replaceAll(/\r?\n/g, '\r\n');
    if (running) {
      write(shown);
      const printed = shown.replaceAll(controlSequences, '');
      open = printed === '' ? open : !printed.endsWith('\n');
      return;
    }
    screen.erase();
    write(shown.endsWith('\n') ? shown : `${shown}\r\n`);
    draw();
  }

  function interrupt(): void {
    write('^C');
    screen.leave();
    line = emptyLine;
    begun = [];
    recalled = undefined;
    draw();
  }

  const edits: Readonly<Record<Exclude<Key['key'], 'text' | 'enter'>, () => void>> = {
    complete,
    interrupt,
    clear: () => {
      write('\x1b[2J\x1b[H');
      screen.erase();
      draw();
    },
    search: () => searchOn('', shell.history().length),
    leave: () => {},
    previous: () => recall(-1),
    next: () => recall(1),
    left: () => edit(move(line, -1)),
    right: () => edit(move(line, 1)),
    home: () => edit(toStart(line)),
    end: () => edit(toEnd(line)),
    'word-left': () => edit(move(line, -wordLeft(line))),
    'word-right': () => edit(move(line, wordRight(line))),
    'rub-out': () => edit(remove(line, -1).line),
    delete: () => edit(remove(line, 1).line),
    'end-of-input': () => {
      if (textOf(line) !== '') edit(remove(line, 1).line);
    },
    'kill-to-end': () => kill(line.after.length),
    'kill-to-start': () => kill(-line.before.length),
    'kill-word': () => kill(-wordLeft(line)),
    'kill-word-right': () => kill(wordRight(line)),
    yank: () => edit(insert(line, killed)),
  };

  async function press(key: Key): Promise<void> {
    tabs = key.key === 'complete' ? tabs + 1 : 0;
    if (searchKey(key)) return;
    if (key.key === 'enter') await enter();
    else if (key.key === 'text') edit(insert(line, key.text));
    else edits[key.key]();
  }

  async function dealWithAhead(): Promise<void> {
    for (let [key] = ahead; key !== undefined; [key] = ahead) {
      ahead = ahead.slice(1);
      await press(key);
    }
  }

  draw();
  return {
    type(data) {
      const keys = readKeys(data);
      // Ctrl+C does not wait for its turn: it stops what is running and drops what was typed before it.
      const stop = running ? keys.findLastIndex(({ key }) => key === 'interrupt') : -1;
      if (stop >= 0) {
        write('^C\r\n');
        shell.interrupt();
        ahead = keys.slice(stop + 1);
      } else ahead = [...ahead, ...keys];
      work = work.then(dealWithAhead);
    },
    resize(width) {
      columns = width;
      screen.resize(width);
      if (!running) draw();
    },
    idle: () => work,
  };
}

/** A fault of ours does not take the terminal away. */
function faultWords(message: string): Words {
  return {
    es: `[Ha fallado la máquina, no tú: ${message}. Tus archivos están a salvo.]`,
    en: `[The machine failed, not you: ${message}. Your files are safe.]`,
  };
}
