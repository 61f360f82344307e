import type { CommandIO } from '../command.ts';
import type { Tty } from '../tty.ts';
import type { Language } from '../words.ts';
import type { Key } from './keys.ts';
import { layOut, linesOf, marked, patternOf, withoutColours } from './pages.ts';
import { widthOf } from './width.ts';
import { helpLines, hintWords, notFoundWords } from './words.ts';

export interface PagerOptions {
  readonly language: Language;
  /** Stands in the last row until the end is reached: a file's name. */
  readonly name?: string;
  /** Long lines are cut off instead of broken. */
  readonly chop?: boolean;
  /** Leaves by itself behind the last page, as `more` does. */
  readonly leavesAtEnd?: boolean;
  /** The page that was shown last stays on the screen, as with git's pager. */
  readonly staysOnScreen?: boolean;
}

/** Shows a text page by page until `q` or Ctrl+C. The screen is as before then. */
export async function pageThrough(text: string, tty: Tty, options: PagerOptions): Promise<void> {
  const lines = linesOf(text);
  let top = 0;
  let pattern: RegExp | undefined;
  let backward = false;
  let message = '';
  let typed: readonly Key[] = [];

  const height = (): number => Math.max(1, tty.rows - 1);
  const laidOut = () => layOut(lines, tty.columns, options.chop === true);
  const last = (): number => Math.max(0, laidOut().rows.length - height());

  function page(): readonly string[] {
    return laidOut().rows.slice(top, top + height());
  }

  function draw(shown: readonly string[] = page().map((row) => marked(row, pattern)), status = statusLine()): void {
    const blank = Array.from({ length: Math.max(0, height() - shown.length) }, () => '~');
    tty.write(`\x1b[H\x1b[J${[...shown, ...blank].join('\x1b[0m\r\n')}\x1b[0m\r\n\x1b[1m${status}\x1b[0m`);
  }

  function statusLine(): string {
    const where = top >= last() ? '(END)' : top === 0 && options.name !== undefined ? options.name : ':';
    const [hint = ''] = hintWords[options.language].filter((one) => widthOf(`${where}  ${one}`) < tty.columns);
    return message !== '' ? message.slice(0, tty.columns - 1) : `${where}  ${hint}`.trimEnd();
  }

  /** What was typed at once, or pasted, is a key each. */
  async function nextKey(): Promise<Key | undefined> {
    if (typed.length === 0) {
      const key = await tty.readKey();
      if (key?.key !== 'text') return key;
      typed = [...key.text].map((text) => ({ key: 'text', text }));
    }
    const [next, ...rest] = typed;
    typed = rest;
    return next;
  }

  function scroll(by: number): void {
    top = Math.max(0, Math.min(last(), top + by));
  }

  /** Goes to the next line that matches, from the one at the top on. */
  function find(step: 1 | -1): void {
    if (pattern === undefined) return;
    const { rows, lineOfRow } = laidOut();
    for (let row = top + step; row >= 0 && row < rows.length; row += step) {
      const isFirst = lineOfRow[row] !== lineOfRow[row - 1];
      if (!isFirst || withoutColours(lines[lineOfRow[row] ?? 0] ?? '').search(pattern) < 0) continue;
      top = Math.min(row, Math.max(last(), 0));
      return;
    }
    message = notFoundWords[options.language];
  }

  async function ask(sign: '/' | '?'): Promise<void> {
    let asked = '';
    for (;;) {
      draw(undefined, `\x1b[22m${sign}${asked}`);
      const key = await nextKey();
      if (key === undefined || key.key === 'escape' || key.key === 'leave') return;
      if (key.key === 'rub-out' && asked === '') return;
      if (key.key === 'rub-out') asked = [...asked].slice(0, -1).join('');
      if (key.key === 'text') asked += key.text;
      if (key.key !== 'enter') continue;
      if (asked !== '') pattern = patternOf(asked);
      backward = sign === '?';
      return find(backward ? -1 : 1);
    }
  }

  async function help(): Promise<void> {
    draw(helpLines[options.language], hintWords[options.language].at(-1));
    await nextKey();
  }

  /** @returns whether to go on. */
  async function press(key: Key): Promise<boolean> {
    const name = key.key === 'text' ? key.text : key.key;
    message = '';
    if (['q', 'Q', 'interrupt'].includes(name)) return false;
    if (options.leavesAtEnd && top >= last() && [' ', 'f', 'enter', 'page-down', 'next', 'j'].includes(name))
      return false;
    if ([' ', 'f', 'page-down'].includes(name)) scroll(height());
    else if (['b', 'page-up'].includes(name)) scroll(-height());
    else if (['d', 'end-of-input'].includes(name)) scroll(Math.ceil(height() / 2));
    else if (['u', 'kill-to-start'].includes(name)) scroll(-Math.ceil(height() / 2));
    else if (['j', 'e', 'next', 'enter'].includes(name)) scroll(1);
    else if (['k', 'y', 'previous'].includes(name)) scroll(-1);
    else if (['g', '<', 'home', 'first-line'].includes(name)) top = 0;
    else if (['G', '>', 'end', 'last-line'].includes(name)) top = last();
    else if (name === '/' || name === '?') await ask(name);
    else if (name === 'n') find(backward ? -1 : 1);
    else if (name === 'N') find(backward ? 1 : -1);
    else if (name === 'h' || name === 'H') await help();
    return true;
  }

  tty.write('\x1b[?1049h');
  for (let goOn = true; goOn; ) {
    scroll(0);
    draw();
    const key = await nextKey();
    goOn = key !== undefined && (await press(key));
  }
  tty.write('\x1b[?1049l');
  if (options.staysOnScreen)
    tty.write(
      page()
        .map((row) => `${row}\x1b[0m\r\n`)
        .join(''),
    );
}

/**
 * Runs a command whose output goes through a pager, as git's does: only on a terminal, only when it is longer than the screen,
 * and not when `PAGER` or `GIT_PAGER` says `cat`.
 */
export async function throughPager(io: CommandIO, run: (io: CommandIO) => Promise<number>): Promise<number> {
  const { tty } = io;
  const pager = io.env.GIT_PAGER ?? io.env.PAGER;
  if (!io.isTerminal || tty === undefined || pager === 'cat' || pager === '') return run(io);
  const decoder = new TextDecoder();
  let text = '';
  const exitCode = await run({
    ...io,
    stdout(written) {
      text += typeof written === 'string' ? written : decoder.decode(written);
    },
  });
  const isLong = layOut(linesOf(text), tty.columns, false).rows.length >= tty.rows;
  if (isLong) await pageThrough(text, tty, { language: io.machine.language, staysOnScreen: true });
  else io.stdout(text);
  return exitCode;
}
