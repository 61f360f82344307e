import type { Command } from '../command.ts';
import type { Machine } from '../machine.ts';
import { columnsOf } from '../shell/columns.ts';
import type { Shell } from '../shell/index.ts';
import { commonStart, completionsOf, listedName, typedAs } from './complete.ts';
import type { Terminal } from './contract.ts';
import { type Editing, edited, noEditing } from './edits.ts';
import { asOneLine, isIncomplete } from './incomplete.ts';
import { type Key, readKeys } from './keys.ts';
import { insert, type Line, remove, textOf } from './line.ts';
import { promptOf } from './prompt.ts';
import { createRecall, isEmpty, type Search, searched, searchPrompt } from './recall.ts';
import { createScreen } from './screen.ts';
import { createTypedInput } from './typed-input.ts';
import { faultWords, staysWords } from './words.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface TerminalOptions {
  /** Its name in the event log. */
  readonly id: string;
  readonly machine: Machine;
  readonly shell: Shell;
  /** The commands of ours, which may offer words for Tab. */
  readonly commands: readonly Command[];
  readonly write: (text: string) => void;
  readonly size?: Size;
  readonly onResized?: (size: Size) => void;
  /** Opens a file in the editor beside the terminal. */
  readonly edit?: (path: string) => void;
  /** Waits for so many real ms. */
  readonly rest?: (ms: number) => Promise<void>;
}

/** How many candidates Tab lists at most. */
const LISTED = 100;

/** From here on a paste says where it begins and ends. */
const BRACKETED_PASTE = '\x1b[?2004h';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a control sequence begins with one
const controlSequences = /\x1b\[[0-9;?]*[A-Za-z]/g;

/** See `Terminal`. It shows its first prompt at once. */
export function createTerminal({
  id,
  machine,
  shell,
  commands,
  write,
  edit,
  rest,
  ...options
}: TerminalOptions): Terminal {
  const screen = createScreen(write);
  const recall = createRecall(shell.history);
  let size = options.size ?? { columns: 80, rows: 24 };
  let editing: Editing = noEditing;
  /** Lines of a command that is not complete yet. */
  let begun: readonly string[] = [];
  let search: Search | undefined;
  let tabs = 0;
  let running = false;
  let interrupted = false;
  /** What ran last has left standing on its last line, as `printf x` does: the prompt must not wipe that out. */
  let open = '';
  let ahead: readonly Key[] = [];
  let work: Promise<void> = Promise.resolve();
  const input = createTypedInput({
    take() {
      const [key, ...rest] = ahead;
      ahead = rest;
      return key;
    },
    isInterrupted: () => interrupted,
    screen,
    write,
    openText: () => open,
    onEnter() {
      open = '';
    },
    size: () => size,
    ...(edit && { edit }),
    ...(rest && { rest }),
  });

  function prompt(): string {
    if (search !== undefined) return searchPrompt(search);
    return begun.length > 0 ? '> ' : promptOf(machine, shell.cwd, shell.lastExitCode);
  }

  const draw = (): void => screen.draw(prompt(), editing.line);

  function show(next: Editing): void {
    editing = next;
    draw();
  }

  function showLine(line: Line | undefined): void {
    if (line !== undefined) show({ ...editing, line, killing: false });
  }

  function startSearch(forward: boolean): void {
    search = { query: '', forward, index: shell.history().length, failed: false, typed: editing.line };
    draw();
  }

  function look(next: Search, from: number): void {
    const found = searched(shell.history(), next, editing.line, from);
    search = found.search;
    showLine(found.line);
  }

  /** Keys while Ctrl+R searches. @returns whether the key was dealt with. */
  function searchKey(key: Key): boolean {
    if (search === undefined) return false;
    const { query, index, typed } = search;
    if (key.key === 'text') {
      // One after another: where a longer query finds nothing, what the shorter one found stays.
      for (const letter of key.text) look({ ...search, query: search.query + letter }, search.index);
    } else if (key.key === 'rub-out') look({ ...search, query: query.slice(0, -1) }, shell.history().length);
    else if (key.key === 'search') look({ ...search, forward: false }, index - 1);
    else if (key.key === 'search-forward') look({ ...search, forward: true }, index + 1);
    else {
      search = undefined;
      if (key.key === 'leave') showLine(typed);
      else draw();
      return key.key === 'leave' || key.key === 'escape';
    }
    return true;
  }

  async function complete(): Promise<void> {
    const before = editing.line.before.join('');
    const { typed, candidates } = await completionsOf(before, {
      machine,
      cwd: shell.cwd,
      commands,
      commandNames: shell.commandNames(),
      variables: shell.state().variables,
    });
    if (candidates.length === 0) return;
    const [only = ''] = candidates;
    const isOnly = candidates.length === 1;
    const whole = typedAs(typed, isOnly ? only : commonStart(candidates), isOnly && !/[/=]$/.test(only));
    if (whole.length > typed.length || (isOnly && whole !== typed)) {
      tabs = 0;
      const { line: rest } = remove(editing.line, -[...typed].length);
      showLine(insert(rest, whole));
    } else if (tabs > 1) {
      screen.leave();
      const names = candidates.slice(0, LISTED).map(listedName);
      write(columnsOf(names, size.columns).replaceAll('\n', '\r\n'));
      if (candidates.length > LISTED) write(`… ${candidates.length}\r\n`);
      draw();
    }
  }

  function give(line: Line): void {
    editing = { ...noEditing, killed: editing.killed, line };
    recall.forget();
  }

  async function enter(): Promise<void> {
    const lines = [...begun, textOf(editing.line)];
    screen.leave();
    give(noEditing.line);
    if (isIncomplete(lines.join('\n'))) {
      begun = lines;
      return draw();
    }
    await runLines(lines);
  }

  async function runLines(lines: readonly string[]): Promise<void> {
    begun = [];
    const script = lines.join('\n');
    shell.remember(asOneLine(lines));
    if (script.trim() !== '') await run(script);
    for (const ended of shell.endedJobs()) write(`${ended}\r\n`);
    draw();
  }

  async function run(script: string): Promise<void> {
    running = true;
    interrupted = false;
    open = '';
    try {
      await shell.run(script, {
        terminal: id,
        isTerminal: true,
        columns: size.columns,
        tty: input.tty,
        onOutput: (_, text) => output(text),
      });
    } catch (fault) {
      output(`${faultWords(fault instanceof Error ? fault.message : String(fault))[machine.language]}\n`);
    } finally {
      running = false;
    }
    if (open !== '') write('\r\n');
  }

  /** Output; what a background job writes while a line is being typed goes above it. */
  function output(text: string): void {
    const shown = text.replaceAll(/\r?\n/g, '\r\n');
    if (running) {
      write(shown);
      const printed = (open + text).replaceAll(controlSequences, '');
      open = printed.slice(printed.lastIndexOf('\n') + 1);
      return;
    }
    screen.erase();
    write(shown.endsWith('\n') ? shown : `${shown}\r\n`);
    draw();
  }

  function giveUp(): void {
    screen.draw(prompt(), { before: [...editing.line.before, ...editing.line.after], after: [] });
    write('^C');
    screen.leave();
    give(noEditing.line);
    begun = [];
    draw();
  }

  async function endOfInput(): Promise<void> {
    if (!isEmpty(editing.line)) return show(edited(editing, { key: 'delete' }) ?? editing);
    screen.leave();
    if (begun.length > 0) return runLines(begun);
    write(`${staysWords[machine.language]}\r\n`);
    draw();
  }

  /** Keys that do more than change the line. */
  const actions: Partial<Record<Key['key'], () => void | Promise<void>>> = {
    enter,
    complete,
    interrupt: giveUp,
    'end-of-input': endOfInput,
    clear() {
      write('\x1b[2J\x1b[H');
      screen.erase();
      draw();
    },
    search: () => startSearch(false),
    'search-forward': () => startSearch(true),
    previous: () => showLine(recall.go(-1, editing.line)),
    next: () => showLine(recall.go(1, editing.line)),
    'first-line': () => showLine(recall.go(-shell.history().length, editing.line)),
    'last-line': () => showLine(recall.go(shell.history().length, editing.line)),
    'last-argument': () => showLine(recall.lastArgument(editing.line)),
  };

  async function press(key: Key): Promise<void> {
    tabs = key.key === 'complete' ? tabs + 1 : 0;
    if (searchKey(key)) return;
    if (key.key !== 'last-argument') recall.endArguments();
    const next = edited(editing, key);
    if (next !== undefined) show(next);
    else await actions[key.key]?.();
  }

  async function dealWithAhead(): Promise<void> {
    for (let [key] = ahead; key !== undefined; [key] = ahead) {
      ahead = ahead.slice(1);
      await press(key);
    }
  }

  function interrupt(): void {
    if (!running) return;
    interrupted = true;
    ahead = [];
    screen.settle();
    write('^C\r\n');
    open = '';
    shell.interrupt();
    input.wake();
  }

  write(BRACKETED_PASTE);
  screen.resize(size.columns);
  draw();
  return {
    type(data) {
      const keys = readKeys(data);
      // Ctrl+C does not wait for its turn: it stops what is running and drops what was typed before it.
      const stop = running ? keys.findLastIndex(({ key }) => key === 'interrupt') : -1;
      if (stop >= 0) interrupt();
      ahead = [...ahead, ...keys.slice(stop + 1)];
      if (running) input.wake();
      work = work.then(dealWithAhead);
    },
    resize(columns, rows) {
      if (!running) screen.erase();
      size = { columns, rows };
      screen.resize(columns);
      options.onResized?.(size);
      if (running) {
        ahead = [...ahead, { key: 'resized' }];
        input.wake();
      } else draw();
    },
    interrupt,
    idle: () => work,
  };
}
