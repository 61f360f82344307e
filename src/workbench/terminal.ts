// The terminal: keystrokes to the desk, what the desk writes on the screen.
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal } from '@xterm/xterm';
import { onThemeChange, paletteOf } from './colours.ts';
import type { Desk } from './desk.ts';
import type { EngineEvent } from './parts.ts';

export interface TerminalPane {
  /** Types a line and Enter at the prompt. */
  enter(line: string): void;
  /** Begins anew on an empty screen, after the desk was opened anew. */
  reopen(): Promise<void>;
  setScreenReader(on: boolean): void;
  /** A key that a screen keyboard lacks, as xterm would send it. */
  press(data: string): void;
  selection(): string;
  /** Brings the last line that begins with a text into view, marked. @returns whether there is one. */
  showLine(text: string): boolean;
  paste(text: string): void;
  focus(): void;
  dispose(): void;
}

export interface TerminalOptions {
  /** Its name on the machine. */
  readonly id: string;
  readonly container: HTMLElement;
  readonly desk: Desk;
  readonly label: string;
  /** Whether a program is running in the foreground. */
  readonly isBusy: () => boolean;
  /** Ctrl+C while something runs. */
  readonly onInterrupt: () => void;
  /** Enter goes to the desk next: what was typed elsewhere is to be there before it. */
  readonly beforeEnter: () => void;
}

const ctrlC = '\x03';

export async function openTerminal({
  id,
  container,
  desk,
  label,
  isBusy,
  onInterrupt,
  beforeEnter,
}: TerminalOptions): Promise<TerminalPane> {
  const screen = new Terminal({
    fontFamily: getComputedStyle(container).getPropertyValue('--mono') || 'monospace',
    fontSize: 14,
    lineHeight: 1.25,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    minimumContrastRatio: 4.5,
    scrollback: 5000,
    theme: themeOf(container),
  });
  const fit = new FitAddon();
  screen.loadAddon(fit);
  screen.open(container);
  screen.textarea?.setAttribute('aria-label', label);

  hearNoForgeries(screen);
  screen.attachCustomKeyEventHandler((event) => !leavesToPage(event, screen.hasSelection()));
  // A key whose release went elsewhere, as that of Enter behind `edit FILE`, counts as held; and while one is held, xterm takes no text
  // that comes without keys: of a phone's keyboard, of dictation.
  screen.textarea?.addEventListener('focus', () => screen.textarea?.dispatchEvent(new KeyboardEvent('keyup')));
  const press = (data: string): void => {
    if (data.includes('\r')) beforeEnter();
    if (data === ctrlC && isBusy()) onInterrupt();
    else void desk.call('type', { id, data }).catch(() => {});
  };
  screen.onData(press);
  /** What the machine told after a change of size that is not done yet. */
  let held: EngineEvent[] | undefined;
  function hear(event: EngineEvent): void {
    if (!('terminal' in event) || event.terminal !== id) return;
    if (held !== undefined) held.push(event);
    else if (event.event === 'output') screen.write(event.text);
    else if (event.event === 'resized') {
      held = [];
      // Behind what was written for the old size.
      screen.write('', () => {
        screen.resize(event.columns, event.rows);
        const events = held ?? [];
        held = undefined;
        events.forEach(hear);
      });
    }
  }
  const endOutput = desk.subscribe(hear);

  const sizeNow = (): { readonly columns: number; readonly rows: number } => {
    const hasRoom = container.clientWidth > 40 && container.clientHeight > 20;
    const { cols = screen.cols, rows = screen.rows } = (hasRoom ? fit.proposeDimensions() : undefined) ?? screen;
    return { columns: cols, rows };
  };
  let asked = sizeNow();
  screen.resize(asked.columns, asked.rows);
  // The machine is asked first: it takes the edited line away before the screen changes under it.
  const resized = new ResizeObserver(() => {
    const size = sizeNow();
    if (size.columns === asked.columns && size.rows === asked.rows) return;
    asked = size;
    void desk.call('resize', { id, ...size }).catch(() => {});
  });
  resized.observe(container);
  const endTheme = onThemeChange(() => {
    screen.options.theme = themeOf(container);
  });
  const begin = (): Promise<unknown> => desk.call('openTerminal', { id, ...asked, hasEditor: true });
  await begin();

  return {
    enter: (line) => press(`${line}\r`),
    press,
    async reopen() {
      screen.reset();
      await begin();
    },
    setScreenReader(on) {
      screen.options.screenReaderMode = on;
    },
    selection: () => screen.getSelection(),
    showLine(text) {
      const { buffer } = screen;
      for (let at = buffer.active.length - 1; at >= 0; at--) {
        if (!buffer.active.getLine(at)?.translateToString(true).startsWith(text)) continue;
        screen.scrollToLine(at);
        screen.selectLines(at, at);
        return true;
      }
      return false;
    },
    paste: (text) => screen.paste(text),
    focus: () => screen.focus(),
    dispose() {
      endOutput();
      endTheme();
      resized.disconnect();
      screen.dispose();
    },
  };
}

/** Keys that the page or the browser needs: the ways out, copying what is selected, pasting. */
function leavesToPage(event: KeyboardEvent, hasSelection: boolean): boolean {
  if (event.key === 'F6') return true;
  if (event.key === 'Tab' && event.shiftKey) return true;
  const command = event.ctrlKey || event.metaKey;
  if (!command || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'v' || key === 'enter') return true;
  return key === 'c' && (event.shiftKey || hasSelection);
}

/**
 * What a program writes must not act in the person's name. Not heard are links that may say another address than they have (OSC 8), and
 * the questions that a terminal answers by typing (DA, DSR, DECRQM, DECRQSS, XTVERSION, window reports, colours).
 * Names as in XTerm Control Sequences.
 */
function hearNoForgeries({ parser }: Terminal): void {
  const swallow = (): boolean => true;
  const asks = (data: string): boolean => data.includes('?');
  parser.registerOscHandler(8, swallow);
  for (const colour of [4, 10, 11, 12]) parser.registerOscHandler(colour, asks);
  for (const prefix of ['', '>', '=']) parser.registerCsiHandler({ prefix, final: 'c' }, swallow);
  for (const prefix of ['', '?']) {
    parser.registerCsiHandler({ prefix, final: 'n' }, swallow);
    parser.registerCsiHandler({ prefix, intermediates: '$', final: 'p' }, swallow);
  }
  parser.registerCsiHandler({ prefix: '>', final: 'q' }, swallow);
  parser.registerCsiHandler({ final: 't' }, swallow);
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow);
  parser.registerDcsHandler({ intermediates: '+', final: 'q' }, swallow);
  parser.registerEscHandler({ final: 'Z' }, swallow);
}

/** ANSI colours of both themes; xterm itself raises what has too little contrast. */
function themeOf(container: HTMLElement): ITheme {
  const { dark, colour } = paletteOf(container);
  const ansi = dark
    ? ['#2d3437', '#f0a08f', '#8ccf9b', '#e3c878', '#7fb4ea', '#cfa6e3', '#5cc8dc', '#dcd8cf']
    : ['#1d2325', '#9c3a2a', '#2b673c', '#7a5b00', '#1f4f99', '#6a3a8c', '#00677a', '#565c5e'];
  const [black = '', red = '', green = '', yellow = '', blue = '', magenta = '', cyan = '', white = ''] = ansi;
  return {
    background: colour('sunken'),
    foreground: colour('ink'),
    cursor: colour('accent'),
    cursorAccent: colour('sunken'),
    selectionBackground: dark ? '#2b5660' : '#bfdfe2',
    black,
    red,
    green,
    yellow,
    blue,
    magenta,
    cyan,
    white,
    brightBlack: colour('muted'),
    brightRed: red,
    brightGreen: green,
    brightYellow: yellow,
    brightBlue: blue,
    brightMagenta: magenta,
    brightCyan: cyan,
    brightWhite: colour('ink'),
  };
}
