import type { Pattern } from '../../pattern.ts';
import { ToolEnd } from '../../tool.ts';
import type { Address, SedCommand, Substitution } from './script.ts';

/** What a script reads and writes. */
export interface Streams {
  /** The next line, without its end, or undefined after the last. */
  next(): { readonly text: string; readonly ended: boolean } | undefined;
  isLast(): boolean;
  /** Of the file from which the last line came; `-` is standard input. */
  fileName(): string;
  write(text: string): void;
  writeFile(name: string, text: string): void;
  readFile(name: string): string;
  readonly end: string;
}

/** State that lasts from one file to the next. */
export interface Sed {
  line: number;
  hold: string;
  lastPattern: Pattern | undefined;
  readonly active: Map<SedCommand, number>;
  quit: number | undefined;
  /** The length of lines of `l`; 0: they are not broken. */
  readonly width: number;
}

export function createSed(width = 70): Sed {
  return { width, line: 0, hold: '', lastPattern: undefined, active: new Map(), quit: undefined };
}

const MOST_STEPS = 5_000_000;

/** Runs the script over a stream of lines. */
export function runScript(commands: readonly SedCommand[], sed: Sed, streams: Streams, quiet: boolean): void {
  const labels = new Map(commands.flatMap(({ name, text }, index) => (name === ':' ? [[text, index] as const] : [])));
  const { end } = streams;
  let steps = 0;
  let space = '';
  let ended = true;
  let appended: (() => void)[] = [];
  /** What `R` has not read yet of each file. */
  const unread = new Map<string, string[]>();

  /** The last line of a file may lack its newline; what is written after it gets one before it. */
  let isOpen = false;
  const write = (text: string): void => {
    if (isOpen) streams.write(end);
    isOpen = false;
    streams.write(text);
  };
  const put = (): void => {
    write(space + (ended ? end : ''));
    isOpen = !ended;
  };
  const flush = (): void => {
    for (const one of appended) one();
    appended = [];
  };
  const load = (): boolean => {
    const next = streams.next();
    if (next === undefined) return false;
    sed.line++;
    space = next.text;
    ended = next.ended;
    return true;
  };
  const matches = (pattern: Pattern | undefined): boolean => {
    const used = pattern ?? sed.lastPattern;
    if (used === undefined) throw new ToolEnd('-e expression #1, char 0: no previous regular expression', 1);
    sed.lastPattern = used;
    return used.find(space) !== undefined;
  };
  const selects = (address: Address): boolean => {
    if (address.type === 'line') return sed.line === address.line;
    if (address.type === 'last') return streams.isLast();
    if (address.type === 'pattern') return matches(address.pattern);
    if (address.type !== 'step') return false;
    const { first, step } = address;
    return step === 0 ? sed.line === first : sed.line >= first && (sed.line - first) % step === 0;
  };
  /** Whether a command with addresses is meant. A range is remembered from line to line by its last line, or Infinity. */
  const chosen = (command: SedCommand): boolean => {
    const { from, to } = command;
    if (from === undefined) return true;
    if (to === undefined) return selects(from);
    const until = sed.active.get(command);
    if (until !== undefined) {
      const over =
        to.type === 'pattern' ? matches(to.pattern) : to.type === 'last' ? streams.isLast() : sed.line >= until;
      if (over) sed.active.delete(command);
      return to.type !== 'line' || sed.line <= until;
    }
    const startsBefore = from.type === 'line' && from.line === 0 && sed.line === 1;
    if (!startsBefore && !selects(from)) return false;
    if (startsBefore) {
      if (to.type === 'pattern' && !matches(to.pattern)) sed.active.set(command, Number.POSITIVE_INFINITY);
      return true;
    }
    if (to.type === 'line') {
      if (to.line > sed.line) sed.active.set(command, to.line);
    } else if (to.type === 'plus') {
      if (to.count > 0) sed.active.set(command, sed.line + to.count);
    } else if (to.type === 'multiple') {
      const last = to.of === 0 ? sed.line : Math.ceil(sed.line / to.of) * to.of;
      if (last > sed.line) sed.active.set(command, last);
    } else if (to.type !== 'last' || !streams.isLast()) sed.active.set(command, Number.POSITIVE_INFINITY);
    return true;
  };

  let restarted = false;
  while (sed.quit === undefined && (restarted || load())) {
    restarted = false;
    let replaced = false;
    let printing = !quiet;
    let at = 0;
    cycle: for (; at < commands.length; at++) {
      if (++steps > MOST_STEPS) throw new ToolEnd('too many steps', 4);
      const command = commands[at] as SedCommand;
      if (chosen(command) === command.negated) {
        if (command.name === '{') at = command.end;
        continue;
      }
      switch (command.name) {
        case 's': {
          const { substitution } = command;
          if (substitution === undefined) break;
          const used = substitution.pattern ?? sed.lastPattern;
          if (used === undefined) throw new ToolEnd('-e expression #1, char 0: no previous regular expression', 1);
          sed.lastPattern = used;
          const changed = substitute(space, used, substitution);
          if (changed === undefined) break;
          space = changed;
          replaced = true;
          if (substitution.print) put();
          if (substitution.file !== undefined) streams.writeFile(substitution.file, space + (ended ? end : ''));
          break;
        }
        case 'y':
          space = Array.from(space, (character) => command.map?.get(character) ?? character).join('');
          break;
        case 'p':
          put();
          break;
        case 'P':
          write(`${space.split('\n')[0]}${end}`);
          break;
        case 'd':
          printing = false;
          break cycle;
        case 'D': {
          const line = space.indexOf('\n');
          printing = false;
          if (line < 0) break cycle;
          space = space.slice(line + 1);
          restarted = true;
          break cycle;
        }
        case 'a':
          appended.push(() => write(command.text));
          break;
        case 'i':
          write(command.text);
          break;
        case 'c': {
          printing = false;
          const inRange = command.to !== undefined && !command.negated && sed.active.has(command);
          if (!inRange) write(command.text);
          break cycle;
        }
        case 'g':
          space = sed.hold;
          ended = true;
          break;
        case 'G':
          space += `\n${sed.hold}`;
          ended = true;
          break;
        case 'h':
          sed.hold = space;
          break;
        case 'H':
          sed.hold += `\n${space}`;
          break;
        case 'x':
          [space, sed.hold] = [sed.hold, space];
          ended = true;
          break;
        case 'n':
          if (streams.isLast()) {
            if (!quiet) put();
            flush();
            sed.quit = 0;
            return;
          }
          if (!quiet) put();
          flush();
          load();
          break;
        case 'N': {
          if (streams.isLast()) {
            if (printing) put();
            flush();
            sed.quit = 0;
            return;
          }
          const before = space;
          flush();
          load();
          space = `${before}\n${space}`;
          break;
        }
        case 'z':
          space = '';
          break;
        case '=':
          write(`${sed.line}\n`);
          break;
        case 'F':
          write(`${streams.fileName()}\n`);
          break;
        case 'l':
          write(`${visible(space, command.text === '' ? sed.width : Number(command.text))}\n`);
          break;
        case 'r':
          appended.push(() => write(streams.readFile(command.text)));
          break;
        case 'R': {
          const left = unread.get(command.text) ?? streams.readFile(command.text).split(/(?<=\n)/);
          unread.set(command.text, left);
          const line = left.shift();
          if (line) appended.push(() => write(line));
          break;
        }
        case 'W':
          streams.writeFile(command.text, `${space.split('\n')[0]}\n`);
          break;
        case 'w':
          streams.writeFile(command.text, space + (ended ? end : ''));
          break;
        case 'q':
        case 'Q':
          sed.quit = Number(command.text);
          if (command.name === 'Q') return;
          break cycle;
        case 'b':
        case 't':
        case 'T': {
          const goes = command.name === 'b' || (command.name === 't') === replaced;
          if (command.name !== 'b') replaced = false;
          if (!goes) break;
          if (command.text === '') break cycle;
          at = labels.get(command.text) ?? at;
          break;
        }
      }
    }
    if (printing) put();
    flush();
  }
}

function substitute(text: string, pattern: Pattern, substitution: Substitution): string | undefined {
  const { pieces, global, which } = substitution;
  let out = '';
  let from = 0;
  let seen = 0;
  let changed = false;
  let lastEnd = -1;
  while (from <= text.length) {
    const match = pattern.find(text, from);
    if (match === undefined) break;
    // An empty match right after another one is none.
    if (match.start === match.end && match.start === lastEnd) {
      out += text.slice(from, match.start + 1);
      from = match.start + 1;
      continue;
    }
    seen++;
    out += text.slice(from, match.start);
    if (seen >= which) {
      out += replacementOf(pieces, match.groups);
      changed = true;
    } else out += match.groups[0] ?? '';
    lastEnd = match.end;
    from = match.end;
    if (match.start === match.end) {
      out += text.slice(from, from + 1);
      from++;
    }
    if (seen >= which && !global) break;
  }
  return changed ? out + text.slice(from) : undefined;
}

function replacementOf(pieces: Substitution['pieces'], groups: readonly (string | undefined)[]): string {
  let out = '';
  let lasting = '';
  let once = '';
  for (const { text, group, letterCase } of pieces) {
    if (letterCase !== undefined) {
      if (letterCase === 'u' || letterCase === 'l') once = letterCase;
      else lasting = letterCase === 'E' ? '' : letterCase;
      continue;
    }
    let piece = group === undefined ? (text ?? '') : (groups[group] ?? '');
    if (lasting === 'U') piece = piece.toUpperCase();
    if (lasting === 'L') piece = piece.toLowerCase();
    if (once !== '' && piece !== '') {
      const [first = ''] = piece;
      piece = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + piece.slice(first.length);
      once = '';
    }
    out += piece;
  }
  return out;
}

/** `l`: what cannot be seen as escapes, in lines that end with a backslash. */
function visible(text: string, most: number): string {
  const names: Readonly<Record<string, string>> = {
    '\n': '\\n',
    '\t': '\\t',
    '\\': '\\\\',
    '\r': '\\r',
    '\f': '\\f',
    '\v': '\\v',
    '\b': '\\b',
    '\x07': '\\a',
  };
  const pieces = Array.from(text, (character) => {
    if (names[character] !== undefined) return names[character];
    const code = character.codePointAt(0) ?? 0;
    if (code >= 32 && code < 127) return character;
    return Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  });
  let out = '';
  let width = 0;
  for (const piece of pieces) {
    if (most > 0 && width + piece.length > most - 1) {
      out += '\\\n';
      width = 0;
    }
    out += piece;
    width += piece.length;
  }
  return `${out}$`;
}
